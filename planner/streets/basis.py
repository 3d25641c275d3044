"""On what times and distances rest, in a sentence that every plan made with them prints."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Basis:
    """`kind` is what a machine asks, `sentence` what people read, `credit` whom the licence wants named."""

    kind: Literal["streets", "mixed", "crow-flight"]
    sentence: str
    credit: str = ""
    link: str = ""


@dataclass(frozen=True)
class Travel:
    """Between all of n origins and m destinations. `guessed` is true where no street was asked."""

    seconds: npt.NDArray[np.float32]  # n x m
    metres: npt.NDArray[np.float32]
    guessed: npt.NDArray[np.bool_]
    basis: Basis
