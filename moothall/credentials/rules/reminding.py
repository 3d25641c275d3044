"""Writing to people before what they hold runs out, and once it has: to them, their manager and the desk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from moothall.credentials.models import Credential, CredentialKind, Reminder
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment

from .wording import ENDED, ENDING, FOR_MANAGER

DAY = dt.timedelta(days=1)
LATEST, FURTHEST = 14 * DAY, 366 * DAY
ENDED_ON = 0


def remind_of_what_runs_out(*, at: dt.datetime, today: dt.date) -> int:
    """Everybody whose credential comes to a rung of its ladder is written to, once a rung. Run again it
    writes to nobody twice; after days on which nothing ran only the rung that is nearest counts."""
    told = 0
    for credential, rung, employment in due(today):
        told += _remind(credential, rung, employment, at=at)
    return told


def due(today: dt.date) -> Iterator[tuple[Credential, int, Employment]]:
    rows = Credential.objects.verified().filter(
        _on_a_new_rung(today), superseded_by=None, expires_on__gte=today - LATEST,
        expires_on__lte=today + FURTHEST,
    )  # fmt: skip
    rows = rows.select_related("kind", "person").prefetch_related("reminders")
    found = [
        (each, rung)
        for each in rows.order_by("expires_on", "id")
        if (rung := rung_of(each, today)) is not None
    ]
    theirs = _employments([each.person_id for each, _rung_of in found], today)
    for each, rung in found:
        if each.person_id in theirs and not _renewal_waits(each):
            yield each, rung, theirs[each.person_id]


def _on_a_new_rung(today: dt.date) -> Q:
    """Of nine thousand people's only the few that came to a rung since they were written about."""
    found = Q(expires_on__lt=today) & _not_told_at(ENDED_ON)
    kinds_by_ladder: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for pk, ladder in CredentialKind.objects.order_by("pk").values_list("pk", "ladder"):
        kinds_by_ladder[tuple(sorted(set(ladder)))].append(pk)
    for rungs, kinds in kinds_by_ladder.items():
        for before, rung in pairwise((-1, *rungs)):
            after, last = today + before * DAY, today + rung * DAY
            stands = Q(kind__in=kinds, expires_on__gt=after, expires_on__lte=last)
            found |= stands & _not_told_at(rung)
    return found


def _not_told_at(rung: int) -> Q:
    return Q(~Exists(Reminder.objects.filter(credential=OuterRef("pk"), days__lte=rung)))


def rung_of(credential: Credential, today: dt.date) -> int | None:
    """The rung on which it stands, where nobody was written to on that one or a nearer one."""
    if credential.expires_on is None:
        return None
    left = (credential.expires_on - today).days
    rungs = [ENDED_ON] if left < 0 else [days for days in credential.kind.ladder if left <= days]
    if not rungs:
        return None
    nearest = min(rungs)
    done = [each.days for each in credential.reminders.all()]
    return None if any(days <= nearest for days in done) else nearest


def _employments(people: Sequence[int], today: dt.date) -> dict[int, Employment]:
    """The employment of each who works here; whoever has left is written to no more."""
    rows = Employment.objects.in_force(today).filter(person__in=people).with_assignment(today)
    return {each.person_id: each for each in rows}


def _renewal_waits(credential: Credential) -> bool:
    """The person has done their part: the renewal waits for a colleague."""
    waiting = Credential.objects.waiting().filter(person=credential.person_id, kind=credential.kind_id)
    return waiting.exists()


@transaction.atomic
def _remind(credential: Credential, rung: int, employment: Employment, *, at: dt.datetime) -> bool:
    _reminder, new = Reminder.objects.get_or_create(credential=credential, days=rung, defaults={"at": at})
    if not new:
        return False
    about = ENDED if rung == ENDED_ON else ENDING
    _write(credential, credential.person, about, employment, at=at)
    manager = employment.main.manager if employment.main else None
    if manager is not None and (rung == ENDED_ON or rung == min(credential.kind.ladder, default=0)):
        _write(credential, manager.person, FOR_MANAGER, employment, at=at)
    append_audit("credentials.remind", about=credential, by=None, at=at, detail={"days": rung})
    return True


def _write(
    credential: Credential, to: Person, built_in: BuiltIn, employment: Employment, *, at: dt.datetime
) -> Letter | None:
    """By mail; whoever has no address is seen in the list of what runs out."""
    text = built_in.text()
    mail = next(
        (each.value for each in ways_to_reach(person=to.pk, most=8) if each.kind == ContactPoint.EMAIL), ""
    )
    if not mail:
        return None
    language = to.language or "en"
    fields = fields_for(credential, language=language, person=to, by=None, at=at)
    address = reverse("employee_credentials", args=[employment.number])
    merged = merge(text, language, fields | {"credential.link": settings.PUBLIC_URL.rstrip("/") + address})
    return queue_letter(
        about=credential, person=to, channel=MAIL, language=merged.language, to_address=mail,
        to_name=to.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
