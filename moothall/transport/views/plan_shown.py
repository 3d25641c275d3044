"""What the page of a plan shows: figures, the board of its runs by time, and the map, in few questions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.earth import Point
from moothall.people.models import Account
from moothall.transport.models import Call, HomeAddress, Ride, Run, RunPlan
from moothall.transport.models.journey import FROM, TO
from moothall.transport.models.passenger import manages
from moothall.transport.rules.reliability import unreliable

from .plan_map import Picture, picture_of

MOST = 4  # plans side by side
WIDE = 600.0


@dataclass
class Row:
    """One run on the board: from `x` for `wide`, with a tick for each of its calls."""

    run: Run
    vehicle: str
    whose: str
    passengers: int = 0
    aboard: int = 0
    x: float = 0.0
    wide: float = 0.0
    ticks: str = ""
    calls: list[Call] = field(default_factory=list)


def total(plan: RunPlan, name: str) -> str:
    """A figure of all directions together, as lists say it."""
    halves: list[Mapping[str, Any]] = list(plan.figures.values())
    if not halves:
        return ""
    if name == "hours":
        return f"{sum(each['seconds'] for each in halves) / 3600:.1f}"
    if name == "cost":
        return f"{sum(each['cost'] for each in halves):.2f}"
    if name == "vehicles":
        return str(max(each["vehicles"] for each in halves))
    if name == "longest":
        close = max(halves, key=lambda each: each["longest"] / max(1, each["longest_most"]))
        said = {"ride": _round(close["longest"]), "most": _round(close["longest_most"])}
        return _("%(ride)s of %(most)s minutes") % said
    return str(sum(each[name] for each in halves))


def _round(seconds: int) -> int:
    return -(-seconds // 60)


def shown(plan: RunPlan, account: Account, *, way: str, at: dt.datetime) -> dict[str, Any]:
    """All that the page and its live part need."""
    said: dict[str, Any] = {
        "plan": plan, "busy": plan.is_busy(at), "broken": plan.is_broken(at), "manages": manages(account),
        "far": plan.points[-1] if plan.points else None,
    }  # fmt: skip
    return said | _made(plan, account, way) if plan.is_made else said


def ways_of(plan: RunPlan, way: str) -> tuple[list[str], str]:
    """The directions it has, and the one to show: the one asked for where it is there."""
    ways = [each for each in (TO, FROM) if each in plan.figures]
    return ways, way if way in ways else (ways[0] if ways else TO)


def _made(plan: RunPlan, account: Account, way: str) -> dict[str, Any]:
    ways, way = ways_of(plan, way)
    language = get_language() or "en"
    rows = rows_of(plan, way, language)
    hours = _spread(rows)
    without = plan.without.filter(direction=way).select_related("passenger__person", "centre", "owner")
    return {
        "way": way, "ways": ways, "figures": plan.figures.get(way, {}), "rows": rows, "hours": hours,
        "wide": WIDE, "without": without, "picture": _picture(rows, account, language),
        "unreliable": unreliable(plan) if plan.is_open else [],
        "change": plan.changes.filter(undone_at=None).select_related("passenger__person").first(),
        "totals": {name: total(plan, name) for name in ("cost", "vehicles", "hours", "without", "longest")},
    }  # fmt: skip


def rows_of(plan: RunPlan, way: str, language: str) -> list[Row]:
    """Three questions, however many runs there are."""
    runs = plan.runs.filter(direction=way).select_related("kind", "depot", "contractor", "vehicle")
    rows = {
        run.pk: Row(run, run.kind.name_in(language), str(run.contractor or run.depot or "")) for run in runs
    }
    for call in Call.objects.filter(run__in=rows).select_related("centre").order_by("run", "position"):
        rows[call.run_id].calls.append(call)
    change: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for ride in Ride.objects.filter(run__in=rows).values_list(
        "run", "picked_up__position", "set_down__position"
    ):
        rows[ride[0]].passengers += 1
        change[ride[0]][ride[1]] += 1
        change[ride[0]][ride[2]] -= 1
    for run_id, row in rows.items():
        now = 0
        for position in sorted(change[run_id]):
            now += change[run_id][position]
            row.aboard = max(row.aboard, now)
    return list(rows.values())


def _minutes(at: dt.time) -> float:
    return at.hour * 60 + at.minute + at.second / 60


def _spread(rows: Sequence[Row]) -> list[tuple[str, float]]:
    """Lay the runs out over the time that all of them take; the quarter hours with where they are."""
    if not rows:
        return []
    first = min(_minutes(each.run.leaves_at) for each in rows) // 15 * 15
    last = -(-max(_minutes(each.run.back_at) for each in rows) // 15) * 15
    scale = WIDE / max(15.0, last - first)
    for row in rows:
        begins, ends = _minutes(row.run.leaves_at), _minutes(row.run.back_at)
        row.x, row.wide = round((begins - first) * scale, 1), round(max(0.5, ends - begins) * scale, 1)
        ticks = (round((_minutes(call.at) - first) * scale, 1) for call in row.calls)
        row.ticks = " ".join(f"M{x} 4V16" for x in ticks)
    step = 15 if last - first <= 150 else 30
    marks = range(int(first), int(last) + 1, step)
    return [(f"{each // 60:02d}:{each % 60:02d}", round((each - first) * scale, 1)) for each in marks]


def _picture(rows: Sequence[Row], account: Account, language: str) -> Picture | None:
    return picture_of(rows, home_points(rows, account), language)


def home_points(rows: Sequence[Row], account: Account) -> dict[int, Point]:
    """Where the homes are at which these runs call. A protected one is on no map."""
    homes = {call.home_id for row in rows for call in row.calls if call.home_id is not None}
    return HomeAddress.objects.on_maps(account).filter(home__in=homes).points()


def compared(account: Account, chosen: Sequence[int]) -> dict[str, Any]:
    """Plans side by side, and those there are to choose from."""
    offered = list(RunPlan.objects.visible_to(account).filter(making__in=RunPlan.MADE).defer("points")[:40])
    wanted = set(chosen) or {each.pk for each in offered if each.state in RunPlan.OPEN}
    plans = [each for each in offered if each.pk in wanted][:MOST]
    names = [
        ("cost", _("Pounds a day")), ("vehicles", _("Vehicles")), ("hours", _("Hours on the road")),
        ("escorts", _("Escorts")), ("served", _("Passengers on runs")), ("without", _("Without a run")),
        ("longest", _("Closest to the longest ride")), ("late", _("Late on a slow day")),
        ("breaches", _("Rules broken")),
    ]  # fmt: skip
    table = [(words, [total(plan, name) for plan in plans]) for name, words in names]
    return {"offered": offered, "plans": plans, "table": table, "wanted": {each.pk for each in plans}}
