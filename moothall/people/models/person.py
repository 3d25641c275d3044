import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value

from moothall.core.folding import Concat, Fold

ENGLISH, WELSH, UNKNOWN = "en", "cy", ""
LANGUAGES = [(UNKNOWN, "not known"), (ENGLISH, "English"), (WELSH, "Cymraeg")]


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> Self:
        """Persons that stand for themselves: not merged into another."""
        return self.filter(merged_into=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["folded_name"])
class Person(models.Model):
    """Anybody the office deals with. What they are to the office is a row of its own, never a flag."""

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=30, blank=True)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    full_name = models.CharField(max_length=250)
    known_as = models.CharField(max_length=120, blank=True)
    folded_name = models.GeneratedField(
        expression=Fold(Concat("full_name", Value(" "), "known_as")),
        output_field=models.TextField(),
        db_persist=True,
    )
    born_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, blank=True, default=UNKNOWN, choices=LANGUAGES)
    language_source = models.CharField(max_length=120, blank=True)
    language_set_on = models.DateField(null=True, blank=True)
    organisation = models.ForeignKey("people.Organisation", null=True, blank=True, on_delete=models.PROTECT)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["folded_name"], name="person_by_name", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["family_name", "id"], name="person_by_family_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="person_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class ContactPoint(models.Model):
    """A way to reach a person: mail, phone or post, for as long as it holds."""

    EMAIL, PHONE, POST = "EMAIL", "PHONE", "POST"
    KINDS = [(EMAIL, "email"), (PHONE, "phone"), (POST, "post")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=KINDS)
    value = models.TextField()
    folded = models.CharField(max_length=320, help_text="Lower-case address, digits only, or postcode")
    label = models.CharField(max_length=60, blank=True)
    preferred = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    undeliverable_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "folded"], name="contact_point_by_value"),
            GinIndex(fields=["folded"], name="contact_point_by_part", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "folded"],
                condition=Q(ended_at=None),
                name="a_person_has_a_contact_point_once",
            ),
        ]


class PersonRoleKind(models.Model):
    """What a person can be to the office: staff, applicant, constituent, client, passenger …"""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name


class PersonRole(models.Model):
    """What this person is to the office, from one day until another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.ForeignKey(PersonRoleKind, on_delete=models.PROTECT)
    organisation = models.ForeignKey("people.Organisation", null=True, blank=True, on_delete=models.PROTECT)
    post = models.ForeignKey("people.Post", null=True, blank=True, on_delete=models.PROTECT)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
                name="a_role_ends_after_it_starts",
            ),
        ]


class CautionMarkerQuerySet(models.QuerySet["CautionMarker"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(lifted_at=None, expires_on__gte=on).order_by("-placed_at")


class CautionMarker(models.Model):
    """A warning to staff before contact, with its reason, what to do, and the day it ends by itself."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cautions")
    kind = models.CharField(max_length=60)
    reason = models.TextField()
    instruction = models.TextField()
    placed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    expires_on = models.DateField()
    lifted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    objects = CautionMarkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_caution_marker_has_a_reason"),
        ]


class ProtectedAddress(models.Model):
    """While a row stands, only those who may place cautions see where this person lives."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="protections")
    reason = models.TextField()
    set_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)


class PersonMerge(models.Model):
    """Two records found to be one person: what was moved, so that it can be moved back."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=dict, help_text="label of the model -> ids moved")
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
