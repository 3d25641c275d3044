"""Two records found to be one person: merged, and taken apart again exactly."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.models import Account, ContactPoint, Person, PersonMerge, ToldApart
from moothall.people.person_links import person_link, person_links

UNPREFERRED = "no longer preferred"
FILLABLE = ("title", "given_name", "family_name", "known_as", "born_on", "organisation_id")
NULLABLE = {"born_on", "organisation_id", "language_set_on"}
LANGUAGE = ("language", "language_source", "language_set_on")


class SameRecord(Refusal):
    sentence = _("A record cannot be merged into itself.")
    next_step = _("Choose the other record.")


class AlreadyMerged(Refusal):
    sentence = _("One of these records has been merged into another already.")
    next_step = _("Open the record that was kept, and merge that one.")


class HasAbsorbed(Refusal):
    sentence = _("Another record has been merged into the one that would go.")
    next_step = _("Keep that one instead, or undo its merge first.")


class AlreadyUndone(Refusal):
    sentence = _("This merge has been undone already.")


@for_the_office()
@transaction.atomic
def merge_persons(kept: Person, merged: Person, *, by: Account, at: dt.datetime) -> PersonMerge:
    """Everything about `merged` becomes about `kept`, except what `kept` has already.

    What `kept` does not say of itself, such as a day of birth or a language, is filled in.
    """
    if kept.pk == merged.pk:
        raise SameRecord
    kept, merged = _locked(kept, merged)
    if kept.is_merged or merged.is_merged:
        raise AlreadyMerged
    if PersonMerge.objects.standing().filter(kept=merged).exists():
        raise HasAbsorbed
    merge = PersonMerge(kept=kept, merged=merged, by=by, at=at)
    _move(merge)
    _fill(merge)
    merge.save(force_insert=True)
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    merged.merged_into = kept
    detail = {"merged": merged.reference, "merge": merge.pk}
    write_down("people.merge", by=by, at=at, about=kept, detail=detail)
    return merge


@for_the_office()
@transaction.atomic
def unmerge(merge: PersonMerge, *, by: Account, at: dt.datetime) -> Person:
    """Take two records apart: what was moved goes back, what was added since stays where it was added.

    What other merges into the same record had left behind, because this one had brought the like, is
    moved now. The answer is the record that stands for itself again.
    """
    merge = PersonMerge.objects.select_related("kept", "merged").order_by("pk").get(pk=merge.pk)
    kept, merged = _locked(merge.kept, merge.merged)
    merge = PersonMerge.objects.select_for_update(of=("self",)).order_by("pk").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise AlreadyUndone
    merge.kept, merge.merged = kept, merged
    _move_back(merge)
    _unfill(merge)
    Person.objects.filter(pk=merged.pk).update(merged_into=None)
    merged.merged_into = None
    merge.undone_by, merge.undone_at = by, at
    merge.save(update_fields=["undone_by", "undone_at"])
    for other in PersonMerge.objects.standing().filter(kept=kept).select_related("merged").order_by("at"):
        other.kept = kept
        _move(other)
        _fill(other)
        other.save(update_fields=["moved", "filled"])
    for person in (kept, merged):
        _prefer_something(person)
    detail = {"merged": merged.reference, "merge": merge.pk}
    write_down("people.unmerge", by=by, at=at, about=kept, detail=detail)
    return merged


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by: Account, at: dt.datetime) -> ToldApart:
    """Two records are two persons: they are not suggested as one again."""
    if one.pk == other.pk:
        raise SameRecord
    first, second = sorted((one, other), key=lambda person: person.pk)
    row, made = ToldApart.objects.get_or_create(one=first, other=second, defaults={"by": by, "at": at})
    if made:
        write_down("people.tell_apart", by=by, at=at, about=first, detail={"other": second.reference})
    return row


def _locked(one: Person, other: Person) -> tuple[Person, Person]:
    """Both rows, held in one order whoever asks, so that two people at once wait and do not block."""
    rows = Person.objects.select_for_update(of=("self",)).order_by("pk").filter(pk__in=[one.pk, other.pk])
    found = {row.pk: row for row in rows}
    return found[one.pk], found[other.pk]


def _move(merge: PersonMerge) -> None:
    """Move what is still with `merged` and may go, and note which rows it was."""
    for link in person_links():
        rows = link.rows().filter(**{link.field: merge.merged})
        staying = link.stays(rows, merge.kept).values("pk")
        ids = list(rows.exclude(pk__in=staying).order_by("pk").values_list("pk", flat=True))
        if not ids:
            continue
        if link.model is ContactPoint:
            _give_way(merge, ids)
        link.rows().filter(pk__in=ids).update(**{link.field: merge.kept})
        _note(merge, link.label, ids)


def _give_way(merge: PersonMerge, ids: list[int]) -> None:
    """Of two preferred addresses of a kind, the one that `kept` has stays the preferred one."""
    taken = ContactPoint.objects.in_use().filter(person=merge.kept, preferred=True)
    yielding = ContactPoint.objects.filter(
        pk__in=ids, preferred=True, ended_at=None, kind__in=taken.order_by().values("kind")
    )
    yielded = list(yielding.order_by("pk").values_list("pk", flat=True))
    ContactPoint.objects.filter(pk__in=yielded).update(preferred=False)
    if yielded:
        _note(merge, UNPREFERRED, yielded)


def _note(merge: PersonMerge, label: str, ids: list[int]) -> None:
    merge.moved = merge.moved | {label: sorted({*merge.moved.get(label, []), *ids})}


def _move_back(merge: PersonMerge) -> None:
    for label, ids in merge.moved.items():
        if label != UNPREFERRED:
            link = person_link(label)
            still = link.rows().filter(pk__in=ids, **{link.field: merge.kept})
            still.update(**{link.field: merge.merged})
    for pk in merge.moved.get(UNPREFERRED, []):
        point = ContactPoint.objects.in_use().filter(pk=pk, person=merge.merged).first()
        if point is None:
            continue
        same = ContactPoint.objects.in_use().filter(person=merge.merged, kind=point.kind, preferred=True)
        if not same.exists():
            ContactPoint.objects.filter(pk=pk).update(preferred=True)


def _fill(merge: PersonMerge) -> None:
    kept, merged = merge.kept, merge.merged
    wanted = [name for name in FILLABLE if not getattr(kept, name) and getattr(merged, name)]
    if not kept.language and merged.language:
        wanted += LANGUAGE
    if not wanted:
        return
    values = {name: getattr(merged, name) for name in wanted}
    Person.objects.filter(pk=kept.pk).update(**values)
    for name, value in values.items():
        setattr(kept, name, value)
    merge.filled = merge.filled | {name: _plain(value) for name, value in values.items()}


def _unfill(merge: PersonMerge) -> None:
    """Empty again what was filled in, unless somebody has changed it since."""
    kept, filled = merge.kept, dict(merge.filled)
    if any(_plain(getattr(kept, name)) != filled[name] for name in LANGUAGE if name in filled):
        filled = {name: value for name, value in filled.items() if name not in LANGUAGE}
    emptied = {
        name: None if name in NULLABLE else ""
        for name, value in filled.items()
        if _plain(getattr(kept, name)) == value
    }
    if emptied:
        Person.objects.filter(pk=kept.pk).update(**emptied)
        for name, nothing in emptied.items():
            setattr(kept, name, nothing)


def _prefer_something(person: Person) -> None:
    """Somebody who can be reached in a way has a preferred one of that way: one that a merge had made
    to give way, before any other."""
    points = list(ContactPoint.objects.in_use().filter(person=person).order_by("id"))
    settled = {point.kind for point in points if point.preferred}
    standing = PersonMerge.objects.standing().filter(kept=person)
    yielded = {pk for moved in standing.values_list("moved", flat=True) for pk in moved.get(UNPREFERRED, [])}
    for point in sorted(points, key=lambda one: (one.pk not in yielded, one.pk)):
        if point.kind not in settled:
            settled.add(point.kind)
            ContactPoint.objects.filter(pk=point.pk).update(preferred=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
