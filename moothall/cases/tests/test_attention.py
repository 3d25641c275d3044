"""What needs somebody now, in order, and why."""

import datetime as dt

import pytest

from moothall.cases.models import Case
from moothall.cases.models.attention import by_attention, needs_now, reasons_for

from .make import AT, TODAY

DAY = dt.timedelta(days=1)


def make_standing(**changes: object) -> Case:
    """A case as it stands, not in the database: in hand, with time left."""
    given: dict[str, object] = {
        "pk": 1, "status": Case.OPEN, "waiting_on": Case.US, "priority": Case.NORMAL, "assignee_id": 1,
        "first_answered_at": AT, "due_on": TODAY + 10 * DAY, "amber_on": TODAY + 8 * DAY,
    }  # fmt: skip
    return Case(**given | changes)


STANDING: dict[str, dict[str, object]] = {
    "late": {"due_on": TODAY - DAY, "amber_on": TODAY - 3 * DAY},
    "urgent": {"priority": Case.URGENT},
    "due_today": {"due_on": TODAY, "amber_on": TODAY - DAY},
    "came_back": {"came_back_at": AT},
    "handed": {"handed_at": AT},
    "hold_ended": {"held_until": TODAY, "hold_reason": "Away"},
    "amber": {"amber_on": TODAY},
    "new": {"first_answered_at": None, "assignee_id": None},
    "open": {},
    "waiting": {"waiting_on": Case.PERSON, "status": Case.WAITING},
    "held": {"held_until": TODAY + DAY, "hold_reason": "Away"},
    "closed": {"status": Case.CLOSED},
}


@pytest.mark.parametrize("key", STANDING)
def test_a_case_says_why_it_is_there(key: str) -> None:
    assert [reason.key for reason in reasons_for(make_standing(**STANDING[key]), on=TODAY)] == [key]


def test_the_most_pressing_comes_first_and_the_calm_ones_last() -> None:
    cases = [make_standing(pk=pk, **STANDING[key]) for pk, key in enumerate(reversed(STANDING), start=1)]
    ordered = by_attention(cases, on=TODAY)
    assert [reasons[0].key for _case, reasons in ordered] == list(STANDING)
    assert [needs_now(case, on=TODAY) for case, _reasons in ordered] == [True] * 8 + [False] * 4


def test_of_two_alike_the_earlier_due_comes_first_then_the_more_important_then_the_older() -> None:
    first = make_standing(pk=9, due_on=TODAY - 2 * DAY)
    second = make_standing(pk=8, due_on=TODAY - DAY, priority=Case.HIGH)
    third = make_standing(pk=1, due_on=TODAY - DAY)
    fourth = make_standing(pk=2, due_on=TODAY - DAY)
    ordered = by_attention([fourth, third, second, first], on=TODAY)
    assert [case.pk for case, _ in ordered] == [9, 8, 1, 2]


def test_a_case_may_need_somebody_for_several_reasons() -> None:
    case = make_standing(priority=Case.URGENT, due_on=TODAY - DAY, came_back_at=AT)
    assert [reason.key for reason in reasons_for(case, on=TODAY)] == ["late", "urgent", "came_back"]


def test_due_today_says_enough_without_due_soon() -> None:
    case = make_standing(**STANDING["due_today"])
    assert "amber" not in {reason.key for reason in reasons_for(case, on=TODAY)}


def test_a_held_case_that_runs_late_is_late() -> None:
    case = make_standing(held_until=TODAY + DAY, hold_reason="Away", due_on=TODAY - DAY)
    assert [reason.key for reason in reasons_for(case, on=TODAY)] == ["late"]
