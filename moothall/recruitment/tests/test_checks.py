"""Checks side by side: each department does its own, and recruitment hears whether somebody is cleared."""

import datetime as dt
from typing import Any

import pytest

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.stepping import SubCaseRunning, complete_step
from moothall.cases.tests.make import make_service, make_step
from moothall.core.serving import serving
from moothall.letters.models import Letter
from moothall.people.models import Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.recruitment.models import Application, Campaign, Clearance
from moothall.recruitment.models.check import CLEARED, NOT_CLEARED
from moothall.recruitment.rules import check_cases, check_chasing, checking
from moothall.recruitment.rules.checks import HELD, OTHERS, OURS, THEIRS, Check, checks_of, checks_of_many

from .make import make_application, make_campaign, make_recruiter, make_route
from .make_checks import make_checked, make_checked_route, make_department, make_kind, make_officer, sub_case

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=3)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def vetting() -> Team:
    return make_department("vet")


def step_of(case: Case, key: str) -> Step:
    return Step.objects.select_related("case__version", "case__service").get(case=case, key=key)


def check_of(application: Application, key: str) -> Check:
    return next(each for each in checks_of(application) if each.kind.key == key)


def clear(application: Application, officer: Any, *, decision: str = "granted", until: Any = None) -> None:
    case = sub_case(application, "vetting")
    for key, outcome in (("form", ""), ("look", ""), ("decide", decision)):
        checking.finish_check_step(step_of(case, key), by=officer, at=LATER, outcome=outcome)
    checking.finish_check_step(step_of(case, "aftercare"), by=officer, at=LATER, runs_out_on=until)


def test_everybody_in_the_department_sees_its_check_and_nobody_else_does(team: Team, vetting: Team) -> None:
    officer, recruiter = make_officer(vetting), make_recruiter(team=team)
    head = make_account("cases.view", name="Head")
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    case = sub_case(made, "vetting")
    assert case.confidentiality == Case.RESTRICTED
    for account, sees in ((officer, True), (recruiter, False), (head, False)):
        with serving(str(account.pk)):
            assert Case.objects.visible_to(account).filter(pk=case.pk).exists() is sees, account
            assert Step.objects.filter(case=case.pk).exists() is sees, account


def test_a_department_does_not_see_the_application_it_checks(team: Team, vetting: Team) -> None:
    officer = make_officer(vetting)
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    assert not Case.objects.visible_to(officer).filter(pk=made.case_id).exists()
    assert not Application.objects.visible_to(officer).exists()
    assert not Campaign.objects.visible_to(officer).exists()


def test_whose_turn_every_check_is_shows_in_three_colours(team: Team) -> None:
    made = make_checked(team=team)
    turns = {each.kind.key: each.state for each in checks_of(made)}
    assert turns == {"vetting": THEIRS, "medical": OTHERS, "references": OURS, "right-to-work": THEIRS}


def test_a_check_on_hold_says_until_when_and_not_why(team: Team, vetting: Team) -> None:
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    case = sub_case(made, "vetting")
    Case.objects.filter(pk=case.pk).update(held_until=AT.date() + dt.timedelta(days=9), hold_reason="A trial")
    held = check_of(made, "vetting")
    assert (held.state, held.held_until, held.because) == (HELD, AT.date() + dt.timedelta(days=9), "")


def test_what_vetting_decides_reaches_recruitment_as_cleared_with_its_day(team: Team, vetting: Team) -> None:
    officer = make_officer(vetting)
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    clear(made, officer, until=dt.date(2030, 1, 1))
    step = step_of(made.case, "vet")
    assert (step.state, step.outcome) == (Step.DONE, "cleared")
    check = check_of(made, "vetting")
    assert (check.state, check.runs_out_on, check.outcome) == (CLEARED, dt.date(2030, 1, 1), "")
    assert Clearance.objects.standing().count() == 1


def test_somebody_refused_is_not_cleared(team: Team, vetting: Team) -> None:
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    clear(made, make_officer(vetting), decision="refused")
    assert check_of(made, "vetting").state == NOT_CLEARED
    assert step_of(made.case, "vet").outcome == "refused"


def test_a_clearance_that_ends_before_the_first_day_is_warned_of(team: Team, vetting: Team) -> None:
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    starts = made.campaign.starts_on
    assert starts is not None
    clear(made, make_officer(vetting), until=starts - dt.timedelta(days=1))
    assert check_of(made, "vetting").is_short
    assert Clearance.objects.too_short().count() == 1


def test_the_last_step_done_by_mistake_is_taken_back_with_all_that_followed(
    team: Team, vetting: Team
) -> None:
    officer = make_officer(vetting)
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    clear(made, officer, until=dt.date(2030, 1, 1))
    last = step_of(sub_case(made, "vetting"), "aftercare")
    checking.take_back_check_step(last, by=officer, at=LATER + dt.timedelta(hours=1))
    assert sub_case(made, "vetting").status == Case.OPEN
    assert step_of(made.case, "vet").state == Step.READY
    assert not Clearance.objects.standing().exists()


def test_a_department_checks_for_a_case_that_is_no_application_and_takes_it_back(
    team: Team, vetting: Team
) -> None:
    make_checked_route(team=team, vetting=vetting)
    service = make_service(
        make_step("vet", owner="vetting", sub="vetting"), team=team, owners={"vetting": vetting.key}
    )
    case = open_case(service, title="Appointed by hand", channel="staff", received_at=AT, at=AT)
    officer = make_officer(vetting)
    sub = Case.objects.get(parent_step__case=case)
    for key, outcome in (("form", ""), ("look", ""), ("decide", "granted"), ("aftercare", "")):
        last = checking.finish_check_step(step_of(sub, key), by=officer, at=LATER, outcome=outcome)
    assert step_of(case, "vet").state == Step.DONE
    checking.take_back_check_step(last, by=officer, at=LATER + dt.timedelta(hours=1))
    assert step_of(case, "vet").state == Step.READY
    assert not Clearance.objects.exists()


def test_a_check_that_ends_an_application_is_taken_back_with_its_end(team: Team) -> None:
    make_kind("fitness", steps=["fit"], clears=["pass"])
    service = make_service(
        make_step("apply", owner="applicant"), make_step("fit", "apply", outcomes=("pass", "fail")),
        team=team, clocks=(), outcomes=(OutcomeDefinition("rejected", "Rejected"),),
        leads={"fit": {"fail": "rejected"}},
    )  # fmt: skip
    made = make_application(make_campaign(team=team, routes=[make_route(team=team, service=service)]))
    by, step = make_recruiter(team=team), step_of(made.case, "fit")
    checking.finish_check_step(step, by=by, at=LATER, outcome="fail")
    made.case.refresh_from_db()
    assert (made.case.outcome, Clearance.objects.standing().get().result) == ("rejected", NOT_CLEARED)
    checking.take_back_check_step(step_of(made.case, "fit"), by=by, at=LATER + dt.timedelta(hours=1))
    made.case.refresh_from_db()
    assert (made.case.is_closed, step_of(made.case, "fit").state) == (False, Step.READY)
    assert not Clearance.objects.standing().exists()


def test_recruitment_cannot_pass_over_a_department(team: Team) -> None:
    made, recruiter = make_checked(team=team), make_recruiter(team=team)
    with serving(str(recruiter.pk)), pytest.raises(SubCaseRunning):
        complete_step(step_of(made.case, "vet"), by=recruiter, at=LATER, outcome="cleared")


def test_whoever_comes_to_a_department_sees_its_checks_and_whoever_leaves_does_not(
    team: Team, vetting: Team
) -> None:
    leaver = make_officer(vetting)
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    comer = make_officer(vetting)
    case = sub_case(made, "vetting")
    assert not Case.objects.visible_to(comer).filter(pk=case.pk).exists()
    leaver.grants.update(ended_on=dt.date(2020, 1, 1), started_on=dt.date(2019, 1, 1))
    check_cases.keep_departments_true(at=LATER)
    assert Case.objects.visible_to(comer).filter(pk=case.pk).exists()
    fresh = type(leaver).objects.get(pk=leaver.pk)
    assert not Case.objects.visible_to(fresh).filter(pk=case.pk).exists()


def test_checks_of_many_are_read_in_as_many_queries_as_those_of_one(
    team: Team, django_assert_num_queries: Any
) -> None:
    first = make_checked(team=team)
    rows = [first, *(make_checked(team=team, campaign=first.campaign, name=f"N {n}") for n in range(4))]
    with django_assert_num_queries(5):
        found = checks_of_many(rows)
    assert [len(each) for each in found.values()] == [4] * 5


def test_a_late_department_is_written_to_once_a_week_and_nobody_is_named(team: Team, vetting: Team) -> None:
    made = make_checked(team=team, route=make_checked_route(team=team, vetting=vetting))
    much_later = AT + dt.timedelta(days=90)
    assert check_chasing.chase_departments(at=much_later) >= 1
    assert check_chasing.chase_departments(at=much_later) == 0
    letters = Letter.objects.filter(to_address="vet@council.example")
    assert len(letters) == 1
    assert made.applicant.person.full_name not in letters[0].body
