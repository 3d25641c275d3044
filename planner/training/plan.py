"""A plan as it is handed over: classes, places, and a reason for everybody left out."""

from dataclasses import dataclass

TRAINER, TEAM, COURSE, SATURDAYS = "trainer", "team", "course", "saturdays"  # what a lever loosens


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
class TeamShare:
    """A team's part in a plan: the places it has, and at most how many it could have, by the sessions open to
    it and the duties it can spare."""

    team: int
    placed: int
    limit: int

    @property
    def gap(self) -> float:
        return (self.limit - self.placed) / self.limit if self.limit else 0.0


@dataclass(frozen=True)
class Quality:
    """What a plan is worth beside the number of its places: `classes` held, of the surge `thin` ones with
    fewer people than a class should have, how `full` all are (0 to 1), the mean journey in `minutes`, the
    share of journeys `far` over an hour, and the team that fares `worst`."""

    placed: int
    classes: int
    thin: int
    full: float
    minutes: float
    far: float
    worst: TeamShare


@dataclass(frozen=True)
class Plan:
    """`bound` is a proven limit on the places anybody could give; `gap` how far below it the plan is, from
    0 to 1. `rounds` of search made it. `quality` is how good it is, `searched` how good it was when the
    search ended, before it was made fairer and cheaper to hold."""

    bound: int
    classes: tuple[Held, ...]
    places: tuple[Place, ...]
    unplaced: tuple[Unplaced, ...]
    rounds: int = 0
    quality: Quality | None = None
    searched: Quality | None = None

    @property
    def placed(self) -> int:
        return len(self.places)

    @property
    def gap(self) -> float:
        return (self.bound - self.placed) / self.bound if self.bound else 0.0
