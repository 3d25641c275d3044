"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any

from moothall.appraisal.models import Appraisal, Competency, Cycle, Framework, Mark
from moothall.appraisal.rules.cycles import open_cycle, plan_cycle
from moothall.appraisal.rules.objectives import agree_objective, write_objective
from moothall.appraisal.rules.rating import rate, send_own_view
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

_numbers = count(1)


def make_framework(**changes: Any) -> Framework:
    """Two competencies, a value, and three marks."""
    number = next(_numbers)
    framework = Framework.objects.create(
        **{"key": f"framework-{number}", "name": f"Framework {number}", "source": "Made up", "digest": "x",
           "added_at": AT} | changes
    )  # fmt: skip
    for position, name in enumerate(("Working together", "Owning the work", "Courage")):
        kind = Competency.VALUE if name == "Courage" else Competency.COMPETENCY
        Competency.objects.create(
            framework=framework, key=f"c{position}", name=name, kind=kind, position=position
        )
    for place, name in enumerate(("Not yet", "Good", "Strong")):
        Mark.objects.create(framework=framework, key=f"m{place}", name=name, place=place)
    return framework


def make_cycle(*, at: dt.datetime = AT, by: Account | None = None, **changes: Any) -> Cycle:
    """A year that begins today, its stages each some weeks apart; planned, not opened."""
    day = in_london(at).date()
    given: dict[str, Any] = {"name": f"Year {next(_numbers)}", "from_on": day}
    if "framework" not in changes:
        given["framework"] = make_framework()
    ahead = {
        "objectives_by": 30, "mid_year_by": 150, "self_by": 240, "rating_by": 260, "second_by": 280,
        "sign_by": 300, "until_on": 364, "starters_until": 0,
    }  # fmt: skip
    given |= {name: day + dt.timedelta(days=days) for name, days in ahead.items()}
    return plan_cycle(by=by, at=at, **given | changes)


@dataclass
class Pair:
    """Two people and the appraisal between them, with the manager's own manager."""

    appraisal: Appraisal
    employment: Employment
    employee: Account
    manager: Account
    above: Account
    manages: Employment


def make_pair(*, at: dt.datetime = AT, name: str = "Ffion Adeyemi", **changes: Any) -> Pair:
    """In an open cycle, with nothing done yet."""
    above, top = make_manager()
    manager, middle = make_manager(manager=top)
    employee = make_account(person=make_person(full_name=name, emails=[f"e{next(_numbers)}@borth.example"]))
    employment = make_employment(account=employee, manager=middle)
    cycle = open_cycle(make_cycle(at=at, **changes), by=None, at=at)
    appraisal = Appraisal.objects.get(cycle=cycle, employment=employment)
    return Pair(appraisal, employment, employee, manager, above, middle)


def agree_one(pair: Pair, *, at: dt.datetime = AT) -> None:
    """One objective, agreed by both."""
    due = in_london(at).date() + dt.timedelta(days=200)
    made = write_objective(pair.appraisal, text="Answer within ten days", due_on=due, by=pair.manager, at=at)
    agree_objective(made, by=pair.employee, at=at)


def give_rating(pair: Pair, *, at: dt.datetime = AT, mark: str = "Good") -> Appraisal:
    """From wherever it stands to rated."""
    pair.appraisal.refresh_from_db()
    if pair.appraisal.stage == Appraisal.OBJECTIVES:
        agree_one(pair, at=at)
        pair.appraisal.refresh_from_db()
    if pair.appraisal.stage == Appraisal.SELF:
        send_own_view(pair.appraisal, said="It went well.", by=pair.employee, at=at)
    framework = pair.appraisal.cycle.framework
    given = framework.marks.get(name=mark)
    return rate(
        pair.appraisal, ratings=dict.fromkeys(framework.competencies.all(), (given, "As seen")),
        overall=given, because="A good year", by=pair.manager, at=at,
    )  # fmt: skip
