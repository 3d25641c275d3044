"""What people are told of their training: letters in their language, a line in the morning, My work."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import ngettext
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from moothall.core.clock import LONDON, today
from moothall.leave.models.request import NOBODY
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.training.models import Nomination, Session
from moothall.training.models.nomination import training_to_decide
from moothall.workforce.models import Assignment

from .wording import ABSENT, CANCELLED, JOINING, REFUSED, RESULT, TAKEN_OUT, WAITING

MOST: Final = 10
FILL: Final = "training.fill_session"


def ask_for_filling(*session_ids: int) -> None:
    """Have those who wait looked at, once this transaction stands."""
    jobs: list[JSONDict] = [{"session_id": each} for each in session_ids]
    if jobs:
        app.configure_task(FILL).batch_defer(*jobs)


def tell_of_place(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    ends = dt.datetime.combine(nomination.session.first_on, nomination.session.begins, tzinfo=LONDON)
    _write(nomination, nomination.employment.person, JOINING, by=by, at=at, useless_after=max(ends, at))


def tell_of_waiting(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    _write(nomination, nomination.employment.person, WAITING, by=by, at=at)


def tell_of_refusal(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    _write(nomination, nomination.employment.person, REFUSED, by=by, at=at)


def tell_of_cancelling(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    _write(nomination, nomination.employment.person, CANCELLED, by=by, at=at)


def tell_of_leaving(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    """The session is held, and they are not at it any more."""
    _write(nomination, nomination.employment.person, TAKEN_OUT, by=by, at=at)


def tell_of_result(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    _write(nomination, nomination.employment.person, RESULT, by=by, at=at)


def tell_of_moving(session: Session, *, by: Account | None, at: dt.datetime) -> None:
    """Everybody with a place gets joining instructions anew."""
    for each in session.nominations.placed().select_related("employment__person").order_by("pk"):
        each.session = session
        tell_of_place(each, by=by, at=at)


def tell_of_absence(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    """To the manager of that day."""
    day = nomination.session.first_on
    rows = Assignment.objects.in_force(day).filter(employment=nomination.employment_id, is_main=True)
    main = rows.select_related("manager__person").first()
    if main is not None and main.manager is not None:
        _write(nomination, main.manager.person, ABSENT, by=by, at=at)


def _write(
    nomination: Nomination, to: Person, built_in: BuiltIn, *, by: Account | None, at: dt.datetime,
    useless_after: dt.datetime | None = None,
) -> Letter | None:  # fmt: skip
    """By mail, in their language; whoever has no address sees it under My training."""
    account = Account.objects.in_use().filter(person=to).first()
    address = account.email if account else _mail_address(to.pk)
    if not address:
        return None
    language = (account.language if account else "") or to.language or "en"
    language = "cy" if language == "cy" else "en"
    text = built_in.text()
    merged = merge(text, language, fields_for(nomination, language=language, person=to, by=by, at=at))
    return queue_letter(
        about=nomination, person=to, channel=MAIL, language=merged.language, to_address=address,
        to_name=to.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=by, at=at, automatic=by is None, text_version=text if text.pk else None,
        useless_after=useless_after,
    )  # fmt: skip


def _mail_address(person: int) -> str:
    reach = ways_to_reach(person=person, most=8)
    return next((each.value for each in reach if each.kind == ContactPoint.EMAIL), "")


def to_decide(account: Account) -> Mapping[str, Any] | None:
    """What stands on My work of whoever decides."""
    person = account.person_id or NOBODY
    found = training_to_decide(account=account.pk, person=person, on=today(), most=MOST + 1)
    return {"rows": found[:MOST], "more": len(found) > MOST} if found else None


def told_in_the_morning(account: Account, on: dt.date) -> list[str]:
    """A line of the digest: how many wait for this account's word."""
    count = Nomination.objects.waiting_for(account, on=on).count()
    if not count:
        return []
    words = ngettext(
        "%(count)s person waits for your word on training.",
        "%(count)s people wait for your word on training.",
        count,
    )
    return [words % {"count": count}]
