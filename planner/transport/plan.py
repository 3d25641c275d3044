"""A plan of runs: which vehicle fetches whom in which order and when, and who is left out and why."""

from dataclasses import dataclass
from functools import cached_property

PICKUP, SETDOWN = "pickup", "setdown"


@dataclass(frozen=True)
class Stop:
    """One passenger boards or alights. `time` is when that begins; those who alight at a school together, or
    board there together, have the same time. `point` is the meeting point, None at home or at school."""

    passenger: int
    event: str
    time: int
    point: int | None = None


@dataclass(frozen=True)
class Run:
    """One vehicle from leaving its depot to being back. `seconds` is how long it is on the road, `cost`
    pounds; `comfort` are pounds that nobody pays, for walking and for drivers somebody does not know."""

    kind: str
    depot: int
    stops: tuple[Stop, ...]
    seconds: int
    cost: float
    escorts: int
    comfort: float = 0.0

    @cached_property
    def passengers(self) -> frozenset[int]:
        return frozenset(stop.passenger for stop in self.stops)


@dataclass(frozen=True)
class Unserved:
    """Somebody who is on no run, and why."""

    passenger: int
    reason: str


@dataclass(frozen=True)
class Plan:
    """Every passenger is on one run, or among the unserved with a reason."""

    runs: tuple[Run, ...]
    unserved: tuple[Unserved, ...]
    rounds: int = 0
    times_from: str = ""

    @cached_property
    def cost(self) -> float:
        return round(sum(run.cost for run in self.runs), 2)

    @cached_property
    def comfort(self) -> float:
        return round(sum(run.comfort for run in self.runs), 2)

    @cached_property
    def hours(self) -> float:
        return round(sum(run.seconds for run in self.runs) / 3600, 2)
