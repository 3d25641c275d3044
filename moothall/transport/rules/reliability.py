"""Whether a plan holds on a slow day, by the figure of the office, and where it does not. Reads only."""

from dataclasses import dataclass
from typing import Any, Final

from moothall.transport.models import Centre, PlanningFigure, RunPlan

PERCENT: Final = 100


@dataclass(frozen=True)
class TooLate:
    """One direction of a plan in which too many would be late on a slow day; shares are per cent. `where` are
    the schools and centres with most of them, `tried` by how many per cent travel times were taken longer at
    most, and it was not enough."""

    direction: str
    share: float
    most: float
    late: int
    where: tuple[tuple[Centre, int], ...]
    tried: int | None


def most_late(plan: RunPlan) -> float | None:
    """The greatest share that may be late on a slow day, where the office has said one."""
    most = PlanningFigure.objects.on(plan.from_on).get(PlanningFigure.MOST_LATE)
    return None if most is None else most / PERCENT


def lead_of(plan: RunPlan | None, way: str) -> int:
    """Seconds that runs of a plan leave before they must, so that few are late on a slow day."""
    return int(plan.figures.get(way, {}).get("lead") or 0) if plan is not None else 0


def unreliable(plan: RunPlan) -> list[TooLate]:
    """The directions in which it does not hold. Two questions."""
    most = most_late(plan)
    if most is None:
        return []
    halves: dict[str, dict[str, Any]] = {
        way: figures for way, figures in plan.figures.items() if figures.get("late_share", 0) > most
    }
    named = [number for figures in halves.values() for number, _late in figures.get("late_at", ())]
    centres = Centre.objects.in_bulk(named) if named else {}
    return [_too_late(way, figures, most, centres) for way, figures in halves.items()]


def _too_late(way: str, figures: dict[str, Any], most: float, centres: dict[int, Centre]) -> TooLate:
    where = [(centres[number], late) for number, late in figures.get("late_at", ()) if number in centres]
    tried = max((round(PERCENT * pace) - PERCENT for pace, *_rest in figures.get("paces", ())), default=None)
    return TooLate(
        way, round(PERCENT * figures["late_share"], 1), round(PERCENT * most, 1), int(figures["late"]),
        tuple(where), tried or None,
    )  # fmt: skip
