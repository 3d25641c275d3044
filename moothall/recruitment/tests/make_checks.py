"""Rows for tests of checks: kinds, a route on which vetting and the medical are done by departments, and
somebody who has got as far as being checked."""

from typing import Any

from moothall.cases.models import Case, Service
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.tests.make import make_service, make_step
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_team
from moothall.recruitment.models import Application, CheckKind, Route

from .make import finish, make_application, make_campaign, make_route

OFFICER = ("cases.view", "cases.work", "cases.close")
SECRET, ILLNESS = "Cousin convicted at Llys Arian", "Narcolepsy since childhood"
ENDS = (OutcomeDefinition("appointed", "Appointed"), OutcomeDefinition("withdrew", "Withdrew"))


def make_kind(key: str, **changes: Any) -> CheckKind:
    given: dict[str, Any] = {"name": key.title(), "name_cy": f"{key.title()} (cy)"}
    return CheckKind.objects.update_or_create(key=key, defaults=given | changes)[0]


def make_kinds() -> None:
    make_kind(
        "vetting", steps=["vet"], service="vetting", dated_at="aftercare", is_private=True,
        clears=["cleared", "granted"], becomes={"granted": ["cleared"], "upheld": ["cleared"]},
    )  # fmt: skip
    make_kind(
        "medical", steps=["med"], service="oh_clearance", dated_at="outcome", is_private=True, clears=["fit"]
    )
    make_kind("references", steps=["refs"], service="references_in", clears=["satisfactory"])
    make_kind("right-to-work", steps=["rtw"], dated_at="rtw", clears=["unlimited", "time_limited"])


def make_department(key: str) -> Team:
    return make_team(key=key, name=key.title(), name_cy=key.title(), email=f"{key}@council.example")


def make_officer(team: Team, **changes: Any) -> Account:
    return make_account(*OFFICER, team=team, **changes)


def make_check_services(*, team: Team, vetting: Team, health: Team) -> None:
    """The cases on which checks are done, shorter than in the pack: that is tried whole elsewhere."""
    make_service(
        make_step("form", owner="person", waiting="person"),
        make_step("look", "form", owner="vetting", waiting="us"),
        make_step("decide", "look", owner="vetting", outcomes=("granted", "refused")),
        make_step("aftercare", "decide", owner="vetting"),
        team=vetting, key="vetting", clocks=(), is_sub=True, confidentiality=Case.RESTRICTED,
        owners={"vetting": vetting.key, "person": "person"},
    )  # fmt: skip
    make_service(
        make_step("triage", owner="oh"),
        make_step("outcome", "triage", owner="oh", outcomes=("fit", "unfit")),
        team=health, key="oh_clearance", clocks=(), is_sub=True, confidentiality=Case.RESTRICTED,
        owners={"oh": health.key},
    )  # fmt: skip
    make_service(
        make_step("ask"), make_step("c1", "ask", target=5, waiting="third"),
        make_step("c2", "c1", target=5, waiting="third"), make_step("alt", "c2", target=5, waiting="person"),
        make_step("assess", "alt", outcomes=("satisfactory", "unsatisfactory")),
        team=team, key="references_in", clocks=(), is_sub=True,
    )  # fmt: skip


def make_checked_route(*, team: Team, vetting: Team | None = None, health: Team | None = None) -> Route:
    """People apply, are offered a job, and are then checked side by side."""
    vetting, health = vetting or make_department("vet"), health or make_department("oh")
    make_kinds()
    if not Service.objects.filter(key="vetting").exists():
        make_check_services(team=team, vetting=vetting, health=health)
    service = make_service(
        make_step("apply", owner="applicant", waiting="person"),
        make_step("offer", "apply", owner="recruitment", outcomes=("accepted", "declined")),
        make_step(
            "vet", "offer", owner="vetting", waiting="third", target=30, sub="vetting",
            outcomes=("cleared", "refused"),
        ),
        make_step("med", "offer", owner="oh", waiting="third", sub="oh_clearance", outcomes=("fit", "unfit")),
        make_step("refs", "offer", owner="recruitment", waiting="third", sub="references_in"),
        make_step(
            "rtw", "offer", owner="recruitment", waiting="person", outcomes=("unlimited", "time_limited")
        ),
        make_step(
            "place", "vet", "med", "refs", "rtw", owner="recruitment", outcomes=("accepted", "declined")
        ),
        team=team, clocks=(), outcomes=ENDS, group="recruitment",
        owners={"vetting": vetting.key, "oh": health.key, "applicant": "person"},
    )  # fmt: skip
    return make_route(team=team, service=service)


def make_checked(*, team: Team | None = None, name: str = "Ysolde Bello", **changes: Any) -> Application:
    """Somebody whose checks have begun."""
    team = team or make_team()
    route, campaign = changes.pop("route", None), changes.pop("campaign", None)
    if campaign is None:
        routes = [route or make_checked_route(team=team)]
        campaign = make_campaign(team=team, routes=routes, **changes)
    made = make_application(campaign, name=name)
    finish(made.case, "offer", "accepted")
    return made


def sub_case(application: Application, key: str) -> Case:
    return Case.objects.select_related("service", "version", "team").get(
        parent_step__case=application.case_id, service__key=key
    )
