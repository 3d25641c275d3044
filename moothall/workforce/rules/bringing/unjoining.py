"""Records that an extract added are taken out again, many at once: one question a table for all of them."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audits, audit_event
from moothall.workforce.models import Assignment, Employment, StaffRow

ON_THE_ENTRY = "workforce"


class WorkedOnSince(Refusal):
    sentence = _("Somebody has worked on it since, so it stays.")


@dataclass(frozen=True)
class Took:
    """Of some rows: how many records went, and of how many it is said what became of them."""

    gone: int = 0
    settled: int = 0


@transaction.atomic
def take_out(rows: Sequence[StaffRow], *, by: Account, at: dt.datetime) -> Took:
    """The records go, unless something hangs on them or was done to them since; the persons stay on record.
    Nothing is said yet of whoever still manages somebody."""
    if not rows:
        return Took()
    ids = [row.employment_id for row in rows]
    found = Employment.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("person")
    held = {each.pk: each for each in found.order_by("pk")}
    stay = _changed_since(rows, held) | set(_hung_on(held))
    going = _leading_nobody(held.keys() - stay)
    events = [
        audit_event(
            "workforce.undo_start", about=held[pk], by=by, at=at,
            detail={"number": held[pk].number, "person": held[pk].person.reference},
        )
        for pk in sorted(going, reverse=True)
    ]  # fmt: skip
    append_audits(events)
    Assignment.objects.filter(employment__in=going).delete()
    Employment.objects.filter(pk__in=going).delete()
    _say(rows, going, _("Taken back."), at=at)
    _say(rows, stay, str(WorkedOnSince()), at=at)
    return Took(len(going), len(going) + len(stay))


def _say(rows: Sequence[StaffRow], which: Collection[int], words: str, *, at: dt.datetime) -> None:
    keys = [row.pk for row in rows if row.employment_id in which]
    StaffRow.objects.filter(pk__in=keys).update(undone_at=at, reason=words)


def _changed_since(rows: Sequence[StaffRow], held: Mapping[int, Employment]) -> set[int]:
    """Those to whom something was done after the file had brought them in."""
    about = AuditEvent.objects.filter(about_kind=Employment._meta.label_lower, about_id__in=list(held))
    by_record = about.order_by().values("about_id").annotate(latest=Max("at"))
    latest = dict(by_record.values_list("about_id", "latest"))
    found: set[int] = set()
    for row in rows:
        brought, held_id = row.managed_at or row.done_at, row.employment_id
        if brought is not None and held_id is not None and latest.get(held_id, brought) > brought:
            found.add(held_id)
    return found & held.keys()


def _hung_on(held: Collection[int]) -> Iterator[int]:
    """Those on whom something hangs that did not come with the record and would not go with it; whom they
    manage is asked by itself."""
    ids = list(held)
    for relation in Employment._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model is Assignment:
            continue
        model: Any = relation.related_model
        above = model._meta.app_label != ON_THE_ENTRY and not relation.hidden
        if above or relation.on_delete is models.PROTECT:
            name = relation.field.name
            there = model._default_manager.filter(**{f"{name}__in": ids}).order_by()
            yield from there.values_list(name, flat=True).distinct()


def _leading_nobody(going: Collection[int]) -> set[int]:
    """Those of them who manage nobody, or only people who go with them."""
    left = set(going)
    led = Assignment.objects.filter(manager__in=list(left)).order_by()
    pairs = set(led.values_list("manager_id", "employment_id"))
    while kept := {manager for manager, report in pairs if manager in left and report not in left}:
        left -= kept
    return left
