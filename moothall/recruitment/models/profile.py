"""What a job asks for: a role profile and its criteria."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account


class RoleProfileQuerySet(models.QuerySet["RoleProfile"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("name", "id")


class RoleProfile(models.Model):
    """A kind of job, in words for those who may want it, and which checks it needs."""

    NONE = "none"
    LEVELS = [
        (NONE, _("None")), ("basic", _("Basic")), ("standard", _("Standard")), ("enhanced", _("Enhanced")),
    ]  # fmt: skip
    MEDICALS = [("form", _("A questionnaire")), ("full", _("A medical"))]

    name = models.CharField(max_length=160, unique=True)
    name_cy = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True)
    about_cy = models.TextField(blank=True)
    disclosure_level = models.CharField(max_length=10, choices=LEVELS, default=NONE)
    vetting_level = models.CharField(max_length=20, default=NONE)
    medical = models.CharField(max_length=4, choices=MEDICALS, default="form")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RoleProfileQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def about_in(self, language: str) -> str:
        return (self.about_cy if language == "cy" else "") or self.about


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def standing(self) -> Self:
        return self.filter(retired_at=None).order_by("place", "id")

    def asked(self) -> Self:
        """Those that somebody answers when they apply."""
        return self.standing().filter(assessed_by__contains=[Criterion.APPLICATION])


class Criterion(models.Model):
    """One thing a job asks for, how much it weighs, and by what it is assessed."""

    ESSENTIAL, DESIRABLE = "ESSENTIAL", "DESIRABLE"
    NECESSITIES = [(ESSENTIAL, _("Essential")), (DESIRABLE, _("Desirable"))]
    APPLICATION, INTERVIEW, TEST, CHECK = "APPLICATION", "INTERVIEW", "TEST", "CHECK"
    WAYS = [
        (APPLICATION, _("The application")), (INTERVIEW, _("An interview")), (TEST, _("A test or exercise")),
        (CHECK, _("A check of papers")),
    ]  # fmt: skip

    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=300)
    name_cy = models.CharField(max_length=300, blank=True)
    necessity = models.CharField(max_length=9, choices=NECESSITIES, default=ESSENTIAL)
    weight = models.PositiveSmallIntegerField(default=1)
    assessed_by = ArrayField(models.CharField(max_length=11, choices=WAYS), default=list)
    most_words = models.PositiveSmallIntegerField(default=300, help_text="Of an answer")
    place = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "key"], condition=Q(retired_at=None), name="a_criterion_stands_once"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    @property
    def is_essential(self) -> bool:
        return self.necessity == self.ESSENTIAL
