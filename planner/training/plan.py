"""A plan as it is handed over: classes, places, and a reason for everybody left out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """A class: of the surge (`module`) or of a course (`course`); the other is None."""

    id: int
    module: int | None
    course: int | None
    site: int
    days: tuple[int, ...]
    trainers: tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """An officer's place in class `held`, for requirement `requirement` or module `module`."""

    officer: int
    requirement: int | None
    module: int | None
    held: int


@dataclass(frozen=True)
class Unplaced:
    """Somebody left out: the code of the reason, and how many of the sessions failed for each cause."""

    officer: int
    requirement: int | None
    module: int | None
    reason: str
    causes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Plan:
    """`bound` is a proven limit on the places anybody could give; `gap` how far below it the plan is, from
    0 to 1. `rounds` of search made it."""

    bound: int
    classes: tuple[Held, ...]
    places: tuple[Place, ...]
    unplaced: tuple[Unplaced, ...]
    rounds: int = 0

    @property
    def placed(self) -> int:
        return len(self.places)

    @property
    def gap(self) -> float:
        return (self.bound - self.placed) / self.bound if self.bound else 0.0
