"""Assessment days planned: who sits what when, and why somebody has no day."""

from dataclasses import dataclass, field

from planner.selection.problem import Sitting


@dataclass(frozen=True, slots=True)
class Unseated:
    """A candidate who has no day, the exercise it fails on and why."""

    candidate: str
    exercise: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """Figures are counted by the planner; the judge counts again."""

    sittings: tuple[Sitting, ...]
    unseated: tuple[Unseated, ...]
    cost: int
    rounds: int = 0
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is."""

    rounds: int
    seconds: float
    cost: int
    unseated: int
