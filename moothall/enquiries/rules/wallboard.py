"""The numbers on the wall of a team, and who may hang them there.

Each number is counted up to a bound, along an index made for it, so that it costs the same at any age of the
data. They are of all the office's records: they count what is restricted too, and say nothing else about it.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.wall import for_the_office
from moothall.core.refusals import Refusal
from moothall.enquiries.models import CallBack, Contact
from moothall.enquiries.models.wallboard import AnswerTarget, DisplayLink
from moothall.people.models import Account, Team
from moothall.people.models.working import at_on
from moothall.records.rules.audit import append_audit

MOST = 999
SALT = "enquiries.wallboard"


class WhereNeeded(Refusal):
    sentence = _("Say where the screen hangs.")
    next_step = _("A few words are enough, such as the front office.")


@dataclass(frozen=True)
class Numbers:
    """What stands on the wall. A count above `MOST` is shown as more than that."""

    waiting: int
    oldest_minutes: int | None
    answered: int
    target: int | None
    calls: int
    call_backs: int
    late: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@for_the_office()
def numbers_of(team: Team, *, at: dt.datetime, today: dt.date) -> Numbers:
    """How a team stands this moment."""
    midnight = at_on(today, dt.time(0))
    to_answer = waiting_cases(team)
    oldest = to_answer.aggregate(oldest=Min("received_at"))["oldest"]
    target = AnswerTarget.objects.in_force(team, on=today)
    calls = Contact.objects.filter(team=team, received_at__gte=midnight, received_at__lte=at, channel="PHONE")
    due = CallBack.objects.open().filter(team=team, from_at__lte=at)
    late = Case.objects.exclude(status=Case.CLOSED).filter(team=team, due_on__lt=today)
    return Numbers(
        waiting=_bounded(to_answer),
        oldest_minutes=None if oldest is None else max(int((at - oldest).total_seconds() // 60), 0),
        answered=_bounded(answered_since(team, midnight)),
        target=target.answers if target else None,
        calls=_bounded(calls),
        call_backs=_bounded(due),
        late=_bounded(late),
    )


def waiting_cases(team: Team) -> QuerySet[Case]:
    """Open cases that nobody has answered yet, or that came back since."""
    unanswered = Q(first_answered_at=None) | Q(came_back_at__isnull=False)
    return Case.objects.exclude(status=Case.CLOSED).filter(unanswered, team=team)


def answered_since(team: Team, moment: dt.datetime) -> QuerySet[Case]:
    return Case.objects.filter(team=team, first_answered_at__gte=moment)


def _bounded(rows: QuerySet[Any]) -> int:
    """How many, at most one more than is shown."""
    return len(rows.order_by().values_list("pk", flat=True)[: MOST + 1])


@transaction.atomic
def set_answer_target(
    team: Team, *, answers: int, from_on: dt.date, by: Account | None, at: dt.datetime
) -> AnswerTarget:
    """From this day on the team means to give so many answers a day."""
    target: AnswerTarget = AnswerTarget.objects.create(
        team=team, answers=answers, from_on=from_on, set_by=by, set_at=at
    )
    append_audit("enquiries.answer_target", about=target, by=by, at=at, detail={"answers": answers})
    return target


@transaction.atomic
def hang_display(team: Team, *, where: str, language: str, by: Account, at: dt.datetime) -> DisplayLink:
    """Make an address for a screen on the wall; it shows numbers and nothing else until it is taken back."""
    if not where.strip():
        raise WhereNeeded
    link: DisplayLink = DisplayLink.objects.create(
        team=team, where=where.strip()[:120], language=language, made_by=by, made_at=at
    )
    append_audit("enquiries.display", about=link, by=by, at=at, detail={"team": team.pk})
    return link


@transaction.atomic
def revoke_display(link: DisplayLink, *, by: Account | None, at: dt.datetime) -> None:
    """The screen shows nothing any more, at once and for good."""
    if DisplayLink.objects.in_force().filter(pk=link.pk).update(revoked_by=by, revoked_at=at):
        append_audit("enquiries.display_revoked", about=link, by=by, at=at)


def take_down_displays(account: Account, by: Account | None, at: dt.datetime) -> None:
    """Whoever hung these screens has left, and knows their addresses."""
    for link in DisplayLink.objects.in_force().filter(made_by=account):
        revoke_display(link, by=by, at=at)


def signed(link: DisplayLink) -> str:
    """What stands in the address of a display: nobody makes one up."""
    return signing.Signer(salt=SALT).sign(str(link.pk)).replace(":", "~")


def display_of(token: str) -> DisplayLink | None:
    """The display of this address, while it is in force."""
    try:
        pk = signing.Signer(salt=SALT).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    return DisplayLink.objects.in_force().filter(pk=pk).select_related("team").first()
