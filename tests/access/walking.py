"""The routes the site has, with the methods and the labels of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from moothall.core.door import label_of, routes


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    label: str


def walk() -> Iterator[Route]:
    """Every route of the resolver, once by name."""
    for path, pattern in routes():
        yield Route(pattern.name or path, "/" + path, label_of(pattern) or "")
