"""What the page of a plan shows: how it went as a picture, weeks, teams, reasons, and what would help."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language

from moothall.people.models import Organisation
from moothall.training.models import Course, LeftOut, PlanRun, ScheduleVersion

WIDE, TALL, LOW = 600.0, 120.0, 2.0
TEAMS, OTHERS = 8, 6


@dataclass(frozen=True)
class Line:
    """Places given and the limit over time, as two lines of a picture 600 by 120."""

    placed: str
    bound: str
    seconds: float
    low: int
    high: int


@dataclass(frozen=True)
class Week:
    """One week as a bar and as a row of the table."""

    day: dt.date
    classes: int
    places: int
    trainer_days: int
    x: float
    y: float
    tall: float


def line_of(run: PlanRun) -> Line | None:
    """Nothing before there are two points to draw between."""
    points: Sequence[Sequence[float]] = run.points
    if len(points) < 2:
        return None
    longest = max(points[-1][0], 0.1)
    high = int(max(point[2] for point in points))
    low = int(min(point[1] for point in points))
    span = max(high - low, 1)

    def at(seconds: float, count: float) -> str:
        return f"{seconds / longest * WIDE:.1f},{LOW + (high - count) / span * TALL:.1f}"

    return Line(
        placed=" ".join(at(point[0], point[1]) for point in points),
        bound=" ".join(at(point[0], point[2]) for point in points),
        seconds=longest, low=low, high=high,
    )  # fmt: skip


def weeks_of(run: PlanRun) -> list[Week]:
    rows = run.figures.get("weeks", [])
    if not rows:
        return []
    most, wide = max(row[2] for row in rows) or 1, WIDE / len(rows)
    return [
        Week(
            dt.date.fromisoformat(day), classes, places, trainer_days, x=round(at * wide, 1),
            y=round(TALL - places / most * TALL, 1), tall=round(places / most * TALL, 1),
        )
        for at, (day, classes, places, trainer_days) in enumerate(rows)
    ]  # fmt: skip


def shown(run: PlanRun, *, at: dt.datetime) -> dict[str, Any]:
    """All that the page and its live part need."""
    said: dict[str, Any] = {
        "run": run, "busy": run.is_busy(at), "broken": run.is_broken(at), "line": line_of(run),
        "percent": 100 * run.gap, "began": run.began_at,
    }  # fmt: skip
    return said | _result(run) if run.is_made else said


def _result(run: PlanRun) -> dict[str, Any]:
    figures, language = run.figures, get_language() or "en"
    units = {row[0] for row in figures["teams"][:TEAMS]}
    units |= {number for kind, number, _places in figures["levers"] if kind == "unit"}
    named = {each.pk: each.name_in(language) for each in Organisation.objects.filter(pk__in=units)}
    courses = {each.pk: each.name_in(language) for each in Course.objects.all()}
    weeks = weeks_of(run)
    return {
        "weeks": weeks, "wide": round(WIDE / max(len(weeks), 1) * 0.8, 1),
        "teams": [(row[0], named.get(row[0], ""), *_share(row)) for row in figures["teams"][:TEAMS]],
        "team_count": len(figures["teams"]),
        "courses": [(row[0], courses.get(row[0], ""), *_share(row)) for row in figures["courses"]],
        "reasons": _reasons(figures["reasons"]), "left": run.wanted - run.placed,
        "incurable": sum(figures["reasons"].get(code, 0) for code in LeftOut.INCURABLE),
        "levers": [
            (kind, number, _lever_name(kind, number, named, courses), places)
            for kind, number, places in figures["levers"]
        ],
        "others": list(PlanRun.objects.in_full().beside(run).defer("plan", "points")[:OTHERS]),
        "drafts": list(ScheduleVersion.objects.filter(plan__run=run.pk).select_related("schedule")),
    }  # fmt: skip


def _lever_name(kind: str, number: int, named: dict[int, str], courses: dict[int, str]) -> str:
    if kind == "weekday":
        return str(WEEKDAYS[number])
    return (named if kind == "unit" else courses).get(number, "")


def _share(row: Sequence[int]) -> tuple[int, int, float]:
    """Wanted, given, and the share in per cent."""
    _key, wanted, given = row
    return wanted, given, 100 * given / wanted if wanted else 100.0


def _reasons(counts: dict[str, int]) -> list[tuple[str, Any, int, bool]]:
    """Code, words, how many, and whether no plan can cure it; the most frequent first."""
    words = dict(LeftOut.REASONS)
    order = sorted(counts, key=lambda code: (-counts[code], code))
    return [(code, words[code], counts[code], code in LeftOut.INCURABLE) for code in order]
