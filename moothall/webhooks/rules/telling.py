"""The outbox: what happened is written down with what did it, and told when that is certain."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.webhooks.models import Delivery, Endpoint

from .addresses import AddressInside, HostNotAllowed, LookUp, NobodyThere, NotAnAddress, look_up, target_of
from .calling import Answer, call
from .endpoints import hosts, pause_endpoint, secrets_of
from .signing import signatures

MAY_LEAVE = (Case.ANYONE, Case.TEAM)
TRIED_FOR = dt.timedelta(days=1)
WAITS = tuple(dt.timedelta(seconds=each) for each in (15, 60, 300, 900, 3600, 7200, 14400, 28800))
IN_HAND = dt.timedelta(minutes=2)  # a worker that died meanwhile has not told anybody
MOST_FAILURES = 20
AT_ONCE = 20
GONE = 410
TEST = "test"

WRITE_DOWN = """
with done as (
    select * from json_to_recordset(%(cases)s)
      as done (event uuid, reference text, service text, service_id bigint, team_id bigint)
)
insert into webhooks_delivery (
    endpoint_id, event, verb, reference, service_key, happened_at, state, attempts, next_at, give_up_at,
    answer
)
select e.id, done.event, %(verb)s, done.reference, done.service, %(at)s, 'DUE', 0, %(at)s, %(until)s, ''
  from webhooks_endpoint e cross join done
 where e.ended_at is null
   and (e.verbs = '{}' or %(verb)s = any(e.verbs))
   and (not exists (select from webhooks_endpoint_services s where s.endpoint_id = e.id)
        or exists (select from webhooks_endpoint_services s
                    where s.endpoint_id = e.id and s.service_id = done.service_id))
   and (not exists (select from webhooks_endpoint_teams t where t.endpoint_id = e.id)
        or exists (select from webhooks_endpoint_teams t
                    where t.endpoint_id = e.id and t.team_id = done.team_id))
"""


class NotWaiting(Refusal):
    sentence = _("This is to be told anyway.")


class Restricted(Refusal):
    sentence = _("This case is restricted now, so nothing of it is told.")


def hear(cases: Sequence[Case], verb: str, by: Account | None, at: dt.datetime) -> None:
    """Cases were changed, in this transaction: one row for each and every endpoint that is to know.

    Of what is restricted or sealed nothing leaves, not even what was to be told before it became so.
    """
    kept = [case.reference for case in cases if case.confidentiality not in MAY_LEAVE]
    if kept:
        Delivery.objects.filter(reference__in=kept, state=Delivery.DUE).update(state=Delivery.DROPPED)
    told = [_told(case) for case in cases if case.confidentiality in MAY_LEAVE]
    if told:
        given: dict[str, Any] = {"cases": json.dumps(told), "verb": verb, "at": at, "until": at + TRIED_FOR}
        with connection.cursor() as cursor:
            cursor.execute(WRITE_DOWN, given)


def _told(case: Case) -> dict[str, Any]:
    return {
        "event": str(uuid.uuid4()), "reference": case.reference, "service": case.service.key,
        "service_id": case.service_id, "team_id": case.team_id,
    }  # fmt: skip


def body_of(delivery: Delivery) -> bytes:
    """All that is ever told: nothing about a person, and no words of the case."""
    data = {"reference": delivery.reference, "verb": delivery.verb, "service": delivery.service_key}
    when = delivery.happened_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"type": f"case.{delivery.verb}", "timestamp": when, "data": data}
    return json.dumps(told, separators=(",", ":")).encode()


def claim(*, at: dt.datetime) -> list[Delivery]:
    """Take what is due, so that no other worker takes it too; committed before any call."""
    with transaction.atomic(durable=not connection.in_atomic_block):
        due = Delivery.objects.due(at=at).select_related("endpoint")
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
        ids = [row.pk for row in rows]
        Delivery.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, next_at=at + IN_HAND)
    for row in rows:
        row.attempts += 1
    return rows


def tell(delivery: Delivery, *, at: dt.datetime, look: LookUp = look_up) -> Answer:
    """Call the endpoint once; what became of it is not yet written down."""
    endpoint, body = delivery.endpoint, body_of(delivery)
    try:
        target = target_of(endpoint.url, allowed=hosts(), look=look)
    except (AddressInside, HostNotAllowed, NobodyThere, NotAnAddress) as refusal:
        return Answer(0, str(refusal)[:200])
    stamp, event = int(at.timestamp()), f"msg_{delivery.event.hex}"
    signed = signatures(secrets_of(endpoint, at=at), event=event, at=stamp, body=body)
    headers = {"webhook-id": event, "webhook-timestamp": str(stamp), "webhook-signature": signed}
    return call(target, headers=headers, body=body)


@transaction.atomic
def settle(delivery: Delivery, answer: Answer, *, at: dt.datetime) -> None:
    """Write down what became of one attempt, and what that means for the endpoint."""
    endpoint = Endpoint.objects.select_for_update(of=("self",)).get(pk=delivery.endpoint_id)
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.DUE)
    if answer.took:
        mine.update(state=Delivery.TOLD, told_at=at, answer=answer.words)
        Endpoint.objects.filter(pk=endpoint.pk, failures__gt=0).update(failures=0)
        return
    wait = WAITS[min(delivery.attempts, len(WAITS)) - 1]
    if at + wait > delivery.give_up_at:
        mine.update(state=Delivery.GIVEN_UP, answer=answer.words)
        append_audit(
            "webhooks.give_up", about=endpoint, by=None, at=at, detail={"event": str(delivery.event)}
        )
        _alert(endpoint)
    else:
        mine.update(next_at=at + wait, answer=answer.words)
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=F("failures") + 1)
    if endpoint.paused_at is None and endpoint.ended_at is None:
        _pause_if_hopeless(endpoint, answer, at=at)


def _pause_if_hopeless(endpoint: Endpoint, answer: Answer, *, at: dt.datetime) -> None:
    if answer.status == GONE:
        pause_endpoint(endpoint, because="It answered that it is gone for good.", by=None, at=at)
    elif endpoint.failures + 1 >= MOST_FAILURES:
        because = f"It failed {MOST_FAILURES} times, one after another: {answer.words}"
        pause_endpoint(endpoint, because=because, by=None, at=at)
    else:
        return
    _alert(endpoint)


def _alert(endpoint: Endpoint) -> None:
    from moothall.webhooks.tasks import alert_administrators

    alert_administrators.defer(endpoint_id=endpoint.pk)


def tell_what_is_due(*, clock: Callable[[], dt.datetime], look: LookUp = look_up) -> int:
    """Tell everything that is due; the answer is how many calls were made."""
    done = 0
    while rows := claim(at=clock()):
        for row in rows:
            settle(row, tell(row, at=clock(), look=look), at=clock())
            done += 1
    return done


@transaction.atomic
def tell_again(delivery: Delivery, *, by: Account, at: dt.datetime) -> None:
    """Tell by hand what was told or given up, under the same id, so that the other side knows it."""
    fresh = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if fresh.state == Delivery.DUE:
        raise NotWaiting
    case = Case.objects.filter(reference=fresh.reference).order_by("pk").first()
    if fresh.state == Delivery.DROPPED or (case and case.confidentiality not in MAY_LEAVE):
        raise Restricted
    Delivery.objects.filter(pk=fresh.pk).update(
        state=Delivery.DUE, next_at=at, give_up_at=at + TRIED_FOR, attempts=0, told_at=None
    )
    append_audit(
        "webhooks.tell_again", about=fresh.endpoint, by=by, at=at, detail={"event": str(fresh.event)}
    )


@transaction.atomic
def send_test(endpoint: Endpoint, *, by: Account, at: dt.datetime) -> Delivery:
    """Tell one endpoint of nothing in particular, to see whether it listens."""
    delivery = Delivery.objects.create(
        endpoint=endpoint, event=uuid.uuid4(), verb=TEST, reference="TEST", service_key="", happened_at=at,
        next_at=at, give_up_at=at + TRIED_FOR,
    )  # fmt: skip
    append_audit("webhooks.test", about=endpoint, by=by, at=at)
    return delivery
