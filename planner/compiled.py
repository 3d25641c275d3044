"""Functions compiled to machine code the first time they are needed, and kept on disk for the next time."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function, compiled without Python objects when it is first called. Where nothing can be written
    beside it or in the person's cache, it is compiled anew each time."""
    try:
        return cast(Function, numba.njit(cache=True)(function))
    except RuntimeError:
        return cast(Function, numba.njit(function))
