"""Every process of recruitment, student officers and promotion comes to each of its outcomes by the pages,
pressed by those who own its steps. What can come of a process is read from the pack: an outcome that is new
there has no way here, and fails. With `-s` the table of what was reached by how many pages is printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from moothall.cases.models import Case, CaseClock, Service, Step
from moothall.cases.rules.definition import SYSTEM, definition_of
from moothall.core.clock import now, today
from moothall.core.packs import load_pack
from moothall.credentials.tests.make import make_credential
from moothall.letters.models import Letter
from moothall.people.models import Team
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import page, signed_in_as
from moothall.promotion.models import Rank
from moothall.promotion.rules.looking_after import empty_the_pool
from moothall.promotion.tests.make import make_board, make_constable
from moothall.recruitment.models import Application, CheckKind, EligibilityRule, RoleProfile, Route, Vacancy
from moothall.recruitment.rules.links import signed_application
from moothall.recruitment.rules.updating import A_WHILE, TURNED_DOWN, tell_turned_down
from moothall.recruitment.tests.make import approve, make_campaign, make_vacancy
from moothall.workforce.tests.make import make_manager, make_post, make_unit

GROUPS = {"recruitment", "student", "promotion"}
WRITTEN = settings.PACKS / "people-services" / "services" / "processes.yaml"
WORKS = ("cases.view", "cases.work", "cases.close", "people.view", "people.edit", "enquiries.log")
MOST = 150
"""Pages pressed in one process, at most."""


def outcomes_of_the_pack() -> list[tuple[str, str]]:
    found = yaml.safe_load(WRITTEN.read_text())["processes"]
    return [(each["key"], end) for each in found if each["group"] in GROUPS for end in each["final_outcomes"]]


@dataclass(frozen=True)
class Way:
    """How somebody comes to an outcome: steps end well unless something is wished for; `until` is the step
    after which they stop. It ends by what a step came to (`step`), at the desk, or by whoever applied."""

    begins: str
    wished: Mapping[str, str] = field(default_factory=dict)
    until: str = ""
    ends: str = "desk"
    answers: Mapping[str, Any] = field(default_factory=dict)


def applied(route: str, *, until: str = "", ends: str = "", **wished: str) -> Way:
    return Way(f"route {route}", wished, until, ends or ("step" if wished else "desk"))


def logged(
    *, until: str = "", ends: str = "", answers: Mapping[str, Any] | None = None, **wished: str
) -> Way:
    return Way("logged", wished, until, ends or ("step" if wished else "desk"), answers or {})


WAYS: dict[tuple[str, str], Way] = {
    ("council_vacancy", "appointed"): applied("STAFF"),
    ("council_vacancy", "no_appointment"): applied("STAFF", iv="not_appointable"),
    ("council_vacancy", "readvertise"): Way(
        "vacancy", {"redep": "none", "open": "no_applicants"}, ends="step"
    ),
    ("council_vacancy", "cancelled"): Way("vacancy", {"fin": "rejected"}, ends="step"),
    ("police_constable", "joined"): applied("PCDA"),
    ("police_constable", "rejected"): applied("PCDA", elig="query", iv="fail"),
    ("police_constable", "withdrew"): applied("DHEP", until="elig", ends="applicant"),
    ("police_constable", "deferred"): applied("PCEP", until="place", ends="desk", place="deferred"),
    ("police_constable", "in_pool"): applied("PCDA", until="pool", ends="desk", fit="fail_retest"),
    ("pcso", "confirmed"): applied("PCSO", ends="desk", train="back_coursed", prob="extended"),
    ("pcso", "rejected"): applied("PCSO", assess="fail"),
    ("pcso", "withdrew"): applied("PCSO", until="iv", ends="applicant"),
    ("pcso", "left_in_training"): applied("PCSO", train="failed"),
    ("special_constable", "independent"): applied("SPECIAL"),
    ("special_constable", "rejected"): applied("SPECIAL", elig="ineligible"),
    ("special_constable", "withdrew"): applied("SPECIAL", iplan="withdrew"),
    ("police_staff", "appointed"): logged(),
    ("police_staff", "rejected"): logged(until="vet"),
    ("police_staff", "withdrew"): logged(until="run"),
    ("apprentice", "completed_kept"): applied("APPRENTICE", ends="desk", assess="fail_resit"),
    ("apprentice", "completed_left"): applied("APPRENTICE"),
    ("apprentice", "rejected"): applied("APPRENTICE", short="fail"),
    ("apprentice", "withdrew"): applied("APPRENTICE", review="withdrawn"),
    ("transferee", "joined"): applied("TRANSFEREE"),
    ("transferee", "rejected"): applied("TRANSFEREE", iv="fail"),
    ("transferee", "withdrew"): applied("TRANSFEREE", until="iv", ends="applicant"),
    ("member_staff", "appointed"): logged(),
    ("member_staff", "no_appointment"): logged(until="iv"),
    ("volunteer_intern", "active"): applied("VOLUNTEER"),
    ("volunteer_intern", "ended"): applied("VOLUNTEER"),
    ("volunteer_intern", "not_placed"): logged(role="worker_pay_due"),
    ("student_officer", "confirmed"): logged(ends="desk", class1="back_coursed", fip="extend_tutor"),
    ("student_officer", "extended"): logged(
        answers={"lost_time": True}, until="reg12", reg12="extended", ends="desk"
    ),
    ("student_officer", "discharged"): logged(
        answers={"not_likely_to_become_efficient": True}, fip="reg13_referral", reg13="discharged"
    ),
    ("student_officer", "resigned"): logged(class1="resigned"),
    ("student_officer", "transferred"): logged(until="tutor"),
    ("promotion_board", "promoted"): Way("board"),
    ("promotion_board", "pool_expired"): Way("board", until="result"),
    ("promotion_board", "unsuccessful"): Way("board", {"elig": "ineligible"}, ends="step"),
    ("promotion_board", "withdrew"): Way("board", until="elig", ends="applicant"),
    ("exam_registration", "pass"): logged(ends="desk", sit="extenuating"),
    ("exam_registration", "fail"): logged(result="fail"),
    ("exam_registration", "withdrew"): logged(elig="ineligible"),
}


class Office:
    """Somebody of each team who is signed in, and what was pressed."""

    def __init__(self) -> None:
        self.teams = {each.pk: each for each in Team.objects.all()}
        self.key_of = {each.key: each.pk for each in self.teams.values()}
        self.staff = {pk: signed_in_as(make_account(*WORKS, team=team)) for pk, team in self.teams.items()}
        self.records = signed_in_as(make_account("cases.view", "workforce.view", "workforce.edit"))
        kinds = CheckKind.objects.in_use()
        self.departments = {each.service for each in kinds.of_departments()}
        self.own_checks = {step for each in kinds if not each.is_set for step in each.steps}
        self.profile = RoleProfile.objects.get(name="Police constable")
        self.recruitment = Team.objects.get(key="recruitment")
        self.vacancy = approve(make_vacancy(profile=self.profile, team=self.recruitment))
        self.looked_at: set[tuple[str, str]] = set()
        self.reached: dict[tuple[str, str], int] = {}
        self.numbers, self.pressed = count(1), 0

    def of(self, team: int | None) -> Client:
        assert team is not None
        return self.staff[team]

    def press(self, client: Client, address: str, typed: Mapping[str, Any] | None = None) -> str:
        """The page is sent off, and leads on."""
        self.pressed += 1
        answer = client.post(address, typed or {})
        assert answer.status_code == 302, (
            address,
            typed,
            answer.status_code,
            answer.content.decode()[-3000:],
        )
        return str(answer.headers["Location"])

    def look(self, client: Client, shown_on: str, address: str) -> None:
        """The page on which it stands offers it."""
        found = client.get(shown_on)
        assert address in found.content.decode(), (shown_on, address)
        page(found)
        page(client.get(address))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """The office is loaded once for this file; each test rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack("people-services", at=now())
        made = Office()
        yield made
        transaction.set_rollback(True)
    print(table(made.reached))


@pytest.fixture
def office(loaded: Office, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    with django_db_blocker.unblock(), transaction.atomic():
        loaded.pressed = 0
        yield loaded
        transaction.set_rollback(True)


def table(reached: Mapping[tuple[str, str], int]) -> str:
    lines = [f"\n{'process':20}{'outcome':18}{'pages':>6}"]
    return "\n".join([*lines, *(f"{one:20}{end:18}{many:6}" for (one, end), many in reached.items())])


def typed_on(name: str, route: Route, number: int) -> dict[str, str]:
    """What somebody types who may apply."""
    if name == "who-can-apply":
        ways = {EligibilityRule.YES: "yes", EligibilityRule.NO: "no", EligibilityRule.AT_LEAST: "9"}
        rules = EligibilityRule.objects.in_force(today(), route=route)
        born = {"born_on-day": "2", "born_on-month": "5", "born_on-year": "1996"}
        return born | {each.key: ways[each.kind] for each in rules if each.kind in ways}
    if name == "your-name":
        return {"name": f"Ysolde Bello {number}", "email": f"ysolde{number}@post.example"}
    return {"text": "I waited, and then I spoke."} if name.startswith("criterion-") else {}


def send_form(office: Office, client: Client, address: str, route: Route) -> Application:
    """One thing a page, then off."""
    while "/pages/" in address:
        name = address.rstrip("/").rsplit("/", 1)[-1]
        address = office.press(client, address, typed_on(name, route, next(office.numbers)))
    office.press(client, address)
    return Application.objects.order_by("-pk")[0]


def by_route(office: Office, key: str) -> Case:
    route = Route.objects.get(key=key)
    campaign = make_campaign(
        team=office.recruitment, routes=[route], profile=office.profile, vacancies=[office.vacancy],
        opens_on=today(), closes_on=today().replace(year=today().year + 1),
    )  # fmt: skip
    client = Client(REMOTE_ADDR=f"198.51.100.{next(office.numbers) % 250}")
    address = office.press(client, reverse("job", args=[campaign.pk]), {"route": key})
    return send_form(office, client, address, route).case


def by_vacancy(office: Office) -> Case:
    typed = {
        "title": "Clerk", "profile": office.profile.pk, "places": "1", "grade": "D", "hours": "37",
        "cost_code": "X1", "welsh": "DESIRABLE", "welsh_because": "The public", "because": "Needed",
        "is_new": "yes",
    }  # fmt: skip
    office.press(office.of(office.key_of["people-services"]), reverse("ask_for_vacancy"), typed)
    return Vacancy.objects.order_by("-pk")[0].case


def by_logging(office: Office, process: str) -> Case:
    service = Service.objects.get(key=process)
    typed = {
        "channel": "PHONE", "subject": service.name, "result": "CASE", "service": service.pk,
        "new_name": "Emrys Khan", "call_owner": "team",
    }  # fmt: skip
    office.press(office.of(office.key_of["service-desk"]), reverse("log_contact"), typed)
    return Case.objects.filter(service=service).order_by("-pk")[0]


def begin(office: Office, process: str, way: Way) -> Case:
    kind, _space, route = way.begins.partition(" ")
    if kind == "route":
        return by_route(office, route)
    return by_vacancy(office) if kind == "vacancy" else by_logging(office, process)


def next_step(case: Case) -> Step | None:
    """The first that somebody has to do, of the case or of a case that serves it."""
    definition = definition_of(case.version)
    for step in case.steps.filter(state=Step.READY).order_by("position", "occurrence"):
        sub = Case.objects.unfinished().filter(parent_step=step).first()
        found = next_step(sub) if sub is not None else step
        if found is not None and definition.step(step.key).owner != SYSTEM:
            return found
    return None


def where(office: Office, case: Case, step: Step) -> tuple[str, str]:
    """The page of whoever owns the step, and the one that shows it to them."""
    own = Application.objects.filter(case=case).first()
    here = step.case
    if here.service.key in office.departments:
        return reverse("check_step", args=[here.reference, step.pk]), reverse("check", args=[here.reference])
    ours = step.team_id in (None, office.recruitment.pk)
    near = here.pk == case.pk or (here.parent_step is not None and here.parent_step.case_id == case.pk)
    if own is not None and near and ours and step.key in office.own_checks:
        return reverse("application_check", args=[own.pk, step.pk]), reverse("application", args=[own.pk])
    return reverse("complete_step", args=[here.reference, step.pk]), reverse(
        "case_page", args=[here.reference]
    )


def do(office: Office, case: Case, step: Step, way: Way) -> None:
    declared = definition_of(step.case.version).step(step.key)
    client = office.of(step.team_id or step.case.team_id)
    address, shown_on = where(office, case, step)
    if (step.case.service.key, step.key) not in office.looked_at:
        office.look(client, shown_on, address)
        office.looked_at.add((step.case.service.key, step.key))
    wish = way.wished.get(step.key, "") if step.case_id == case.pk and step.occurrence == 1 else ""
    outcome = {"outcome": wish or declared.outcomes[0]} if declared.outcomes else {}
    office.press(client, address, outcome | {"note": ""})
    step.refresh_from_db()
    assert step.state == Step.DONE, step.key


def walk(office: Office, case: Case, way: Way) -> list[str]:
    """Until it is over, until nothing is left for a person to do, or as far as was wished."""
    done: list[str] = []
    for _press in range(MOST):
        case.refresh_from_db()
        step = None if case.is_closed else next_step(case)
        if step is None:
            return done
        do(office, case, step, way)
        done += [step.key] if step.case_id == case.pk else []
        if way.until and case.steps.filter(key=way.until, state=Step.DONE).exists():
            return done if way.until in done else [*done, way.until]
    pytest.fail(f"It does not come to an end: {done}")


def through_the_board(office: Office, way: Way) -> Case:
    """A constable applies, is looked at, recommended, marked and seen, and waits in the pool."""
    rank = Rank.objects.get(key="sergeant")
    assert rank.route is not None
    assert rank.exam is not None
    team = Team.objects.get(key="people-services")
    board = make_board(team, rank=rank, at=now(), profile=office.profile, vacancies=[office.vacancy])
    manager, above = make_manager()
    account, employment = make_constable(manager=above)
    make_credential(employment.person, kind=rank.exam, expires_on=today().replace(year=today().year + 3))
    own, desk = signed_in_as(account), office.of(team.pk)
    address = office.press(own, reverse("apply_to_board", args=[board.pk]))
    made = send_form(office, own, address, rank.route)
    if way.until == "elig":
        return made.case
    eligible = way.wished.get("elig") != "ineligible"
    said = {"eligible": "yes" if eligible else "no", "because": "" if eligible else "The pass has run out."}
    office.press(desk, reverse("check_candidate", args=[made.pk]), said)
    if not eligible:
        return made.case
    support = {"supported": "yes", "words": "They are ready."}
    office.press(signed_in_as(manager), reverse("support_candidate", args=[made.pk]), support)
    for key in ("psd", "sift", "board"):
        step = made.case.steps.get(key=key)
        assert step.state == Step.READY
        do(office, made.case, step, way)
    office.press(desk, reverse("give_results", args=[board.pk]))
    if not way.until:
        be_posted(office, made)
    return made.case


def be_posted(office: Office, application: Application) -> None:
    place = application.pool_place
    typed = {
        "post-key": make_post(title="Police Sergeant").pk, "unit-key": make_unit().pk,
        "from_on": f"{today():%d/%m/%Y}", "because": "Somebody retires",
    }  # fmt: skip
    address = office.press(office.records, reverse("post_from_pool", args=[place.pk]), typed)
    number = int(address.rstrip("/").rsplit("/", 1)[-1])
    office.press(office.records, reverse("confirm_promotion", args=[number]))


def finish(office: Office, case: Case, way: Way, outcome: str) -> None:
    """As it ends where no step has ended it."""
    desk = office.of(case.team_id)
    if way.ends == "applicant":
        made = Application.objects.get(case=case)
        office.press(Client(), reverse("withdraw_mine", args=[signed_application(made)]), {"because": ""})
        return
    address = reverse("close", args=[case.reference])
    if (case.service.key, "") not in office.looked_at:
        office.look(desk, reverse("case_page", args=[case.reference]), address)
        office.looked_at.add((case.service.key, ""))
    office.press(desk, address, {"outcome": outcome, "edition": case.edition, "reason": ""})


@pytest.mark.parametrize(("process", "outcome"), outcomes_of_the_pack())
def test_every_process_comes_to_every_outcome_by_the_pages(
    office: Office, process: str, outcome: str
) -> None:
    way = WAYS[process, outcome]
    if way.begins == "board":
        case = through_the_board(office, way)
    else:
        case = begin(office, process, way)
        Case.objects.filter(pk=case.pk).update(answers=dict(case.answers) | dict(way.answers))
        done = walk(office, case, way)
        assert not way.until or done[-1] == way.until
    case.refresh_from_db()
    if outcome == "pool_expired":  # by the clock, not by a person
        assert not case.is_closed
        empty_the_pool(at=now().replace(year=now().year + 2))
    elif way.begins != "board" or way.ends == "applicant":
        assert case.is_closed == (way.ends == "step"), case.outcome
        if not case.is_closed:
            finish(office, case, way, outcome)
    case.refresh_from_db()
    assert (case.service.key, case.is_closed, case.outcome) == (process, True, outcome)
    nothing_is_left_open(case)
    the_applicant_has_heard(case)
    office.reached[process, outcome] = office.pressed


def nothing_is_left_open(case: Case) -> None:
    assert not case.steps.exclude(state__in=[Step.DONE, Step.SKIPPED]).exists()
    assert not Case.objects.unfinished().filter(parent_step__case=case).exists()
    assert not CaseClock.objects.filter(case=case, met_at=None, stopped_at=None).exists()


def the_applicant_has_heard(case: Case) -> None:
    """That it was sent; and that it goes no further, once, whoever ended it."""
    made = Application.objects.filter(case=case).first()
    if made is None:
        return
    letters = Letter.objects.filter(person=made.applicant.person)
    assert letters.exists()
    if case.outcome in TURNED_DOWN and not made.is_withdrawn:
        for _night in range(2):
            tell_turned_down(at=now() + A_WHILE * 2)
        ended = case.closed_at
        assert ended is not None
        assert letters.filter(written_at__gte=ended).count() == 1


def test_no_way_leads_to_an_outcome_that_there_is_not() -> None:
    assert set(WAYS) == set(outcomes_of_the_pack())
