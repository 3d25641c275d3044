"""The routes the site has, with the label of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from moothall.config.api import routers_of
from moothall.core.door import label_of, routes


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    label: str


def walk() -> Iterator[Route]:
    """Every route of the resolver; those of the API with the label of their operation."""
    operations = labels_of_the_api()
    for path, pattern in routes():
        name = pattern.name or path
        yield Route(name, "/" + path, operations.get(name) or label_of(pattern) or "")


def labels_of_the_api() -> dict[str, str]:
    return {
        str(getattr(operation, "url_name", operation.view_func.__name__)): operation.view_func.door  # type: ignore[attr-defined]
        for router in routers_of(settings.OUR_APPS).values()
        for view in router.path_operations.values()
        for operation in view.operations
    }
