"""What a pack brings: routes with their processes, rules with their sentences, profiles, criteria."""

import datetime as dt

import pytest

from moothall.cases.models import Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import current_version
from moothall.core.packs import load_pack
from moothall.people.models import Team
from moothall.people.tests.make import AT
from moothall.recruitment.models import (
    Criterion,
    EligibilityRule,
    MonitoringQuestion,
    RoleProfile,
    Route,
    Vacancy,
)
from moothall.recruitment.rules import drafts

from .make import TODAY, approve, make_application, make_campaign, make_vacancy

pytestmark = pytest.mark.django_db


def test_every_route_of_the_police_begins_at_a_step_of_its_process_and_runs_on_from_there() -> None:
    load_pack("people-services", at=AT)
    load_pack("people-services", at=AT)
    routes = [each for each in Route.objects.in_use() if not each.is_internal]
    assert len(routes) == 9
    for route in routes:
        definition = definition_of(current_version(route.service))
        assert definition.step(route.entry_step).owner == "applicant", route.key
    assert MonitoringQuestion.objects.count() == 5
    assert not EligibilityRule.objects.filter(told_cy="").exists()
    assert not Criterion.objects.filter(name_cy="").exists()
    profile = RoleProfile.objects.get(name="Police constable")
    team = Team.objects.get(key="recruitment")
    vacancy = make_vacancy(profile=profile, team=team)
    approve(vacancy)
    for route in routes:
        _applies(route, profile, team, vacancy)


def _applies(route: Route, profile: RoleProfile, team: Team, vacancy: Vacancy) -> None:
    """The first stage after applying is open, and the timetable has all that follow."""
    campaign = make_campaign(team=team, routes=[route], profile=profile, vacancies=[vacancy])
    assert campaign.stages.count() > 2, route.key
    rules = EligibilityRule.objects.in_force(TODAY, route=route)
    facts = {each.key: 5 if each.kind == EligibilityRule.AT_LEAST else True for each in rules if each.asks}
    answers = {each.key: "I did." for each in Criterion.objects.asked().filter(profile=profile)}
    draft = drafts.begin_draft(campaign, route, account=None, language="cy", at=AT)
    born = {"born_on": dt.date(1999, 5, 2)}
    drafts.answer_page(draft, page=drafts.RULES, found=facts | born, at=AT)
    for key, text in answers.items():
        drafts.answer_page(draft, page=f"criterion-{key}", found={"text": text}, at=AT)
    for page in (drafts.SUPPORT, drafts.EQUALITY):
        drafts.answer_page(draft, page=page, found={}, at=AT)
    reach = {"name": "Ysolde Bello", "email": f"{route.key.lower()}@post.example"}
    draft = drafts.answer_page(draft, page=drafts.NAME, found=reach, at=AT)
    made = make_application(draft=draft)
    later = definition_of(made.case.version).following(route.entry_step)
    ready = set(made.case.steps.filter(state=Step.READY).values_list("key", flat=True))
    assert ready, route.key
    assert ready <= later, route.key
    assert made.case.steps.get(key=route.entry_step).state == Step.DONE
