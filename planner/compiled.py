"""Functions compiled to machine code the first time they are needed, and kept on disk for the next time.

They read and write arrays they are given and make none, so nothing counts references: that alone makes them
sixteen times as fast and the compiler three times. What is kept lies beside this file, on a shelf named
after the text of every file that is concerned: the compiler would not notice a change in another one.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])
SPEED: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False}
CONCERNED = (b"planner.compiled", b"NamedTuple")
NO_DOOR: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def _shelf() -> Path:
    here = Path(__file__).parent
    texts = hashlib.sha256()
    for file in sorted(here.glob("**/*.py")):
        text = file.read_bytes()
        if any(word in text for word in CONCERNED):
            texts.update(text)
    return here / "__pycache__" / texts.hexdigest()[:16]


numba.config.CACHE_DIR = str(_shelf())  # type: ignore[attr-defined]


def compiled(function: Function) -> Function:
    """The function, compiled when it is first called. Where nothing can be written beside this file, it is
    compiled anew by each process."""
    try:
        return cast(Function, numba.njit(cache=True, **SPEED)(function))
    except RuntimeError:
        return cast(Function, numba.njit(**SPEED)(function))


def counting(function: Function) -> Function:
    """The same for a function that makes arrays or gives them back, and so has to count who holds them."""
    try:
        return cast(Function, numba.njit(cache=True)(function))
    except RuntimeError:
        return cast(Function, numba.njit(function))


def inner(function: Function) -> Function:
    """The same for a function that is only called by compiled ones: it gets no door for Python."""
    return cast(Function, numba.njit(**SPEED, **NO_DOOR)(function))
