"""What compiled searches draw from, and the lists they write into."""

import numpy as np
import numpy.typing as npt

BUFFER = 256  # more than any team or session holds


def seeded(seed: int) -> npt.NDArray[np.uint64]:
    """What the compiled draws begin with."""
    return np.array([0x9E3779B97F4A7C15 ^ (seed * 0xBF58476D1CE4E5B9 % 2**64)], np.uint64)


def buffers() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Two lists in which compiled moves note who is in the way."""
    return np.empty(BUFFER, np.int32), np.empty(BUFFER, np.int32)
