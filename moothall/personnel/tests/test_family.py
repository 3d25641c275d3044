"""Family leave: by the rule of its day, begun by itself, answered, ended, and seen by few."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from moothall.core.clock import now, today
from moothall.people.tests.make import make_account
from moothall.personnel.beside import away_for_family, of_record
from moothall.personnel.models import FamilyLeave, TouchDay
from moothall.personnel.rules import family as rules
from moothall.personnel.rules import refusals
from moothall.personnel.rules.calendar import dates_of, pay_of
from moothall.personnel.rules.in_touch import add_touch_day
from moothall.personnel.rules.letters import write
from moothall.personnel.rules.offering import letters_for, wanted_of
from moothall.personnel.rules.telling import words_of
from moothall.personnel.rules.wording.family import MATERNITY, PACK, PAY
from moothall.workforce.away import FAMILY, away_between
from moothall.workforce.panels import Sight
from moothall.workforce.tests.make import make_employment

from .make import DAY, as_mail, make_desk, make_leave, make_team, noon

pytestmark = pytest.mark.django_db
DUE = dt.date(2027, 3, 10)
TOLD = dt.date(2026, 11, 20)
PLANNED = dt.date(2027, 2, 22)


def of_march(**changes: Any) -> FamilyLeave:
    given: dict[str, Any] = {"event_on": DUE, "notified_on": TOLD, "starts_on": PLANNED, "at": noon(TOLD)}
    return make_leave(**given | changes)


def test_the_whole_calendar_of_a_maternity_leave_is_worked_out() -> None:
    leave = of_march()
    assert leave.ends_on == dt.date(2028, 2, 20)
    assert leave.reply_by == dt.date(2026, 12, 18)
    days = {each.what: each.on for each in dates_of(leave)}
    assert days["Notice is due"] == dt.date(2026, 11, 28)
    assert days["Earliest first day"] == dt.date(2026, 12, 20)
    assert days["Expected week of childbirth"] == dt.date(2027, 3, 7)
    assert days["Ordinary leave ends"] == dt.date(2027, 8, 22)
    assert days["Back at work"] == dt.date(2028, 2, 21)
    assert days["Last day to tell of an earlier return"] == dt.date(2027, 12, 26)
    figures = pay_of(leave)
    assert figures is not None
    assert figures.flat_rate is None


def test_maternity_leave_begins_in_the_eleventh_week_before_at_the_earliest() -> None:
    with pytest.raises(refusals.TooEarly):
        of_march(starts_on=dt.date(2026, 12, 19))
    assert of_march(starts_on=dt.date(2026, 12, 20)).starts_on == dt.date(2026, 12, 20)


def test_a_birth_before_the_planned_day_begins_the_leave_the_day_after() -> None:
    leave = of_march()
    moved = rules.record_birth(
        leave, born_on=dt.date(2027, 2, 15), by=make_desk(), at=noon(dt.date(2027, 2, 16))
    )
    assert (moved.starts_on, moved.starts_because) == (dt.date(2027, 2, 16), FamilyLeave.BIRTH)
    assert moved.ends_on == dt.date(2028, 2, 14)
    assert "End of compulsory leave" in {each.what for each in dates_of(moved)}


def test_a_pregnancy_illness_begins_it_from_the_fourth_week_before() -> None:
    leave, desk = of_march(), make_desk()
    with pytest.raises(refusals.IllnessTooEarly):
        rules.record_illness(leave, ill_on=dt.date(2027, 2, 6), by=desk, at=noon(PLANNED))
    moved = rules.record_illness(leave, ill_on=dt.date(2027, 2, 7), by=desk, at=noon(PLANNED))
    assert moved.starts_on == dt.date(2027, 2, 8)


def test_paternity_leave_needs_no_service_since_6_april_2026() -> None:
    newcomer = make_employment(started_on=dt.date(2026, 3, 2))
    with pytest.raises(refusals.TooLittleService):
        make_leave(newcomer, kind="paternity", event_on=dt.date(2026, 4, 5), starts_on=dt.date(2026, 4, 13),
                   notified_on=dt.date(2026, 3, 10), at=noon(dt.date(2026, 3, 10)))  # fmt: skip
    leave = make_leave(
        newcomer, kind="paternity", event_on=dt.date(2026, 4, 6), starts_on=dt.date(2026, 4, 13),
        notified_on=dt.date(2026, 3, 10), at=noon(dt.date(2026, 3, 10)),
    )  # fmt: skip
    assert leave.ends_on == dt.date(2026, 4, 26)
    assert leave.reply_by == dt.date(2026, 3, 17)


def test_a_leave_is_entered_only_where_a_rule_speaks_of_it() -> None:
    with pytest.raises(refusals.NoFamilyRule):
        make_leave(kind="carers", event_on=dt.date(2024, 4, 5))
    with pytest.raises(refusals.NoFamilyRule):
        make_leave(make_employment(workforce="volunteer"))
    officer = make_employment(workforce="police_officer")
    with pytest.raises(refusals.LengthNeeded):
        make_leave(officer)
    assert make_leave(officer, ends_on=today() + 300 * DAY).full_end_on == today() + 300 * DAY


def test_two_leaves_of_one_person_never_share_a_day() -> None:
    leave = make_leave()
    with pytest.raises(refusals.Overlaps):
        make_leave(leave.employment, kind="parental", starts_on=leave.ends_on, ends_on=leave.ends_on)
    rules.withdraw_leave(leave, by=make_desk(), at=now())
    again = make_leave(leave.employment)
    with pytest.raises(refusals.Overlaps):
        rules.put_back_leave(leave, by=make_desk(), at=now())
    assert again.withdrawn_at is None


def test_an_early_return_is_told_eight_weeks_before_or_agreed() -> None:
    leave, desk = of_march(), make_desk()
    told = dt.date(2027, 6, 1)
    with pytest.raises(refusals.NoticeOfReturn):
        rules.return_early(
            leave, returns_on=dt.date(2027, 7, 26), told_on=told, agreed=False, by=desk, at=noon(told)
        )
    back = rules.return_early(
        leave, returns_on=dt.date(2027, 7, 27), told_on=told, agreed=False, by=desk, at=noon(told)
    )
    assert back.ends_on == dt.date(2027, 7, 26)
    sooner = rules.return_early(
        leave, returns_on=dt.date(2027, 7, 1), told_on=told, agreed=True, by=desk, at=noon(told)
    )
    assert sooner.ends_on == dt.date(2027, 6, 30)


def test_a_day_in_touch_counts_once_and_lies_within_the_leave() -> None:
    leave, desk = of_march(), make_desk()
    for _again in range(2):
        add_touch_day(leave, day=dt.date(2027, 6, 1), what="Training", by=desk, at=now())
    assert TouchDay.objects.filter(leave=leave).count() == 1
    with pytest.raises(refusals.NotOnLeave):
        add_touch_day(leave, day=dt.date(2027, 2, 21), what="Training", by=desk, at=now())


def test_the_letter_that_says_the_last_day_confirms_the_leave_and_leaves_once() -> None:
    leave, desk = make_leave(), make_desk()
    write(leave, MATERNITY, sent=as_mail(), about_on=leave.starts_on, by=desk, at=now())
    leave.refresh_from_db()
    assert leave.confirmed_on == today()
    with pytest.raises(refusals.ToldAlready):
        write(leave, MATERNITY, sent=as_mail(), about_on=leave.starts_on, by=desk, at=now())
    moved = rules.change_start(leave, starts_on=leave.starts_on + 3 * DAY, by=desk, at=now())
    assert "maternity_redate" in {each.key for each, _on in wanted_of(moved)}
    assert any(each.letter for each in letters_for(moved))


def test_the_manager_sees_the_days_and_not_which_leave() -> None:
    manager, employment, account = make_team()
    leave = make_leave(employment)
    seen = of_record(manager, employment, Sight(manages=True))
    assert seen is not None
    assert (seen["leaves"], seen["private"]) == ([leave], False)
    own = of_record(account, employment, Sight(own=True))
    assert own is not None
    assert own["private"]
    assert of_record(make_account("workforce.view"), employment, Sight(desk=True)) is None


def test_family_leave_is_told_as_an_absence_without_why() -> None:
    leave = make_leave()
    rules.withdraw_leave(make_leave(), by=make_desk(), at=now())
    found = away_between([leave.employment_id], leave.ends_on, leave.ends_on + DAY)
    assert [(each.kind, each.until_on) for each in found] == [(FAMILY, leave.ends_on)]
    assert not list(away_for_family([leave.employment_id], leave.returns_on, leave.returns_on))


def test_the_database_lets_nobody_be_away_beyond_the_entitlement() -> None:
    leave = make_leave()
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyLeave.objects.filter(pk=leave.pk).update(ends_on=leave.full_end_on + DAY)


def test_the_pack_goes_first_and_the_pay_once_the_certificate_was_seen() -> None:
    leave = of_march()
    keys = {each.key for each, _on in wanted_of(leave)}
    assert "maternity_pack" in keys
    assert "maternity_pay" not in keys
    seen = rules.see_evidence(leave, on=TOLD, by=make_desk(), at=noon(TOLD))
    seen.refresh_from_db()
    assert "maternity_pay" in {each.key for each, _on in wanted_of(seen)}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_letter_about_pay_leaves_out_a_rate_that_nobody_has_confirmed(language: str) -> None:
    _subject, later = words_of(of_march(), PAY, language=language, by=None, at=noon(TOLD))
    assert "£129.00" in later
    assert "£187.18" not in later
    assert "{" not in later
    before = of_march(
        event_on=dt.date(2026, 3, 10), notified_on=dt.date(2025, 11, 3), starts_on=dt.date(2026, 2, 23)
    )
    _subject, words = words_of(before, PAY, language=language, by=None, at=noon(TOLD))
    assert "£187.18" in words
    assert "39" in words


def test_the_pack_says_every_day_in_both_languages() -> None:
    _subject, english = words_of(of_march(), PACK, language="en", by=None, at=noon(TOLD))
    assert "28 November 2026" in english
    assert "20 December 2026" in english
    _subject, welsh = words_of(of_march(), PACK, language="cy", by=None, at=noon(TOLD))
    assert "28 Tachwedd 2026" in welsh
