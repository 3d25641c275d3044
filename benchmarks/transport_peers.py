"""The published morning planned by other solvers, as far as they are installed; judged like our own plans.

Each is told as much of the morning as it can be told, stops after as many processor seconds as ours, on one
core, and has a process of its own.
"""

import importlib.util
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from planner.transport.problem import Problem

from .peer_commiv import by_commiv
from .peer_days import Answer
from .peer_or_tools import by_or_tools
from .peer_pyvrp import by_pyvrp
from .peer_vroom import by_vroom

By = Callable[[Problem, float, int], Answer]


class Peer(NamedTuple):
    """A solver, what it cannot be told, and whether another seed gives another answer."""

    name: str
    module: str
    by: By
    unsaid: str
    drawn: bool = True


PEERS = (
    Peer("OR-Tools", "ortools", by_or_tools, "one visit for all who alight", drawn=False),
    Peer("VROOM", "vroom", by_vroom, "longest ride (by windows), paid waiting, price of who is left"),
    Peer("PyVRP", "pyvrp", by_pyvrp, "longest ride (by windows)"),
    Peer("commiv", "commiv", by_commiv, "longest ride (by windows), bays beside seats, depots: cut in six"),
)


def installed() -> list[Peer]:
    """Those that can be asked; the others are named on a line of their own."""
    missing = [peer for peer in PEERS if importlib.util.find_spec(peer.module) is None]
    if missing:
        print(f"not installed, so not measured: {', '.join(peer.name for peer in missing)}")
    return [peer for peer in PEERS if peer not in missing]


def ask_peer(peer: Peer, problem: Problem, seconds: float, seeds: int) -> Iterator[Answer]:
    """Its answer for each seed."""
    for seed in range(1, (seeds if peer.drawn else 1) + 1):
        with ProcessPoolExecutor(1, get_context("spawn")) as aside:
            yield aside.submit(peer.by, problem, seconds, seed).result()
