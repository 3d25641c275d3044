"""Why a case needs somebody now, in the order in which it does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words

from .case import Case


class OnHand(NamedTuple):
    """Of an open case, no more than decides why it needs somebody."""

    pk: int
    priority: int
    waiting_on: str
    assignee_id: int | None
    due_on: dt.date | None
    amber_on: dt.date | None
    held_until: dt.date | None
    came_back_at: dt.datetime | None
    handed_at: dt.datetime | None
    first_answered_at: dt.datetime | None

    @property
    def is_closed(self) -> bool:
        return False

    def is_late(self, on: dt.date) -> bool:
        return self.due_on is not None and self.due_on < on


@dataclass(frozen=True, eq=False)
class Reason:
    """A reason a case is on a work list: its rank (least first), its words, and its colour.

    Each exists once, so they are told apart without comparing (and translating) their words.
    """

    rank: int
    key: str
    words: Words
    colour: str


LATE = Reason(1, "late", _("Late"), "red")
URGENT = Reason(2, "urgent", _("Urgent"), "red")
DUE_TODAY = Reason(3, "due_today", _("Due today"), "orange")
CAME_BACK = Reason(4, "came_back", _("Came back"), "purple")
HANDED = Reason(5, "handed", _("Handed to me"), "blue")
HANDED_OVER = Reason(5, "handed", _("Handed over"), "blue")
HOLD_ENDED = Reason(6, "hold_ended", _("Hold ended"), "yellow")
AMBER = Reason(7, "amber", _("Due soon"), "yellow")
NEW = Reason(8, "new", _("New"), "green")
STEPS_DONE = Reason(9, "open", _("In hand"), "grey")
WAITING = Reason(10, "waiting", _("Waiting"), "grey")
HELD = Reason(11, "held", _("Held"), "grey")
CLOSED = Reason(12, "closed", _("Closed"), "grey")
NOW = 8


def reasons_for(case: Case | OnHand, *, on: dt.date) -> list[Reason]:
    """Every reason that holds on this day, the most pressing first. Never empty."""
    if case.is_closed:
        return [CLOSED]
    if case.held_until is not None and case.held_until > on and not case.is_late(on):
        return [HELD]
    holds = {
        LATE: case.is_late(on),
        URGENT: case.priority == Case.URGENT,
        DUE_TODAY: case.due_on == on,
        CAME_BACK: case.came_back_at is not None,
        HANDED: case.handed_at is not None,
        HOLD_ENDED: case.held_until is not None and case.held_until <= on,
        AMBER: case.amber_on is not None and case.amber_on <= on and not case.is_late(on),
        NEW: case.first_answered_at is None and case.assignee_id is None,
    }
    found = [reason for reason, true in holds.items() if true]
    if DUE_TODAY in found and AMBER in found:
        found.remove(AMBER)
    return found or [WAITING if case.waiting_on != Case.US else STEPS_DONE]


def told_to(account_id: int | None, case: Case, reasons: list[Reason]) -> list[Reason]:
    """The reasons as this account reads them: what was handed to another was not handed to them."""
    if case.assignee_id == account_id:
        return reasons
    return [HANDED_OVER if reason is HANDED else reason for reason in reasons]


def needs_now(case: Case, *, on: dt.date) -> bool:
    return reasons_for(case, on=on)[0].rank <= NOW


Pressed = TypeVar("Pressed", Case, OnHand)


def by_attention(cases: Iterable[Pressed], *, on: dt.date) -> list[tuple[Pressed, list[Reason]]]:
    """The cases with their reasons, the one that needs somebody most first."""
    told = [(case, reasons_for(case, on=on)) for case in cases]
    far = dt.date.max
    return sorted(
        told, key=lambda each: (each[1][0].rank, each[0].due_on or far, each[0].priority, each[0].pk)
    )
