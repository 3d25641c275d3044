"""What each fault test did and found: one row each, one table at the end of `make faults`."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

RESULTS: list["Result"] = []
HEADINGS = ("no.", "fault", "what was done", "n", "lost", "doubled", "seconds", "seed", "passed")


@dataclass
class Result:
    """One fault: what was done to the office, how many things went through it, and what became of them."""

    number: int
    name: str
    done: str
    n: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0
    seed: int | None = None
    passed: bool = False

    def cells(self) -> tuple[str, ...]:
        seed = "" if self.seed is None else str(self.seed)
        counts = (f"{self.n:,}", str(self.lost), str(self.doubled), f"{self.seconds:.0f}")
        return (str(self.number), self.name, self.done, *counts, seed, "yes" if self.passed else "NO")


def seed_for(usual: int) -> int:
    """The seed of a test: `MOOTHALL_FAULT_SEED` when it is given, so that a run can be repeated."""
    return int(os.environ.get("MOOTHALL_FAULT_SEED", usual))


@contextmanager
def fault(number: int, name: str, done: str, *, seed: int | None = None) -> Iterator[Result]:
    """A row of the table, whether the block ends well or not; `n`, `lost` and `doubled` are for the test
    to fill in, and `done` may be made more exact."""
    result = Result(number, name, done, seed=seed)
    RESULTS.append(result)
    started = time.monotonic()
    try:
        yield result
        result.passed = result.lost == result.doubled == 0
    finally:
        result.seconds = time.monotonic() - started


def table(results: list[Result]) -> list[str]:
    """The rows as lines of text under their headings, each column as wide as its widest cell."""
    rows = [HEADINGS, *(each.cells() for each in sorted(results, key=lambda each: (each.number, each.name)))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [lines[0], "-" * len(lines[0]), *lines[1:]]
