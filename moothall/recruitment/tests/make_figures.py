"""Rows for tests of figures: a ladder of three stages, rules of counting, applications that got some way."""

import datetime as dt
from decimal import Decimal
from typing import Any

from moothall.people.tests.make import AT
from moothall.recruitment.models import (
    Application,
    Campaign,
    FigureRule,
    FunnelStage,
    Monitoring,
    MonitoringQuestion,
    Route,
)
from moothall.recruitment.rules.monitoring import mark_of_application

from .make import finish, make_application

SINCE = dt.date(2026, 1, 1)


def make_ladder(service: str) -> list[FunnelStage]:
    """Sifted, met by the board, and vetted: the last is the start."""
    steps: dict[str, dict[str, list[str]]] = {
        "sifted": {"sift": ["met"]},
        "met": {"board": []},
        "joined": {"vet": []},
    }
    return [
        FunnelStage.objects.create(
            key=key, name=key.title(), name_cy=f"{key} cy", steps={service: found}, place=place
        )
        for place, (key, found) in enumerate(steps.items(), start=1)
    ]


def make_figure_rule(key: str, amount: int | str, **changes: Any) -> FigureRule:
    given: dict[str, Any] = {"from_on": SINCE, "source": "Ours"}
    return FigureRule.objects.create(key=key, amount=Decimal(amount), **given | changes)


def make_rules() -> None:
    for key, amount in (("HIDE_BELOW", 5), ("ROUND_TO", 1), ("ADVERSE", "0.8"), ("FEWEST", 10)):
        make_figure_rule(key, amount)


def make_question(key: str = "sex", *choices: str) -> MonitoringQuestion:
    found = [
        {"const": each, "title": each.title(), "title_cy": f"{each} cy"}
        for each in choices or ("female", "male", "unsaid")
    ]
    question = {"type": "string", "title": f"What is your {key}?", "title_cy": key, "oneOf": found}
    return MonitoringQuestion.objects.create(key=key, question=question)


def came(campaign: Campaign, *steps: str, at: dt.datetime = AT, **changes: Any) -> Application:
    """Somebody applied and is through these steps, a week after each other."""
    made = make_application(campaign, at=at, **changes)
    for number, key in enumerate(steps, start=1):
        finish(made.case, key, "met" if key == "sift" else "", at + dt.timedelta(days=7 * number))
    return made


def say(application: Application, **said: str) -> None:
    Monitoring.objects.filter(mark=mark_of_application(application)).update(said=said)


def make_said(
    campaign: Campaign, route: Route, said: dict[str, str], passed: int, many: int, **changes: Any
) -> None:
    """So many rows that were carried on, without an application behind them."""
    given: dict[str, Any] = {
        "campaign": campaign,
        "route": route,
        "month": AT.date().replace(day=1),
        "passed": passed,
    }
    so_far = Monitoring.objects.count()
    Monitoring.objects.bulk_create(
        Monitoring(mark=f"{so_far + number:064d}", said=said, **given | changes) for number in range(many)
    )
