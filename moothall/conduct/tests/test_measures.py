"""Suspension with its reviews, improvement with its windows, and matters that overlap."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clocks.months import corresponding_date
from moothall.conduct.models import (
    ImprovementNotice,
    Matter,
    MatterLink,
    Meeting,
    Procedure,
    Suspension,
    SuspensionReview,
)
from moothall.conduct.rules import appealing, deciding, improving, linking, periods, suspending
from moothall.conduct.rules.appealing import NotHeard
from moothall.conduct.rules.refusals import (
    BeganLater,
    LinkedAlready,
    NoMoreStages,
    NoticeStands,
    NotImproving,
    NotNamed,
    NotSuspended,
    ReviewedThatDay,
    SuspendedAlready,
    ToldOfIt,
    WindowTooLong,
)
from moothall.core.clock import now, today
from moothall.core.serving import NOBODY, serving
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account, make_person, make_team
from moothall.people.tests.pages import signed_in_as
from moothall.workforce.away import SUSPENDED, away_between
from moothall.workforce.tests.make import make_employment, make_post

from .make import (
    by_hand,
    make_caseworker,
    make_held,
    make_kind,
    make_matter,
    make_notice,
    make_outcome,
    make_suspension,
    opener,
)

DAY = dt.timedelta(days=1)


@given(st.dates(dt.date(2015, 3, 11), dt.date(2040, 1, 1)), st.integers(1, 12), st.integers(0, 12))
def test_a_window_is_never_longer_than_its_months_and_an_exceptional_one_never_shorter(
    day: dt.date, months: int, more: int
) -> None:
    row = Procedure(window_months=months, window_most=months + more)
    usual = periods.longest_window(row, given_on=day, exceptional=False)
    most = periods.longest_window(row, given_on=day, exceptional=True)
    assert usual == corresponding_date(day, months)
    assert most is not None
    assert usual <= most
    assert (most - day).days <= 31 * (months + more)


kept_in_database = pytest.mark.django_db


@kept_in_database
def test_a_suspension_is_reviewed_by_the_days_of_the_procedure_until_it_ends() -> None:
    matter = make_matter(began_on=dt.date(2026, 10, 1))
    kept = make_suspension(matter, from_on=dt.date(2026, 10, 5))
    assert kept.review_by == dt.date(2026, 10, 19)
    given: dict[str, Any] = {"reasons": "A witness is away", "by": opener(matter), "at": now()}
    review = suspending.review_suspension(
        kept, held_on=dt.date(2026, 10, 16), decision=SuspensionReview.CONTINUES, **given
    )
    assert review.was_due_on == dt.date(2026, 10, 19)
    kept.refresh_from_db()
    assert kept.review_by == dt.date(2026, 10, 30)
    with pytest.raises(ReviewedThatDay):
        suspending.review_suspension(
            kept, held_on=dt.date(2026, 10, 16), decision=SuspensionReview.ENDS, **given
        )
    suspending.review_suspension(kept, held_on=dt.date(2026, 10, 30), decision=SuspensionReview.ENDS, **given)
    kept.refresh_from_db()
    assert kept.ended_on == dt.date(2026, 10, 30)
    assert kept.review_by is None
    with pytest.raises(NotSuspended):
        suspending.end_suspension(kept, ended_on=today(), because="Twice", by=opener(matter), at=now())


@kept_in_database
def test_one_suspension_of_a_matter_stands_and_it_does_not_end_before_it_begins() -> None:
    matter = make_matter()
    kept = make_suspension(matter)
    with pytest.raises(SuspendedAlready):
        make_suspension(matter)
    with pytest.raises(BeganLater):
        suspending.end_suspension(
            kept, ended_on=kept.from_on - DAY, because="Heard", by=opener(matter), at=now()
        )
    with pytest.raises(NotNamed):
        suspending.end_suspension(kept, ended_on=today(), because="Heard", by=make_caseworker(), at=now())


@kept_in_database
def test_whoever_is_suspended_is_away_to_all_and_whoever_does_other_duties_is_not() -> None:
    away, here = make_matter(), make_matter()
    make_suspension(away, from_on=today() - 3 * DAY)
    make_suspension(here, kind=Suspension.OTHER_DUTIES)
    ids = [away.employment_id, here.employment_id]
    with serving(NOBODY):
        assert not Suspension.objects.exists()
        found = [each for each in away_between(ids, today(), today() + DAY) if each.kind == SUSPENDED]
    assert [(each.employment_id, each.until_on) for each in found] == [(away.employment_id, None)]
    assert not away_between(ids, today() - 9 * DAY, today() - 4 * DAY)


@kept_in_database
def test_they_are_told_of_a_suspension_once_and_read_the_letter_themselves() -> None:
    account = make_account()
    employment = make_employment(make_person(full_name="Nia Oyelaran"), account=account)
    matter = make_matter(employment=employment)
    kept = make_suspension(matter)
    page = reverse("tell_suspension", args=[matter.case.reference, kept.pk])
    words = signed_in_as(opener(matter)).get(page).content.decode()
    assert "neutral act" in words
    assert "Your pay goes on." in words
    sent = by_hand(channel="MAIL", address="nia@example.org", subject="Your work")
    letter = suspending.tell_suspension(kept, sent=sent, by=opener(matter), at=now())
    assert letter is not None
    with pytest.raises(ToldOfIt):
        suspending.tell_suspension(kept, sent=sent, by=opener(matter), at=now())
    Letter.objects.filter(pk=letter.pk).update(state=Letter.SENT, sent_at=now())
    shown = signed_in_as(account).get(reverse("my_matters")).content.decode()
    assert "Your work" in shown
    assert "Witnesses" not in shown


@kept_in_database
def test_a_window_keeps_to_its_months_unless_the_case_is_exceptional() -> None:
    matter = make_matter()
    usual, most = corresponding_date(today(), 3), corresponding_date(today(), 12)
    with pytest.raises(WindowTooLong):
        make_notice(matter, until_on=usual + DAY)
    with pytest.raises(WindowTooLong):
        make_notice(matter, until_on=most + DAY, exceptional_because="A long course")
    notice = make_notice(matter, until_on=usual)
    given: dict[str, Any] = {"because": "Ill for a month", "by": opener(matter), "at": now()}
    with pytest.raises(WindowTooLong):
        improving.extend_window(notice, until_on=usual + DAY, exceptional=False, **given)
    longer = improving.extend_window(notice, until_on=most, exceptional=True, **given)
    assert longer.until_on == most
    assert longer.extensions.get().before_on == usual
    with pytest.raises(WindowTooLong):
        improving.extend_window(longer, until_on=most, exceptional=True, **given)


@kept_in_database
def test_each_stage_has_its_notice_and_after_the_last_a_hearing_decides() -> None:
    matter = make_matter()
    first = make_notice(matter)
    with pytest.raises(NoticeStands):
        make_notice(matter)
    given: dict[str, Any] = {"because": "Nine days late again", "by": opener(matter)}
    not_yet: dict[str, Any] = {"result": ImprovementNotice.NOT_IMPROVED, "reviewed_on": first.until_on}
    with pytest.raises(NotImproving):
        improving.review_notice(first, at=now() + dt.timedelta(days=200), **not_yet, **given)
    later = now() + dt.timedelta(days=200)
    over = not_yet | {"reviewed_on": first.until_on + DAY}
    improving.review_notice(first, at=later, **over, **given)
    second = make_notice(matter)
    assert (first.stage, second.stage) == (1, 2)
    assert second.outcome.level.key == "final-notice"
    improved: dict[str, Any] = {"result": ImprovementNotice.IMPROVED, "reviewed_on": today()}
    improving.review_notice(second, at=now(), **improved, **given)
    with pytest.raises(NoMoreStages):
        make_notice(matter)


@kept_in_database
def test_a_police_matter_has_one_notice_since_the_two_stages_and_two_before() -> None:
    kind = make_kind()
    kind.levels.filter(notice_stage=2).update(until_on=dt.date(2025, 5, 27))
    for began, stages in ((dt.date(2025, 5, 27), {1, 2}), (dt.date(2025, 5, 28), {1})):
        matter = make_matter(kind=kind, began_on=began)
        found = {each.notice_stage for each in deciding.levels_of(matter) if each.notice_stage}
        assert found == stages


@kept_in_database
def test_the_letter_of_a_notice_says_what_has_to_improve_and_by_when() -> None:
    matter = make_matter()
    notice = make_notice(matter, targets="Be at work at nine\nReports by Friday")
    page = reverse("tell_outcome", args=[matter.case.reference, notice.outcome_id])
    words = signed_in_as(opener(matter)).get(page).content.decode()
    assert "• Be at work at nine" in words
    assert "Improvement notice: until" in words
    assert "next stage is another meeting" in words


@kept_in_database
def test_a_notice_set_aside_on_appeal_is_not_a_stage() -> None:
    matter = make_matter()
    notice = make_notice(matter)
    deciding.tell_outcome(notice.outcome, sent=by_hand(), by=opener(matter), at=now())
    given: dict[str, Any] = {"by": opener(matter), "at": now()}
    appeal = appealing.lodge_appeal(
        notice.outcome, lodged_on=today(), grounds="Too hard", late_because="", **given
    )
    with pytest.raises(NotHeard):
        appealing.tell_appeal(appeal, sent=by_hand(), **given)
    appealing.decide_appeal(
        appeal, meeting=make_held(matter, kind=Meeting.APPEAL), decision="UPHELD", reasons="It was",
        decided_on=today(), level=None, **given,
    )  # fmt: skip
    appeal.refresh_from_db()
    appeal.outcome.matter = matter
    page = reverse("tell_appeal", args=[matter.case.reference, notice.outcome_id])
    assert "Upheld" in signed_in_as(opener(matter)).get(page).content.decode()
    appealing.tell_appeal(appeal, sent=by_hand(), **given)
    with pytest.raises(ToldOfIt):
        appealing.tell_appeal(appeal, sent=by_hand(), **given)
    assert make_notice(matter).stage == 1


@kept_in_database
def test_linked_matters_show_each_other_to_whoever_is_named_on_both() -> None:
    by = make_caseworker()
    matter, other = make_matter(by=by), make_matter(by=by)
    link = linking.link_matters(matter, other=other, because="The same meeting", by=by, at=now())
    for one, two in ((matter, other), (other, matter)):
        assert linking.linked_to(one, by=by) == [(link, two)]
        with pytest.raises(LinkedAlready):
            linking.link_matters(one, other=two, because="Again", by=by, at=now())
    third = make_matter()
    with pytest.raises(NotNamed):
        linking.link_matters(matter, other=third, because="Guessed", by=by, at=now())
    with serving(str(opener(third).pk)):
        assert not MatterLink.objects.exists()
    linking.end_link(link, by=by, at=now())
    assert linking.linked_to(matter, by=by) == []


@kept_in_database
def test_only_those_one_may_see_are_offered_for_a_new_matter() -> None:
    team, kind = make_team(), make_kind()
    employment = make_employment(post=make_post(team=team))
    sent = {
        "employee-key": employment.pk, "kind": kind.pk, "began_on": "2/11/2026", "summary": "Late often",
    }  # fmt: skip
    for account, status in ((make_caseworker(team=make_team()), 422), (make_caseworker(team=team), 302)):
        assert signed_in_as(account).post(reverse("open_matter"), sent).status_code == status


@kept_in_database
def test_a_matter_asks_the_same_however_much_there_is_of_it() -> None:
    by = make_caseworker()
    browser = signed_in_as(by)
    matter = make_matter(by=by)
    address = reverse("matter_page", args=[matter.case.reference])

    def asked() -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    def more(matter: Matter) -> None:
        kept = make_suspension(matter, from_on=today() - 9 * DAY)
        suspending.review_suspension(
            kept, held_on=today(), decision=SuspensionReview.ENDS, reasons="Heard", by=by, at=now()
        )
        linking.link_matters(matter, other=make_matter(by=by), because="The same", by=by, at=now())
        make_outcome(matter)

    more(matter)
    make_notice(matter)
    few = asked()
    for _again in range(4):
        more(matter)
    assert asked() <= few
