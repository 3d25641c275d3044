"""Everything that says which person it belongs to, so that a merge can move it. Filled in from `apps.py`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import ForeignKey, Model, QuerySet

from .models import Person

Rows = QuerySet[Any]


def nothing_stays(rows: Rows, _kept: Person) -> Rows:
    return rows.none()


@dataclass(frozen=True)
class PersonLink:
    """A foreign key to a person. `stays` picks the rows that remain with the record merged away, because
    the record that is kept has the like already."""

    model: type[Model]
    field: str
    stays: Callable[[Rows, Person], Rows] = nothing_stays

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows(self) -> Rows:
        return self.model._base_manager.all()


_links: dict[str, PersonLink] = {}
_left_alone: set[str] = set()


def register_person_link(
    model: type[Model], field: str, *, stays: Callable[[Rows, Person], Rows] = nothing_stays
) -> None:
    """Move the rows of this model along when the person in `field` is merged into another."""
    link = PersonLink(model, field, stays)
    _check(link)
    if link.label in _links:
        raise ImproperlyConfigured(f"{link.label} is registered twice.")
    _links[link.label] = link


def leave_person_link(model: type[Model], field: str) -> None:
    """Say that a merge does not touch this foreign key: it speaks of the record, not of the person."""
    link = PersonLink(model, field)
    _check(link)
    _left_alone.add(link.label)


def person_links() -> list[PersonLink]:
    return [_links[label] for label in sorted(_links)]


def person_link(label: str) -> PersonLink:
    return _links[label]


def unregistered_links() -> list[str]:
    """Foreign keys to a person that nobody said anything about: a merge would lose their rows."""
    known = _links.keys() | _left_alone
    return sorted(label for label in _all_links() if label not in known)


def _all_links() -> Iterator[str]:
    """Every foreign key to a person; the history of a row is about what it was, and is not among them."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is Person:
                yield f"{model._meta.label_lower}.{field.name}"


def _check(link: PersonLink) -> None:
    field = link.model._meta.get_field(link.field)
    if not isinstance(field, ForeignKey) or field.related_model is not Person:
        raise ImproperlyConfigured(f"{link.label} does not point to a person.")
