"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from moothall.cases.models import Case, Service, Step
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.stepping import complete_step
from moothall.cases.tests.make import make_service, make_step
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.recruitment.models import (
    Application,
    Campaign,
    Criterion,
    Draft,
    EligibilityRule,
    RoleProfile,
    Route,
    Vacancy,
)
from moothall.recruitment.rules import campaigns, drafts, sending, vacancies

TODAY = AT.date()
RECRUITER = ("cases.view", "cases.work", "cases.close", "people.view", "letters.write")
ENDS = (OutcomeDefinition("appointed", "Appointed"), OutcomeDefinition("withdrew", "Withdrew"))
_numbers = count(1)


def make_recruiter(*, team: Team, **changes: Any) -> Account:
    return make_account(*RECRUITER, team=team, **changes)


def make_vacancy_service(team: Team) -> Service:
    """As far as approvals and the advertisement; the whole of it is tried with the pack."""
    return make_service(
        make_step("need", owner="hiring_manager", outcomes=("fill", "hold", "delete_post")),
        make_step("fin", "need", owner="finance", outcomes=("approved", "rejected")),
        make_step("head", "fin", owner="head_of_service", outcomes=("approved", "rejected", "returned")),
        make_step("welsh", "need", owner="hiring_manager"),
        make_step("advert", "head", "welsh", owner="recruitment", outcomes=("live",)),
        team=team, key=vacancies.PROCESS, clocks=(), group="recruitment",
        outcomes=(OutcomeDefinition("appointed", "Appointed"), OutcomeDefinition("cancelled", "Cancelled")),
    )  # fmt: skip


def make_route(*, team: Team, **changes: Any) -> Route:
    """A way in: the plan is the campaign’s; people apply, are looked at, met, and checked side by side."""
    number = next(_numbers)
    service = changes.pop("service", None) or make_service(
        make_step("plan", owner="recruitment"),
        make_step("apply", "plan", owner="applicant", waiting="person"),
        make_step(
            "sift",
            "apply",
            owner="recruitment",
            outcomes=("met", "not_met"),
            plain="We read your application",
            plain_cy="Rydym yn darllen eich cais",
        ),
        make_step("board", "sift", owner="panel", target=10),
        make_step("vet", "board", owner="vetting", waiting="third", target=30),
        make_step("medical", "board", owner="oh", waiting="person"),
        make_step("purge", "vet", owner="system", target=6, unit="mo"),
        team=team,
        clocks=(),
        outcomes=ENDS,
        group="recruitment",
    )
    given = {
        "key": f"R{number}",
        "name": f"Route {number}",
        "name_cy": f"Llwybr {number}",
        "entry_step": "apply",
    }
    return Route.objects.create(service=service, **given | changes)


def make_profile(**changes: Any) -> RoleProfile:
    """With one essential and one desirable criterion that are answered in writing, and one that is tested."""
    number = next(_numbers)
    given = {"name": f"Constable {number}", "name_cy": f"Cwnstabl {number}", "added_at": AT}
    made = RoleProfile.objects.create(**given | changes)
    written, tested = [Criterion.APPLICATION], [Criterion.TEST]
    for place, (key, necessity, ways) in enumerate(
        (("calm", Criterion.ESSENTIAL, written), ("welsh", Criterion.DESIRABLE, written),
         ("fit", Criterion.ESSENTIAL, tested)), start=1,
    ):  # fmt: skip
        Criterion.objects.create(
            profile=made, key=key, name=f"You are {key}", name_cy=f"Rydych yn {key}", necessity=necessity,
            assessed_by=ways, place=place,
        )  # fmt: skip
    return made


def make_rule(**changes: Any) -> EligibilityRule:
    number = next(_numbers)
    given: dict[str, Any] = {
        "key": f"rule-{number}", "kind": EligibilityRule.YES, "asks": "Do you have a licence?",
        "asks_cy": "A oes gennych drwydded?", "told": "The job cannot be done without a licence.",
        "told_cy": "Ni ellir gwneud y swydd heb drwydded.", "from_on": dt.date(2026, 1, 1), "source": "Ours",
    }  # fmt: skip
    return EligibilityRule.objects.create(**given | changes)


def content_of_vacancy(**changes: Any) -> vacancies.VacancyContent:
    given: dict[str, Any] = {
        "title": "Constable",
        "title_cy": "Cwnstabl",
        "grade": "PC",
        "hours": Decimal(40),
        "cost_code": "X100",
        "welsh": Vacancy.DESIRABLE,
        "welsh_because": "The public is met in both languages",
        "because": "Somebody retires",
        "places": 2,
    }
    if "profile" not in changes:
        given["profile"] = make_profile()
    return vacancies.VacancyContent(**given | changes)


def make_vacancy(*, by: Account | None = None, **changes: Any) -> Vacancy:
    return vacancies.ask_for_vacancy(content_of_vacancy(**changes), by=by, at=AT)


def approve(vacancy: Vacancy) -> Vacancy:
    """Finance and the head of service say yes."""
    for key in ("fin", "head"):
        finish(vacancy.case, key, "approved")
    return vacancy


def finish(case: Case, key: str, outcome: str = "", at: dt.datetime = AT) -> Step:
    step = case.steps.select_related("case__version").get(key=key)
    return complete_step(step, by=None, at=at, outcome=outcome)


def make_campaign(*, team: Team | None = None, published: bool = True, **changes: Any) -> Campaign:
    """Open for the next three weeks, by one route, for one approved vacancy."""
    team = team or make_team()
    if not Service.objects.filter(key=vacancies.PROCESS).exists():
        make_vacancy_service(team)
    profile = changes.pop("profile", None) or make_profile()
    routes = changes.pop("routes", None) or [make_route(team=team)]
    given: dict[str, Any] = {
        "name": "Constables 2027",
        "name_cy": "Cwnstabliaid 2027",
        "about": "Join us.",
        "about_cy": "Ymunwch.",
        "opens_on": TODAY,
        "closes_on": TODAY + dt.timedelta(days=21),
        "profile": profile,
        "starts_on": TODAY + dt.timedelta(days=180),
    }
    if "vacancies" not in changes:
        given["vacancies"] = [approve(make_vacancy(profile=profile, team=team))]
    cohorts = [campaigns.Cohort(route, 10, given["starts_on"]) for route in routes]
    made = campaigns.draw_up_campaign(
        campaigns.CampaignContent(**given | changes), team=team, cohorts=cohorts, by=None, at=AT
    )
    return campaigns.publish_campaign(made, by=None, at=AT) if published else made


def make_draft(campaign: Campaign | None = None, *, at: dt.datetime = AT, **changes: Any) -> Draft:
    """Everything is answered; it waits to be sent."""
    campaign = campaign or make_campaign()
    route = changes.pop("route", None) or Route.objects.filter(places__campaign=campaign)[0]
    draft = drafts.begin_draft(campaign, route, account=None, language="en", at=at)
    number = next(_numbers)
    answers: dict[str, dict[str, Any]] = {
        drafts.RULES: changes.pop("facts", {}), "criterion-calm": {"text": "I waited, and then I spoke."},
        "criterion-welsh": {"text": ""}, drafts.EQUALITY: {"age": "25-34"},
        drafts.SUPPORT: {"guaranteed_interview": False, "adjustments": ""},
        drafts.NAME: {"name": "Ysolde Bello", "email": f"ysolde{number}@post.example", "phone": ""} | changes,
    }  # fmt: skip
    for page, found in answers.items():
        draft = drafts.answer_page(draft, page=page, found=found, at=at)
    return draft


def make_application(
    campaign: Campaign | None = None, *, at: dt.datetime = AT, **changes: Any
) -> Application:
    draft = changes.pop("draft", None) or make_draft(campaign, at=at, **changes)
    return sending.send_application(draft, at=at)
