"""How long each stage took, and who held it; and how long it took to hire, against the target. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import ServiceDefinition
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import in_london
from moothall.core.refusals import Words
from moothall.recruitment.models import Application, CheckKind, FigureRule, FunnelStage, Route
from moothall.recruitment.rules.timetable import SYSTEM, definition_for, names_in

from .choosing import Rules
from .reached import passing

APPLICANT, DESK, VETTING, MEDICAL, REFEREE, MANAGER, OTHERS = (
    "applicant", "desk", "vetting", "medical", "referee", "manager", "others"
)  # fmt: skip
HOLDERS: Final[dict[str, Words]] = {
    APPLICANT: _("The applicant"), DESK: _("The desk"), VETTING: _("Vetting"), MEDICAL: _("Medical"),
    REFEREE: _("Referees"), MANAGER: _("Managers and panels"), OTHERS: _("Somebody else"),
}  # fmt: skip
MANAGERS: Final = ("hiring_manager", "line_manager", "panel", "head_of_service")
REFERENCES: Final = "references"
OFFERED: Final = "offered"


@dataclass(frozen=True)
class Spread:
    """How long it took: of how many, the middle, and what nine of ten stayed within, in working days."""

    many: int
    median: float
    ninety: float


@dataclass(frozen=True)
class StageTime:
    service: str
    key: str
    words: str
    holder: Words
    spread: Spread


def spread_of(days: Sequence[int]) -> Spread:
    """The 90th percentile is the smallest number that nine of ten do not exceed."""
    line = sorted(days)
    middle = len(line) // 2
    median = line[middle] if len(line) % 2 else (line[middle - 1] + line[middle]) / 2
    return Spread(len(line), median, line[-(-9 * len(line) // 10) - 1])


def holder_of(key: str, owner: str, turn: str, references: set[str]) -> str:
    """Who held a step: who had to do it, by its process."""
    if key in references:
        return REFEREE
    if turn == Case.PERSON:
        return APPLICANT
    if owner.startswith("vetting"):
        return VETTING
    if owner == "oh":
        return MEDICAL
    if owner in MANAGERS:
        return MANAGER
    return OTHERS if turn == Case.THIRD else DESK


class Processes:
    """What the ways in have of stages, read once: their names, and the calendar they count by."""

    def __init__(self, language: str) -> None:
        self.definitions: dict[str, ServiceDefinition] = {}
        self.later: dict[str, set[str]] = {}
        for route in Route.objects.select_related("service").order_by("place", "id"):
            definition = definition_for(route)
            self.definitions[route.service.key] = definition
            self.later[route.service.key] = set(definition.following(route.entry_step))
        named = {each.calendar for each in self.definitions.values()}
        self._calendars = {each: working_calendar(each) for each in sorted(named)}
        self.names = {key: names_in(each, language) for key, each in self.definitions.items()}
        kinds = CheckKind.objects.filter(key=REFERENCES).values_list("steps", flat=True)
        self.references = {step for steps in kinds for step in steps}

    def days(self, service: str, since: dt.datetime, until: dt.datetime) -> int:
        """Working days after the first, up to and with the last."""
        return self.days_between(service, in_london(since).date(), in_london(until).date())

    def days_between(self, service: str, first: dt.date, last: dt.date) -> int:
        return self._calendars[self.definitions[service].calendar].working_days_between(first, last)


def done_steps(seen: QuerySet[Application]) -> QuerySet[Step]:
    rows = Step.objects.filter(
        case__in=seen.order_by().values("case"), state=Step.DONE, ready_at__isnull=False
    )
    return rows.exclude(owner=SYSTEM)


def stage_times(
    seen: QuerySet[Application], processes: Processes
) -> tuple[list[StageTime], list[tuple[str, Words, Spread]]]:
    """Each stage of each process in its order, and each who holds any."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    rows = done_steps(seen).order_by("case__service__key", "position").values_list(
        "case__service__key", "key", "owner", "waiting_on", "ready_at", "done_at"
    )  # fmt: skip
    for service, key, owner, turn, since, until in rows:
        if key in processes.later.get(service, ()) and since is not None and until is not None:
            holder = holder_of(key, owner, turn, processes.references)
            found[service, key, holder].append(processes.days(service, since, until))
    stages = [
        StageTime(service, key, processes.names[service].get(key, key), HOLDERS[holder], spread_of(days))
        for (service, key, holder), days in found.items()
    ]
    held: dict[str, list[int]] = defaultdict(list)
    for (_service, _key, holder), days in found.items():
        held[holder] += days
    return stages, [(key, words, spread_of(held[key])) for key, words in HOLDERS.items() if held[key]]


@dataclass(frozen=True)
class Hired:
    """One application that came to an offer, or to a start."""

    application: int
    route: Route
    on: dt.date
    days: int


@dataclass(frozen=True)
class HireLine:
    """A way in and a month: how long it took, and how many were within the target."""

    route: Route
    month: dt.date
    spread: Spread
    target: Decimal | None
    within: int | None


def hired(
    seen: QuerySet[Application], measure: str, ladder: Sequence[FunnelStage], processes: Processes
) -> Iterator[Hired]:
    """From the closing day to the conditional offer, or from the application to the start."""
    by_key = {each.key: each for each in ladder}
    stage = by_key.get(OFFERED) if measure == FigureRule.HIRE else (ladder[-1] if ladder else None)
    if stage is None:
        return
    routes = {each.pk: each for each in Route.objects.select_related("service")}
    steps = Step.objects.filter(passing(stage), case__in=seen.order_by().values("case"), state=Step.DONE)
    rows = steps.order_by().values("case_id").annotate(at=Min("done_at")).values_list(
        "case__job_application", "case__job_application__route", "case__job_application__submitted_at",
        "case__job_application__campaign__closes_on", "at",
    )  # fmt: skip
    for pk, route, sent, closes_on, at in rows:
        on = in_london(at).date()
        since = closes_on if measure == FigureRule.HIRE else in_london(sent).date()
        days = processes.days_between(routes[route].service.key, since, on)
        yield Hired(pk, routes[route], on, max(days, 0))


def hire_lines(found: Sequence[Hired], measure: str, rules: Rules) -> list[HireLine]:
    grouped: dict[tuple[int, dt.date], list[Hired]] = defaultdict(list)
    for each in found:
        grouped[each.route.pk, each.on.replace(day=1)].append(each)
    lines = []
    for (route, month), some in sorted(grouped.items(), key=lambda each: (each[0][1], each[0][0])):
        rule = rules.find(measure, route=route)
        target = rule.amount if rule is not None else None
        within = sum(each.days <= target for each in some) if target is not None else None
        lines.append(HireLine(some[0].route, month, spread_of([each.days for each in some]), target, within))
    return lines
