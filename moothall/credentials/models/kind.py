"""Kinds of credential, how long each is valid, what asks for it, and what it lets people do."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account, Organisation, Post


def usual_ladder() -> list[int]:
    return [90, 60, 30]


class NamedInTwo(models.Model):
    """Something with a key and a name in each language."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Activity(NamedInTwo):
    """Something that not everybody may be given to do: drive a minibus, escort passengers."""

    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "activities"


class CredentialKindQuerySet(models.QuerySet["CredentialKind"]):
    def in_use(self) -> Self:
        return self.filter(retired_on=None).order_by("name", "id")


class CredentialKind(NamedInTwo):
    """A licence, a check, a certificate, a clearance, a pass."""

    description = models.CharField(max_length=300, blank=True)
    description_cy = models.CharField(max_length=300, blank=True)
    must_expire = models.BooleanField(default=True, help_text="One without a last day is not accepted")
    second_check = models.BooleanField(
        default=False, help_text="Also what the desk records is verified by somebody else"
    )
    opens_case = models.BooleanField(
        default=True, help_text="Where the office has a service for it, a case is opened before the end"
    )
    ladder = ArrayField(
        models.PositiveSmallIntegerField(), default=usual_ladder, blank=True,
        help_text="Days before the end on which people are reminded",
    )  # fmt: skip
    evidence_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The evidence is destroyed so many months after the decision"
    )
    met_by = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="meets")
    retired_on = models.DateField(null=True, blank=True)

    objects = CredentialKindQuerySet.as_manager()

    class Meta:
        ordering = ["name"]


class Validity(models.Model):
    """How many months a kind is valid, from a day on, and who says so. Without months: not confirmed."""

    kind = models.ForeignKey(CredentialKind, on_delete=models.CASCADE, related_name="validities")
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind_id", "-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_validity_ends_later"
            ),
            models.UniqueConstraint(fields=["kind", "from_on"], name="a_kind_changes_validity_once_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="a_validity_has_a_source"),
        ]


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def between(self, first: dt.date, last: dt.date) -> Self:
        found = self.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
        return found.filter(withdrawn_at=None).order_by("id")

    def in_force(self, on: dt.date) -> Self:
        return self.between(on, on)


class Requirement(models.Model):
    """An activity, a post, a unit or a workforce asks for a kind of credential, for a while."""

    kind = models.ForeignKey(CredentialKind, on_delete=models.PROTECT, related_name="requirements")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    workforce = models.CharField(max_length=14, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["kind_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(activity__isnull=False, post=None, unit=None, workforce="")
                    | Q(activity=None, post__isnull=False, unit=None, workforce="")
                    | Q(activity=None, post=None, unit__isnull=False, workforce="")
                    | (Q(activity=None, post=None, unit=None) & ~Q(workforce=""))
                ),
                name="one_thing_asks_for_a_credential",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_requirement_ends_later"
            ),
        ]
