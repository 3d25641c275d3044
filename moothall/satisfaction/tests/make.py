"""Rows for tests of satisfaction and complaints."""

import datetime as dt
from typing import Any

from moothall.cases.models import Case, Service
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import ClockDefinition, OutcomeDefinition
from moothall.cases.tests.make import AT, OUTCOMES, make_case, make_service
from moothall.people.models import Team
from moothall.people.tests.make import make_person, make_team
from moothall.satisfaction.models import Survey, SurveyHabit
from moothall.satisfaction.rules.surveying import send_survey

FINDINGS = (
    *OUTCOMES,
    OutcomeDefinition("upheld", "Upheld"),
    OutcomeDefinition("part_upheld", "Upheld in part"),
    OutcomeDefinition("not_upheld", "Not upheld"),
    OutcomeDefinition("escalated", "Taken to the second stage"),
)


def make_habit(**changes: Any) -> SurveyHabit:
    return SurveyHabit.objects.create(**{"after_hours": 24, "once_in_days": 90, "open_days": 21} | changes)


def make_closed(**changes: Any) -> Case:
    """A case of somebody with an address, closed as answered."""
    outcome = changes.pop("outcome", "answered")
    changes.setdefault("requester", make_person(emails=["ffion@borth.example"]))
    case = make_case(**changes)
    close_case(case, by=None, at=AT, outcome=outcome)
    return case


def make_survey(**changes: Any) -> Survey:
    """A survey that has been sent."""
    if not SurveyHabit.objects.exists():
        make_habit()
    survey = Survey.objects.get(case=make_closed(**changes))
    assert send_survey(survey_id=survey.pk, at=AT + dt.timedelta(hours=24))
    survey.refresh_from_db()
    return survey


def make_complaints(team: Team | None = None) -> Service:
    """The two services of a complaint; the first is given back."""
    owner = team or make_team(email="learning@borth.example")
    answer = {1: "WA-C1", 2: "WA-C2"}
    for stage, key in ((2, "complaint-again"), (1, "complaint-first")):
        clocks = (
            ClockDefinition("acknowledge", "Acknowledge", rule="WA-ACK", met_on="acknowledged"),
            ClockDefinition("answer", "Answer", rule=answer[stage], met_on="answered"),
        )
        service = make_service(
            team=owner, key=key, clocks=clocks, outcomes=FINDINGS, complaint_stage=stage,
            next_stage="complaint-again" if stage == 1 else None,
        )  # fmt: skip
    return service
