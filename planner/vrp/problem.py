"""One problem for four formats: requests that are visited once, or fetched here and brought there.

Nodes 0 and N - 1 are the depot, where every vehicle starts and ends. A request has one node (a visit) or two.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
NEVER = 1e9  # a bound that binds nobody


class VrpError(ValueError):
    """A file of routes cannot be read or solved; the message says why."""


@dataclass(frozen=True)
class Routing:
    """N nodes, R requests. Times and costs are in the units of the file."""

    name: str
    cost: Floats  # N x N
    time: Floats  # N x N
    service: Floats  # N
    ready: Floats  # N
    due: Floats  # N
    load: Floats  # N: taken on, below nought where it is left
    pick: Ints  # R: the node of a visit, or where it is fetched
    drop: Ints  # R: where it is brought, or -1
    limit: Floats  # R: from the end of service at `pick` to the beginning of service at `drop`
    capacity: float
    vehicles: int
    longest: float = NEVER  # of a route
    labels: tuple[str, ...] = field(default=())  # N: what the file calls them

    @property
    def nodes(self) -> int:
        return len(self.ready)

    @property
    def requests(self) -> int:
        return len(self.pick)


class Stop(NamedTuple):
    """Service of a node begins at a time."""

    node: int
    at: float


@dataclass(frozen=True)
class Routes:
    """A plan. A route has no depot in it; `starts` and `ends` are when it leaves and comes back."""

    cost: float
    routes: tuple[tuple[Stop, ...], ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    unserved: tuple[int, ...]  # requests
    rounds: int = 0
