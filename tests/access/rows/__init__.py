"""The rows of the table, by area: each module here has its `AREAS`."""

from importlib import import_module
from pkgutil import iter_modules

from tests.access.table import Area, refuse_twice

TABLE: tuple[Area, ...] = refuse_twice(
    tuple(
        area
        for module in sorted(found.name for found in iter_modules(__path__))
        for area in import_module(f"{__name__}.{module}").AREAS
    )
)
