"""Field by field: what a record said before, what it says now, who changed it and when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.formats import localize
from django.utils.timezone import localtime

from moothall.people.models import Account

Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One field of one record, at one moment. `by` is nothing for what the office did by itself."""

    at: dt.datetime
    by: Account | None
    field: str
    label: str
    before: str
    after: str


def history_of(instance: Model) -> list[Change]:
    """Every change of the followed fields of a record, newest first; two queries and one a kind of link.

    Triggers in the database keep the history, so changes in bulk are here too.
    """
    event_model = getattr(type(instance), "pgh_event_model", None)
    if event_model is None:
        raise LookupError(f"The history of {instance._meta.label} is not kept.")
    events = list(
        event_model.objects.filter(pgh_obj_id=instance.pk).order_by("pgh_id").select_related("pgh_context")
    )
    fields = [field for field in event_model._meta.fields if is_followed(field, instance)]
    names = [field.attname for field in fields]
    rows = {tracker.label: tracker.row for tracker in event_model.pgh_trackers}
    steps = list(
        steps_of(events, rows, names, row_of(type(instance)._base_manager.get(pk=instance.pk), names))
    )
    people = accounts_of(events)
    shown = Shown(fields, [row for _event, before, after in steps for row in (before, after)])
    return [
        Change(
            at=event.pgh_created_at,
            by=people.get(user_of(event)),
            field=field.name,
            label=str(field.verbose_name),
            before=shown.words(field, before[field.attname]),
            after=shown.words(field, after[field.attname]),
        )
        for event, before, after in reversed(steps)
        for field in fields
        if before[field.attname] != after[field.attname]
    ]


def is_followed(field: "Field[Any, Any]", instance: Model) -> bool:
    """Whether an event's field is one of the record's own, and not its key."""
    if field.name.startswith("pgh_"):
        return False
    own = next((one for one in instance._meta.fields if one.name == field.name), None)
    return own is not None and not own.primary_key


def row_of(row: Model, names: Iterable[str]) -> Row:
    return {name: getattr(row, name) for name in names}


def steps_of(
    events: list[Any], rows: dict[str, str], names: list[str], now: Row
) -> Iterable[tuple[Any, Row, Row]]:
    """Each update with the row before and after it, oldest first.

    An event that keeps the old row is followed by the next event's, or by the record itself.
    """
    kept = [row_of(event, names) for event in events]
    for place, event in enumerate(events):
        if rows.get(event.pgh_label) == "OLD":
            later = kept[place + 1] if place + 1 < len(events) else now
            yield event, kept[place], later
        elif place > 0:
            yield event, kept[place - 1], kept[place]


def user_of(event: Any) -> int | None:
    context = event.pgh_context
    user = context.metadata.get("user") if context else None
    return int(user) if user is not None else None


def accounts_of(events: list[Any]) -> dict[int | None, Account]:
    ids = {user_of(event) for event in events} - {None}
    return {account.pk: account for account in Account.objects.filter(pk__in=ids)} if ids else {}


class Shown:
    """Values as words: choices by their name, links by what they lead to, times in London."""

    def __init__(self, fields: "list[Field[Any, Any]]", rows: Iterable[Row]) -> None:
        wanted: dict[str, set[Any]] = defaultdict(set)
        links = [field for field in fields if isinstance(field, ForeignKey)]
        for row in rows:
            for field in links:
                wanted[field.attname].add(row[field.attname])
        self.linked: dict[str, dict[Any, str]] = {}
        for field in links:
            model: Any = field.related_model
            ids = wanted[field.attname] - {None}
            found = model._base_manager.in_bulk(ids) if ids else {}
            self.linked[field.attname] = {key: str(row) for key, row in found.items()}

    def words(self, field: "Field[Any, Any]", value: Any) -> str:
        choices = dict(field.flatchoices)
        if value in choices:
            return str(choices[value])
        if value is None or value == "":
            return ""
        if isinstance(field, ForeignKey):
            return self.linked[field.attname].get(value, f"{field.verbose_name} {value}")
        if isinstance(value, dt.datetime):
            return localize(localtime(value)) or ""
        return str(localize(value))
