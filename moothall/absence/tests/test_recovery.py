"""Occupational health, a phased return, sick pay by service, letters by the clock, and steps that tick."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.absence.models import Certificate, Figure, PayBand, PhasedPlan, Prompt, Referral
from moothall.absence.rules import caring, paying, recovering, refusals, reporting, writing
from moothall.absence.rules.duties import half_pay_of
from moothall.cases.models import Step
from moothall.core.clock import now, today
from moothall.core.packs import load_pack
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

from .make import LONG_AGO, days_ago, make_absence, make_certificate, make_recorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Account:
    return make_recorder()


def somebody(**changes: Any) -> Employment:
    return make_employment(make_person(full_name="Tegwen Adeyemi", emails=["tegwen@example.org"]), **changes)


def refer(episode: Any, by: Account, **changes: Any) -> Referral:
    given: dict[str, Any] = {
        "asked_on": today(), "asks": "When may they drive again?", "provider": "", "consent_on": today(),
        "consent_how": "On the telephone", "by": by, "at": now(),
    }  # fmt: skip
    return recovering.refer(episode, **given | changes)


def agree(episode: Any, by: Account, **changes: Any) -> PhasedPlan:
    given: dict[str, Any] = {
        "from_on": today(), "weeks": [Decimal(12), Decimal(20)], "note": "", "by": by, "at": now(),
    }  # fmt: skip
    return recovering.agree_plan(episode, **given | changes)


def test_occupational_health_is_asked_only_with_consent_and_one_thing_at_once(by: Account) -> None:
    episode = make_absence(somebody())
    for consent in (None, today() + dt.timedelta(days=1)):
        with pytest.raises(refusals.ConsentNeeded):
            refer(episode, by, consent_on=consent)
    asked = refer(episode, by, sends_copy=True)
    letter = Letter.objects.get()
    assert "When may they drive again?" in letter.body
    assert "Cold" not in letter.body
    with pytest.raises(refusals.AskedAlready):
        refer(episode, by)
    given: dict[str, Any] = {"seen_on": None, "review_on": None, "by": by, "at": now()}
    recovering.answer_referral(
        asked, answered_on=today(), outcome=Referral.ADJUSTED, advice="Shorter shifts", **given
    )
    with pytest.raises(refusals.AnsweredAlready):
        recovering.withdraw_referral(asked, because="Late", by=by, at=now())
    assert refer(episode, by).waits


def test_a_manager_reads_the_outcome_and_a_colleague_nothing(by: Account) -> None:
    manager, boss = make_manager(account=make_account())
    episode = make_absence(somebody(manager=boss))
    recovering.answer_referral(
        refer(episode, by), answered_on=today(), outcome=Referral.ADJUSTED, advice="Shorter shifts",
        seen_on=None, review_on=None, by=by, at=now(),
    )  # fmt: skip
    address = reverse("absence", args=[episode.pk])
    shown = words(main(page(signed_in_as(manager).get(address))))
    assert "Fit with adjustments" in shown
    assert "Shorter shifts" in shown
    assert signed_in_as(make_account()).get(address).status_code == 404


def test_a_phased_return_is_agreed_once_back_and_ends_by_itself(by: Account) -> None:
    employment = somebody()
    episode = make_absence(employment, first_day=days_ago(30))
    with pytest.raises(refusals.StillOff):
        agree(episode, by)
    reporting.record_return(episode, last_day=days_ago(15), by=by, at=now())
    for weeks in ([Decimal(40)], [Decimal(0)]):
        with pytest.raises(refusals.HoursNotWithin):
            agree(episode, by, from_on=days_ago(14), weeks=weeks)
    with pytest.raises(refusals.PlanTooLong):
        agree(episode, by, from_on=days_ago(14), weeks=[Decimal(20)] * 5)
    plan = agree(episode, by, from_on=days_ago(14))
    assert plan.until_on == days_ago(1)
    assert PhasedPlan.objects.in_force(days_ago(1)).exists()
    assert not PhasedPlan.objects.in_force(today()).exists()
    with pytest.raises(refusals.PlannedAlready):
        agree(episode, by)
    with pytest.raises(refusals.PlanOver):
        recovering.end_plan(plan, ended_on=today(), because="Late", by=by, at=now())


def test_hours_not_worked_count_as_days_lost_only_by_the_rule(by: Account) -> None:
    episode = make_absence(somebody(), first_day=days_ago(30))
    reporting.record_return(episode, last_day=days_ago(15), by=by, at=now())
    plan = agree(episode, by, from_on=days_ago(14))
    hours, lost = recovering.lost_by_plan(plan, on=today(), rules=recovering.rules_of_days_lost())
    assert hours == Decimal(25 + 17)
    assert lost == 0
    Figure.objects.create(key="phased_counts", value=1, from_on=LONG_AGO)
    rules = recovering.rules_of_days_lost()
    assert recovering.lost_by_plan(plan, on=today(), rules=rules)[1] == Decimal("5.7")


def test_staff_are_warned_of_half_pay_only_by_bands_that_are_switched_on(by: Account) -> None:
    employment = somebody(started_on=days_ago(200), continuous_from=days_ago(200))
    episode = make_absence(employment, first_day=dt.date(2026, 11, 2))
    bands = [
        PayBand.objects.create(service_months=months, full_months=full, half_months=2, from_on=LONG_AGO)
        for months, full in ((0, 3), (4, 1), (12, 2))
    ]
    assert half_pay_of(episode) is None
    for band in bands:
        paying.switch_band(band, on=True, by=by, at=now())
    half = half_pay_of(episode)
    assert half is not None
    assert half.begins_on == dt.date(2026, 12, 2)
    assert half.warn_by == dt.date(2026, 11, 4)
    paying.switch_band(bands[1], on=False, by=by, at=now())
    again = half_pay_of(episode)
    assert again is not None
    assert again.begins_on == dt.date(2027, 2, 2)


def test_letters_leave_by_the_clock_once_each_however_often_it_runs() -> None:
    missing = make_absence(somebody(), first_day=days_ago(12))
    ending = make_absence(somebody(), first_day=days_ago(10))
    make_certificate(ending, days_ago(10), days_ago(-2))
    long_ago = make_absence(somebody(), first_day=days_ago(90))
    for _again in range(2):
        writing.write_by_the_clock(on=today(), at=now())
    kinds = {(each.episode_id, each.kind) for each in Prompt.objects.all()}
    assert kinds == {(missing.pk, Prompt.MISSING), (ending.pk, Prompt.ENDING)}
    assert Letter.objects.count() == 2
    assert not long_ago.prompts.exists()


def test_nothing_leaves_by_the_clock_where_the_office_does_not_want_it() -> None:
    make_absence(somebody(), first_day=days_ago(12))
    Figure.objects.create(key="write_by_clock", value=0, from_on=LONG_AGO)
    assert writing.write_by_the_clock(on=today(), at=now()).sent == 0
    assert not Letter.objects.exists()


def test_an_officer_is_warned_of_half_pay_by_the_clock() -> None:
    make_absence(somebody(workforce="police_officer"), first_day=days_ago(160))
    for _again in range(2):
        writing.write_by_the_clock(on=today(), at=now())
    assert Prompt.objects.filter(kind=Prompt.HALF_PAY).count() == 1


def test_what_happens_ticks_the_steps_of_the_case(by: Account) -> None:
    load_pack("people-services", at=now())
    episode = make_absence(somebody(), by=by, first_day=days_ago(9))
    assert episode.case is not None

    def done() -> dict[str, str]:
        rows = Step.objects.filter(case=episode.case, state=Step.DONE)
        return dict(rows.values_list("key", "outcome"))

    assert "report" in done()
    caring.log_contact(episode, held_on=today(), how="PHONE", note="", next_on=None, by=by, at=now())
    make_certificate(episode, days_ago(9), days_ago(3), kind=Certificate.SELF)
    refer(episode, by)
    reporting.record_return(episode, last_day=days_ago(1), by=by, at=now())
    assert {"contact1", "selfcert", "oh14", "return"} <= done().keys()
    assert done()["return"] == "full"
    agree(episode, by)
    assert done()["return"] == "phased"
    talk = caring.hold_interview(episode, held_on=today(), answers={}, outcome="SUPPORT", by=by, at=now())
    assert done()["rtw"] == "support"
    caring.undo_interview(talk, by=by, at=now())
    assert "rtw" not in done()


def test_the_page_asks_the_same_however_much_was_asked_and_agreed(by: Account) -> None:
    episode = make_absence(somebody(), first_day=days_ago(60))
    reporting.record_return(episode, last_day=days_ago(50), by=by, at=now())
    client, address = signed_in_as(by), reverse("absence", args=[episode.pk])

    def more() -> None:
        asked = refer(episode, by)
        recovering.withdraw_referral(asked, because="No longer needed", by=by, at=now())
        plan = agree(episode, by)
        recovering.end_plan(plan, ended_on=today(), because="It goes well", by=by, at=now())

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    more()
    few = asked()
    for _again in range(3):
        more()
    assert asked() <= few


def test_the_box_on_the_record_asks_the_same_however_many_absences_there_are(by: Account) -> None:
    employment = somebody()
    reader = make_account("workforce.view", "absence.record")
    client, address = signed_in_as(reader), reverse("staff_record", args=[employment.number])

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def more(days: int) -> None:
        episode = make_absence(employment, first_day=days_ago(days))
        reporting.record_return(episode, last_day=days_ago(days - 1), by=by, at=now())

    more(100)
    few = asked()
    for days in (80, 60, 40, 20):
        more(days)
    assert asked() <= few
