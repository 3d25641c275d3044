import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value

from moothall.core.folding import Concat, Fold

from .lookup import PersonQuerySet

if TYPE_CHECKING:
    from .account import Account

ENGLISH, WELSH, UNKNOWN = "en", "cy", ""
LANGUAGES = [(UNKNOWN, "not known"), (ENGLISH, "English"), (WELSH, "Cymraeg")]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(), exclude=["folded_name"])
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
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["folded_name"], name="person_by_name", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["family_name", "id"], name="person_by_family_name"),
            models.Index(fields=["folded_name", "id"], name="person_in_order_of_name"),
            models.Index(fields=["born_on"], condition=Q(born_on__isnull=False), name="person_by_birth"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="a_person_has_a_name"),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="person_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def in_use(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, account: "Account") -> Self:
        """Where people live is left out while it is protected, for all but those who may see it."""
        if account.may("people.caution"):
            return self
        from .caution import ProtectedAddress

        protected = ProtectedAddress.objects.standing().filter(person=models.OuterRef("person"))
        return self.exclude(models.Exists(protected), kind=ContactPoint.POST)

    def preferred_first(self) -> Self:
        return self.order_by("kind", "-preferred", "id")


class ContactPoint(models.Model):
    """A way to reach a person: mail, phone or post, for as long as it holds."""

    EMAIL, PHONE, POST = "EMAIL", "PHONE", "POST"
    KINDS = [(EMAIL, "email"), (PHONE, "phone"), (POST, "post")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=KINDS)
    value = models.TextField()
    folded = models.CharField(
        max_length=320, help_text="Lower-case address, digits only, or postcode and the words of the address"
    )
    label = models.CharField(max_length=60, blank=True)
    preferred = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    undeliverable_since = models.DateTimeField(null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

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
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(ended_at=None, preferred=True),
                name="a_person_prefers_one_contact_point_of_a_kind",
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="a_contact_point_can_be_found"),
        ]

    def __str__(self) -> str:
        return self.value


class PersonRoleKind(models.Model):
    """What a person can be to the office: staff, applicant, constituent, client, passenger …"""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class PersonRoleQuerySet(models.QuerySet["PersonRole"]):
    def in_force(self, on: dt.date) -> Self:
        still = Q(ended_on=None) | Q(ended_on__gt=on)
        return self.filter(still, started_on__lte=on).order_by("started_on", "id")


class PersonRole(models.Model):
    """What this person is to the office, from one day until another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.ForeignKey(PersonRoleKind, on_delete=models.PROTECT)
    organisation = models.ForeignKey("people.Organisation", null=True, blank=True, on_delete=models.PROTECT)
    post = models.ForeignKey("people.Post", null=True, blank=True, on_delete=models.PROTECT)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = PersonRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
                name="a_role_ends_after_it_starts",
            ),
        ]
