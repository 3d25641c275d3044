"""Rows of problems for the table, and what is sent to their pages."""

from typing import Any

from moothall.cases.models import Case
from moothall.cases.tests.make import make_case
from moothall.core.clock import now
from moothall.people.tests.make import make_person
from moothall.problems.models import Candidate, CandidateCase, Problem
from moothall.problems.rules.settling import make_problem

Parts = dict[str, Any]
ON_CANDIDATES = {"make_of_candidate", "refuse_candidate"}
NOWHERE = 999_999_999


def of_problem(office: Any, route: str, relation: str, _seat: str) -> Parts:
    if route in ON_CANDIDATES:
        return {"id": office.rows[f"candidate {relation}"].pk}
    return {"number": office.rows[f"problem {relation}"].pk}


def no_problem(route: str) -> Parts:
    return {"id" if route in ON_CANDIDATES else "number": NOWHERE}


def sent(office: Any, route: str, relation: str = "own") -> Parts:
    cases = office.rows.get(f"problem cases {relation}", [])
    made: dict[str, Parts] = {
        "new_problem": {"title": "Doors stick", "team": office.home.pk},
        "make_of_candidate": {"title": "Doors stick", "team": office.home.pk},
        "edit_problem": {"title": "Doors stick fast", "state": "KNOWN", "owner": office.account("C").pk},
        "escalate_problem": {"to": "The landlord", "because": "They hold the key."},
        "link_alike": {"ids": [cases[-1].pk]} if cases else {},
        "unlink_cases": {"ids": [cases[0].pk]} if cases else {},
        "link_many_to_problem": {
            "ids": [office.cases["own"].case.pk], "problem": office.rows["problem own"].pk, "back": "/cases/",
        },
        "tell_everybody": {
            "subject": "The door", "subject_cy": "Y drws", "body": "It opens.", "body_cy": "Mae'n agor.",
        },
    }  # fmt: skip
    return made.get(route, {})


def sent_by_a_program(office: Any, route: str, relation: str) -> Parts:
    cases = office.rows.get(f"problem cases {relation}", [])
    made: dict[str, Parts] = {
        "api_problems": {"title": "Doors stick", "team": office.home.key},
        "api_problem_change": {"state": "KNOWN", "cause": "The frame has swollen."},
        "api_problem_cases": {"cases": [case.reference for case in cases[-1:]] or ["TST-26-99999"]},
        "api_problem_removal": {"cases": [case.reference for case in cases[:1]] or ["TST-26-99999"]},
    }
    return made[route]


def make_rows(office: Any) -> None:
    for relation, team in (("own", office.home), ("other", office.away)):
        service = office.rows["service" if relation == "own" else "away_service"]
        by, at = office.cases[relation].colleague, now()
        person = make_person(
            full_name=f"Ottoline {relation}", emails=[f"o.{relation}@example.org"], by=by, at=at
        )
        cases = [
            make_case(service=service, title=f"Quillonknot door {n}", at=at, received_at=at, requester=person)
            for n in range(6)
        ]
        office.rows[f"problem cases {relation}"] = cases
        problem: Problem = make_problem(title="Quillonknot", team=team, cases=cases[:1], by=by, at=at)
        office.rows[f"problem {relation}"] = problem
        office.rows[f"candidate {relation}"] = _candidate(cases[1:5])


def _candidate(cases: list[Case]) -> Candidate:
    found = Candidate.objects.create(desk="test-desk", words=["quillonknot"], found_at=now())
    CandidateCase.objects.bulk_create(
        CandidateCase(candidate=found, case=case, words=["quillonknot"]) for case in cases
    )
    return found


KEYS = {"problem": of_problem, "api problem": of_problem}
NOTHING = {"problem": no_problem, "api problem": no_problem}
