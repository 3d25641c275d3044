"""What a merge moves on this floor, and what it leaves alone."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from .models import (
    Account,
    CautionMarker,
    ContactPoint,
    LikelyDuplicate,
    Person,
    PersonMerge,
    PersonRole,
    ProtectedAddress,
    ToldApart,
)
from .person_links import leave_person_link, register_person_link

Rows = QuerySet[Any]


def register_own_links() -> None:
    register_person_link(ContactPoint, "person", stays=_same_address)
    register_person_link(PersonRole, "person", stays=_same_role)
    register_person_link(CautionMarker, "person")
    register_person_link(ProtectedAddress, "person", stays=_protected_already)
    register_person_link(Account, "person", stays=_has_account)
    leave_person_link(Person, "merged_into")
    for model, fields in (
        (PersonMerge, ("kept", "merged")),
        (LikelyDuplicate, ("one", "other")),
        (ToldApart, ("one", "other")),
    ):
        for field in fields:
            leave_person_link(model, field)


def _same_address(rows: Rows, kept: Person) -> Rows:
    there = ContactPoint.objects.in_use().filter(
        person=kept, kind=OuterRef("kind"), folded=OuterRef("folded")
    )
    return rows.filter(Exists(there), ended_at=None)


def _same_role(rows: Rows, kept: Person) -> Rows:
    there = PersonRole.objects.filter(
        person=kept,
        kind=OuterRef("kind"),
        organisation__isnull=True,
        post__isnull=True,
        ended_on=None,
    )
    return rows.filter(Exists(there), organisation=None, post=None, ended_on=None)


def _protected_already(rows: Rows, kept: Person) -> Rows:
    standing = ProtectedAddress.objects.standing()
    return rows.filter(lifted_at=None) if standing.filter(person=kept).exists() else rows.none()


def _has_account(rows: Rows, kept: Person) -> Rows:
    return rows if Account.objects.filter(person=kept).exists() else rows.none()
