"""From a vacancy that is approved to an application that is a case: the way of everybody who applies."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Step
from moothall.cases.tests.make import states
from moothall.core.serving import NOBODY, serving
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account, make_team
from moothall.recruitment.models import Applicant, Application, Draft, EligibilityRule, Monitoring, Vacancy
from moothall.recruitment.rules import campaigns, drafts, sending, withdrawing
from moothall.recruitment.rules import refusals as no
from moothall.recruitment.rules.monitoring import mark_of_application

from .make import (
    TODAY,
    approve,
    finish,
    make_application,
    make_campaign,
    make_draft,
    make_route,
    make_rule,
    make_vacancy,
    make_vacancy_service,
)

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def test_a_vacancy_is_a_case_and_goes_to_those_who_approve() -> None:
    team = make_team()
    make_vacancy_service(team)
    vacancy = make_vacancy(by=make_account(team=team))
    assert states(vacancy.case) == {
        "need": Step.DONE,
        "fin": Step.READY,
        "head": Step.PENDING,
        "welsh": Step.DONE,
        "advert": Step.PENDING,
    }
    assert not Vacancy.objects.approved_now().exists()
    approve(vacancy)
    assert list(Vacancy.objects.approved_now()) == [vacancy]


def test_a_campaign_is_published_once_every_vacancy_is_approved() -> None:
    campaign = make_campaign(published=False)
    waiting = make_vacancy(profile=campaign.profile)
    campaign.vacancies.add(waiting)
    with pytest.raises(no.NotApproved):
        campaigns.publish_campaign(campaign, by=None, at=AT)
    approve(waiting)
    assert campaigns.publish_campaign(campaign, by=None, at=AT).is_open(TODAY)


def test_a_campaign_is_published_in_both_languages() -> None:
    campaign = make_campaign(published=False, about_cy="")
    with pytest.raises(no.WelshMissing):
        campaigns.publish_campaign(campaign, by=None, at=AT)


def test_the_timetable_counts_each_step_from_the_ones_before_it() -> None:
    campaign = make_campaign()
    stages = {each.key: each for each in campaign.stages.all()}
    assert list(stages) == ["apply", "sift", "board", "vet", "medical"]
    assert (stages["apply"].begins_on, stages["apply"].target_on) == (campaign.opens_on, campaign.closes_on)
    assert stages["sift"].begins_on == campaign.closes_on
    assert stages["sift"].target_on == dt.date(2026, 12, 21)
    assert stages["vet"].begins_on == stages["medical"].begins_on == stages["board"].target_on


def test_an_application_is_a_case_whose_first_step_is_what_comes_after_applying() -> None:
    made = make_application()
    assert states(made.case) == {
        "plan": Step.DONE, "apply": Step.DONE, "sift": Step.READY, "board": Step.PENDING, "vet": Step.PENDING,
        "medical": Step.PENDING, "purge": Step.PENDING,
    }  # fmt: skip
    assert made.number in made.case.title
    assert "Ysolde" not in made.case.title
    assert [each.criterion.key for each in made.answers.all()] == ["calm"]


def test_whoever_applied_is_written_to_with_the_link_to_their_own_page() -> None:
    made = make_application()
    letter = Letter.objects.get(person=made.applicant.person)
    assert made.number in letter.body
    assert "/jobs/mine/" in letter.body
    assert not made.case.entries.filter(text__contains="/jobs/mine/").exists()


def test_sent_twice_it_is_one_application() -> None:
    draft = make_draft()
    first = sending.send_application(draft, at=AT)
    assert sending.send_application(draft, at=AT) == first
    assert Case.objects.filter(job_application__isnull=False).count() == 1


def test_nothing_of_an_application_stays_in_its_draft() -> None:
    draft = make_draft()
    sending.send_application(draft, at=AT)
    draft.refresh_from_db()
    assert (draft.answers, draft.facts, draft.adjustments) == ({}, {}, "")


def test_somebody_who_does_not_meet_a_rule_is_told_which_and_cannot_send() -> None:
    team = make_team()
    route = make_route(team=team)
    rule = make_rule(route=route)
    campaign = make_campaign(team=team, routes=[route])
    draft = make_draft(campaign, facts={rule.key: False})
    [unmet] = drafts.unmet_of_draft(draft, language="cy", at=AT)
    assert unmet.told == "Ni ellir gwneud y swydd heb drwydded."
    with pytest.raises(no.NotEligible):
        sending.send_application(draft, at=AT)
    draft = make_draft(campaign, facts={rule.key: True})
    assert sending.send_application(draft, at=AT).to_look_at == []


def test_a_rule_that_stops_nobody_is_before_the_desk() -> None:
    rule = make_rule(stops=False)
    made = make_application(facts={rule.key: False})
    assert made.to_look_at == [rule.key]


def test_age_counts_on_the_day_they_would_start() -> None:
    campaign = make_campaign()
    make_rule(kind=EligibilityRule.AGE_FROM, amount=18, asks="")
    assert campaign.starts_on is not None
    born = campaign.starts_on.replace(year=campaign.starts_on.year - 18)
    assert drafts.unmet_of_draft(make_draft(campaign, facts={"born_on": born}), language="en", at=AT) == []
    later = make_draft(campaign, facts={"born_on": born + A_DAY})
    assert len(drafts.unmet_of_draft(later, language="en", at=AT)) == 1


def test_a_rule_that_came_later_turns_nobody_away() -> None:
    campaign = make_campaign()
    draft = make_draft(campaign)
    make_rule(from_on=TODAY + A_DAY)
    sending.send_application(draft, at=AT + A_DAY * 2)


def test_nobody_sends_after_the_last_day() -> None:
    campaign = make_campaign()
    draft = make_draft(campaign)
    with pytest.raises(no.NotOpen):
        sending.send_application(draft, at=AT + A_DAY * 22)


def test_one_person_is_one_applicant_in_every_campaign() -> None:
    make_application(email="one@post.example")
    make_application(email="One@Post.example")
    assert (Applicant.objects.count(), Application.objects.count()) == (1, 2)


def test_somebody_applies_to_a_campaign_once() -> None:
    campaign = make_campaign()
    make_application(campaign, email="one@post.example")
    with pytest.raises(no.AppliedAlready):
        make_application(campaign, email="one@post.example")


def test_whoever_withdrew_may_apply_again_once_the_campaign_lets_them() -> None:
    campaign = make_campaign(again_after_days=5)
    made = make_application(campaign, email="one@post.example")
    withdrawing.withdraw(made, because="", by=None, at=AT)
    made.case.refresh_from_db()
    assert (made.case.status, made.case.outcome) == (Case.CLOSED, "withdrew")
    with pytest.raises(no.TooSoon, match="28/11/2026"):
        make_application(campaign, email="one@post.example", at=AT + A_DAY * 4)
    assert make_application(campaign, email="one@post.example", at=AT + A_DAY * 5).number != made.number


def test_an_application_withdrawn_by_mistake_goes_on_where_it_stood() -> None:
    made = make_application()
    finish(made.case, "sift", "met")
    withdrawing.withdraw(made, because="They rang", by=make_account(), at=AT)
    withdrawing.take_up_again(made, by=make_account(), at=AT)
    made.case.refresh_from_db()
    assert made.case.status == Case.OPEN
    assert states(made.case)["board"] == Step.READY


def test_what_is_said_for_monitoring_leads_to_nobody_and_is_there_for_the_office_alone() -> None:
    made = make_application()
    kept = Monitoring.objects.get()
    assert kept.mark == mark_of_application(made)
    columns = {field.name for field in Monitoring._meta.get_fields()}
    # Months and rungs, never a day or a number.
    of_its_way = {
        "route",
        "month",
        "passed",
        "ended",
        "joined_month",
    }
    assert columns == {"id", "mark", "campaign", "said"} | of_its_way
    for whom in (NOBODY, str(make_account("cases.view", "cases.work").pk)):
        with serving(whom):
            assert not Monitoring.objects.exists()
            assert not Draft.objects.exists()


def test_what_was_never_sent_is_thrown_away_when_its_time_is_over() -> None:
    draft = make_draft()
    sent = make_application()
    assert drafts.forget_unsent(at=AT + drafts.KEPT_FOR) == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert Draft.objects.filter(application=sent).exists()
    assert Monitoring.objects.count() == 1
