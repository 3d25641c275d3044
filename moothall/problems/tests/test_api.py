"""Problems for programs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.tests.make import make_case, make_manager, make_service, make_worker
from moothall.core.clock import now
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_team
from moothall.problems.models import Problem, ProblemCase

from .make import ASKS, make_asks, make_keeper, make_one

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def keeper(team: Team) -> Account:
    return make_keeper(team=team)


@pytest.fixture
def program(keeper: Account) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


@pytest.fixture
def cases(team: Team) -> list[Case]:
    return make_asks(make_service(team=team), ASKS)


def test_a_problem_is_begun_with_its_cases_changed_and_closed(
    team: Team, keeper: Account, program: Client, cases: list[Case]
) -> None:
    given = {"title": "The booking page expires", "team": team.key, "cases": [cases[0].reference.lower()]}
    made = program.post("/api/problems/", given, content_type=JSON)
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    assert [each["reference"] for each in made.json()["linked"]] == [cases[0].reference]
    assert made.json()["owner"] == keeper.email
    more = {"cases": [case.reference for case in cases]}
    assert program.post(f"/api/problems/{number}/cases", more, content_type=JSON).json()["cases"] == len(
        cases
    )
    fixed = program.post(
        f"/api/problems/{number}/change", {"state": "FIXED", "workaround": "Press twice."}, content_type=JSON
    ).json()
    assert (fixed["state"], fixed["workaround"], fixed["fixed_at"] is None) == (
        "FIXED",
        "Press twice.",
        False,
    )
    gone = program.post(
        f"/api/problems/{number}/cases/removal", {"cases": [cases[0].reference]}, content_type=JSON
    )
    assert gone.json()["cases"] == len(cases) - 1
    program.post(f"/api/problems/{number}/change", {"state": "CLOSED"}, content_type=JSON)
    over = program.post(f"/api/problems/{number}/cases", more, content_type=JSON)
    assert (over.status_code, over.json()["sentence"]) == (409, "This problem is closed.")
    assert not Problem.objects.unsettled().exists()


def test_cases_one_does_not_see_are_neither_counted_nor_named_nor_linked(
    team: Team, keeper: Account, program: Client, cases: list[Case]
) -> None:
    hidden = make_case()
    problem = make_one(team, keeper, cases=[cases[0], hidden])
    read = program.get(f"/api/problems/{problem.pk}").json()
    assert (read["cases"], [each["reference"] for each in read["linked"]]) == (1, [cases[0].reference])
    (line,) = program.get("/api/problems/").json()
    assert line["cases"] == 1
    refused = program.post(
        f"/api/problems/{problem.pk}/cases",
        {"cases": [hidden.reference, cases[1].reference]},
        content_type=JSON,
    )
    assert (refused.status_code, refused.json()["fields"][0]["at"]) == (422, "body.cases")
    assert not ProblemCase.objects.filter(case=cases[1]).exists()


def test_a_sealed_case_is_linked_only_once_it_was_said_why_it_is_read(
    team: Team, keeper: Account, program: Client, cases: list[Case]
) -> None:
    problem = make_one(team, keeper)
    by = make_manager(team=team)
    set_confidentiality(cases[0], level=Case.SEALED, named=[keeper], because="Delicate", by=by, at=now())
    refused = program.post(
        f"/api/problems/{problem.pk}/cases", {"cases": [cases[0].reference]}, content_type=JSON
    )
    assert refused.status_code == 403


def test_a_problem_of_another_team_is_not_there(program: Client) -> None:
    other = make_team()
    theirs = make_one(other, make_keeper(team=other))
    assert program.get(f"/api/problems/{theirs.pk}").status_code == 404
    assert (
        program.post(f"/api/problems/{theirs.pk}/change", {"state": "CLOSED"}, content_type=JSON).status_code
        == 404
    )
    for key in (other.key, "no-such"):
        made = program.post("/api/problems/", {"title": "Theirs", "team": key}, content_type=JSON)
        assert (made.status_code, made.json()["fields"][0]["at"]) == (422, "body.team")


def test_whoever_only_works_on_cases_reads_problems_and_changes_none(team: Team, keeper: Account) -> None:
    problem = make_one(team, keeper)
    client = Client()
    client.force_login(make_worker(team=team))
    assert client.get(f"/api/problems/{problem.pk}").status_code == 200
    assert (
        client.post(f"/api/problems/{problem.pk}/change", {"state": "CLOSED"}, content_type=JSON).status_code
        == 403
    )


def test_the_owner_is_somebody_one_works_with(team: Team, keeper: Account, program: Client) -> None:
    problem = make_one(team, keeper)
    colleague = make_worker(team=team)
    address = f"/api/problems/{problem.pk}/change"
    assert program.post(address, {"owner": colleague.email.upper()}, content_type=JSON).json()["owner"] == (
        colleague.email
    )
    wrong = program.post(address, {"owner": "nobody@borth.example"}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["fields"][0]["at"]) == (422, "body.owner")


def test_problems_are_narrowed_and_paged_and_more_of_them_cost_no_more_queries(
    team: Team, keeper: Account, program: Client
) -> None:
    make_one(team, keeper, title="Doors stick")
    program.get("/api/problems/")
    with CaptureQueriesContext(connection) as few:
        program.get("/api/problems/")
    made = [make_one(team, keeper, title=f"Booking {number}") for number in range(8)]
    with CaptureQueriesContext(connection) as many:
        assert len(program.get("/api/problems/").json()) == 9
    assert len(many) == len(few)
    first = program.get("/api/problems/", {"q": "booking", "limit": "5"}).json()
    rest = program.get("/api/problems/", {"q": "booking", "before": str(first[-1]["id"])}).json()
    assert [each["id"] for each in [*first, *rest]] == [each.pk for each in reversed(made)]
    assert program.get("/api/problems/", {"state": "CLOSED"}).json() == []
    assert len(program.get("/api/problems/", {"state": "UNSETTLED"}).json()) == 9
