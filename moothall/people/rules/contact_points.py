"""Ways to reach a person: added, preferred, found undeliverable, and ended; never overwritten."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.refusals import Refusal
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.contact_folding import LONGEST, fold_email, fold_phone, fold_post, tidy

LONGEST_ADDRESS = 1000
FEWEST_DIGITS = 3


class CannotBeReached(Refusal):
    next_step = _("Check it and type it again.")


class ContactPointEnded(Refusal):
    sentence = _("That way to reach the person has been ended.")
    next_step = _("Add it again if it is in use after all.")


@transaction.atomic
def add_contact_point(
    person: Person,
    *,
    kind: str,
    value: str,
    by: Account | None,
    at: dt.datetime,
    label: str = "",
    preferred: bool = False,
) -> ContactPoint:
    """Add a way to reach somebody; one that is there already is given back as it is.

    The first of its kind is the preferred one.
    """
    shown, folded = _read(kind, value)
    Person.objects.select_for_update(of=("self",)).order_by("pk").get(pk=person.pk)
    there = list(ContactPoint.objects.in_use().filter(person=person, kind=kind).order_by("id"))
    same = next((point for point in there if point.folded == folded), None)
    if same is not None:
        return prefer_contact_point(same, by=by, at=at) if preferred and not same.preferred else same
    if preferred:
        ContactPoint.objects.filter(pk__in=[point.pk for point in there]).update(preferred=False)
    point = ContactPoint.objects.create(
        person=person,
        kind=kind,
        value=shown,
        folded=folded,
        label=tidy(label, 60),
        preferred=preferred or not any(other.preferred for other in there),
        added_at=at,
    )
    detail = {"kind": kind, "contact_point": point.pk}
    write_down("people.add_contact_point", by=by, at=at, about=person, detail=detail)
    return point


@transaction.atomic
def end_contact_point(point: ContactPoint, *, by: Account | None, at: dt.datetime) -> ContactPoint:
    """It is no longer used; it stays on the record as what it was. Another of its kind becomes preferred."""
    fresh = _locked(point)
    fresh.ended_at = at
    fresh.preferred = False
    fresh.save(update_fields=["ended_at", "preferred"])
    others = ContactPoint.objects.in_use().filter(person_id=fresh.person_id, kind=fresh.kind)
    if not others.filter(preferred=True).exists():
        heir = others.order_by("-added_at", "-id").first()
        if heir is not None:
            ContactPoint.objects.filter(pk=heir.pk).update(preferred=True)
    detail = {"kind": fresh.kind, "contact_point": fresh.pk}
    write_down("people.end_contact_point", by=by, at=at, about=fresh.person, detail=detail)
    return fresh


@transaction.atomic
def prefer_contact_point(point: ContactPoint, *, by: Account | None, at: dt.datetime) -> ContactPoint:
    """Use this one first among those of its kind."""
    fresh = _locked(point)
    ContactPoint.objects.filter(person_id=fresh.person_id, kind=fresh.kind, preferred=True).update(
        preferred=False
    )
    fresh.preferred = True
    fresh.save(update_fields=["preferred"])
    detail = {"kind": fresh.kind, "contact_point": fresh.pk}
    write_down("people.prefer_contact_point", by=by, at=at, about=fresh.person, detail=detail)
    return fresh


@transaction.atomic
def mark_undeliverable(persons: Collection[int], *, addresses: Iterable[str], at: dt.datetime) -> int:
    """Mail to these addresses came back: where they are these persons', they show so. Answers how many."""
    points = ContactPoint.objects.in_use().filter(
        person__in=persons,
        kind=ContactPoint.EMAIL,
        folded__in=[fold_email(address) for address in addresses],
        undeliverable_since=None,
    )
    marked = list(points.select_related("person").select_for_update(of=("self",)).order_by("id"))
    ContactPoint.objects.filter(pk__in=[point.pk for point in marked]).update(undeliverable_since=at)
    for point in marked:
        write_down("people.undeliverable", by=None, at=at, about=point.person, detail={"point": point.pk})
    return len(marked)


@transaction.atomic
def mark_deliverable(addresses: Iterable[str], *, at: dt.datetime) -> int:
    """Somebody wrote from these addresses, so mail reaches them again. Answers how many it did not."""
    folded = [fold_email(address) for address in addresses]
    points = ContactPoint.objects.in_use().filter(kind=ContactPoint.EMAIL, folded__in=folded)
    dead = points.exclude(undeliverable_since=None).select_related("person").select_for_update(of=("self",))
    marked = list(dead.order_by("id"))
    if marked:
        ContactPoint.objects.filter(pk__in=[point.pk for point in marked]).update(undeliverable_since=None)
    for point in marked:
        write_down("people.deliverable", by=None, at=at, about=point.person, detail={"point": point.pk})
    return len(marked)


def _locked(point: ContactPoint) -> ContactPoint:
    """The row, held together with its person, so that two people at once leave one preferred."""
    Person.objects.select_for_update(of=("self",)).order_by("pk").get(pk=point.person_id)
    fresh = ContactPoint.objects.select_related("person").order_by("pk").get(pk=point.pk)
    if fresh.ended_at is not None:
        raise ContactPointEnded
    return fresh


def _read(kind: str, value: str) -> tuple[str, str]:
    """What is shown and what is searched."""
    if kind == ContactPoint.EMAIL:
        shown, folded = tidy(value, LONGEST), fold_email(value)
        problem = _("This is not an email address.")
    elif kind == ContactPoint.PHONE:
        shown, folded = tidy(value, 60), fold_phone(tidy(value, 60))[:LONGEST]
        folded = folded if len(folded) >= FEWEST_DIGITS else ""
        problem = _("This is not a telephone number.")
    else:
        lines = [tidy(line, 200) for line in value.splitlines()]
        shown, folded = "\n".join(line for line in lines if line)[:LONGEST_ADDRESS], fold_post(value)
        problem = _("This is not an address.")
    if not (shown and folded):
        raise CannotBeReached(problem)
    return shown, folded
