"""What compiled searches draw from."""

import numpy as np
import numpy.typing as npt

from planner.compiled import inner

Seed = npt.NDArray[np.uint64]


def seeded(seed: int) -> Seed:
    """What the draws begin with."""
    return np.array([0x9E3779B97F4A7C15 ^ (seed * 0xBF58476D1CE4E5B9 % 2**64)], np.uint64)


@inner
def step(seed: Seed) -> np.uint64:
    """The next 64 bits (xorshift64*, Vigna 2016)."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    return np.uint64(x * np.uint64(2685821657736338717))


@inner
def draw(seed: Seed, below: int) -> int:
    """A number from 0 to `below` - 1."""
    return int((step(seed) >> np.uint64(33)) % np.uint64(below))


@inner
def share(seed: Seed) -> float:
    """A number above 0 and at most 1."""
    return float((step(seed) >> np.uint64(11)) + np.uint64(1)) / 9007199254740992.0
