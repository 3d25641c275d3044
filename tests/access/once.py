"""Names that are given once: a second thing of the same name would hide the first, unnoticed."""

from collections.abc import Mapping
from typing import Any, TypeVar

Thing = TypeVar("Thing")


class Once(dict[str, Thing]):
    """A dictionary whose names cannot be given to something else."""

    def __init__(self, *parts: Mapping[str, Thing]) -> None:
        super().__init__()
        for part in parts:
            self.update(part)

    def __setitem__(self, name: str, thing: Thing) -> None:
        if name in self and self[name] is not thing:
            raise ValueError(f"“{name}” is the name of something else already: choose another for this.")
        super().__setitem__(name, thing)

    def update(self, *given: Any, **named: Any) -> None:
        for name, thing in dict(*given, **named).items():
            self[name] = thing

    def __ior__(self, given: Any) -> "Once[Thing]":  # type: ignore[override,misc]
        self.update(given)
        return self
