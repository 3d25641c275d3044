"""The routes the site has, with the label of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from moothall.config.api import routers_of
from moothall.core.door import label_of, routes


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of an address of the API, whose methods have labels of their own."""

    def label_for(self, method: str) -> str:
        return self.labels.get(method, self.label)


def walk() -> Iterator[Route]:
    """Every route of the resolver; those of the API with the label of their operation."""
    operations = labels_of_the_api()
    for path, pattern in routes():
        name = pattern.name or path
        yield Route(name, "/" + path, label_of(pattern) or "", operations.get(name, {}))


def labels_of_the_api() -> dict[str, dict[str, str]]:
    """For each named address of the API the label of each method."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for router in routers_of(settings.OUR_APPS).values():
        for view in router.path_operations.values():
            for operation in view.operations:
                name = str(getattr(operation, "url_name", operation.view_func.__name__))
                door: str = operation.view_func.door  # type: ignore[attr-defined]
                found[name] |= dict.fromkeys(operation.methods, door)
    return found
