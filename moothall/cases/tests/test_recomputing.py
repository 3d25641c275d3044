"""Holidays corrected while cases are open."""

import datetime as dt

import pytest

from moothall.cases.models import Entry, HolidayCorrection
from moothall.cases.rules.clocks import meet_clocks
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.rules.recomputing import NoSuchNation, SourceNeeded, correct_holiday, recompute_clocks
from moothall.people.models import Account
from moothall.people.tests.make import make_team
from moothall.records.models import AuditEvent

from .make import AT, clock_of, later, make_case, make_manager, make_service, make_step, step_of

pytestmark = pytest.mark.django_db
MOURNING = dt.date(2026, 12, 2)


@pytest.fixture
def manager() -> Account:
    return make_manager(team=make_team())


def add_holiday(by: Account, **changes: object) -> list[tuple[str, str, dt.date | None, dt.date | None]]:
    given = {
        "day": MOURNING, "nations": ["EW"], "name": "Day of mourning", "source": "Proclamation", "by": by,
        "at": later(days=1),
    }  # fmt: skip
    moved = correct_holiday(**given | changes)  # type: ignore[arg-type]
    return [(each.case.reference, each.name, each.before, each.after) for each in moved]


def test_a_new_holiday_moves_every_open_clock_that_passes_it_and_lists_them(manager: Account) -> None:
    case = make_case()
    assert add_holiday(manager) == [(case.reference, "Answer", dt.date(2026, 12, 7), dt.date(2026, 12, 8))]
    case.refresh_from_db()
    assert clock_of(case).due_on == case.due_on == dt.date(2026, 12, 8)
    assert clock_of(case).first_due_on == dt.date(2026, 12, 7)
    entry = case.entries.get(kind=Entry.CHANGE)
    assert entry.detail["moved"] == [{"name": "Answer", "before": "2026-12-07", "after": "2026-12-08"}]


def test_clocks_that_ended_were_due_before_or_keep_another_calendar_do_not_move(manager: Account) -> None:
    answered = make_case()
    meet_clocks(answered, "answered", at=AT, by=None)
    soon = make_case(service=make_service(clocks=(ClockDefinition("answer", "Answer", target=3),)))
    scots = ClockDefinition("answer", "Answer", target=10, calendar="SCO")
    make_case(service=make_service(clocks=(scots,)))
    assert add_holiday(manager) == []
    assert clock_of(answered).due_on == dt.date(2026, 12, 7)
    assert clock_of(soon).due_on == dt.date(2026, 11, 26)


def test_a_step_to_be_done_moves_too(manager: Account) -> None:
    case = make_case(service=make_service(make_step("read", target=8), clocks=()))
    assert add_holiday(manager) == [(case.reference, "Read", dt.date(2026, 12, 3), dt.date(2026, 12, 4))]
    assert step_of(case, "read").due_on == dt.date(2026, 12, 4)


def test_a_holiday_withdrawn_moves_the_clocks_back(manager: Account) -> None:
    christmas = later(days=25)
    case = make_case(received_at=christmas, at=christmas)
    assert clock_of(case).due_on == dt.date(2027, 1, 6)
    moved = add_holiday(
        manager, day=dt.date(2026, 12, 25), withdrawn=True, name="Christmas Day", at=christmas
    )
    assert [each[3] for each in moved] == [dt.date(2027, 1, 5)]


def test_new_cases_count_by_the_corrected_calendar(manager: Account) -> None:
    add_holiday(manager)
    assert clock_of(make_case()).due_on == dt.date(2026, 12, 8)


def test_working_out_again_moves_nothing_when_nothing_changed(manager: Account) -> None:
    make_case()
    add_holiday(manager)
    assert recompute_clocks(by=None, at=later(days=2)) == []


def test_a_correction_has_a_source_and_nations_and_is_in_the_audit(manager: Account) -> None:
    with pytest.raises(SourceNeeded):
        add_holiday(manager, source=" ")
    for nations in ([], ["FRANCE"]):
        with pytest.raises(NoSuchNation):
            add_holiday(manager, nations=nations)
    assert HolidayCorrection.objects.count() == 0
    add_holiday(manager)
    assert HolidayCorrection.objects.get().nations == ["ENG", "WLS"]
    event = AuditEvent.objects.get(verb="cases.correct_holiday")
    assert (event.actor, event.detail["moved"]) == (manager, 0)
