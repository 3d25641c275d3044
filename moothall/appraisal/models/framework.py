"""What people are appraised by: frameworks, their competencies at each level, and their scale of marks."""

from typing import Self

from django.db import models
from django.db.models import Q


class NamedInTwo(models.Model):
    """Something with a name in each language."""

    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    about = models.CharField(max_length=400, blank=True)
    about_cy = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def about_in(self, language: str) -> str:
        return (self.about_cy if language == "cy" else "") or self.about


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def drafts(self) -> Self:
        return self.filter(is_draft=True).order_by("name", "id")

    def in_use(self) -> Self:
        """Each in its newest version."""
        newest = self.filter(retired_on=None, is_draft=False).order_by("key", "-version").distinct("key")
        return self.filter(pk__in=newest.values("pk")).order_by("name", "id")


class Framework(NamedInTwo):
    """One version of a framework. Once it is ready it never changes: another wording is another version."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    is_unconfirmed = models.BooleanField(default=False, help_text="Nobody of the office has confirmed it yet")
    is_draft = models.BooleanField(default=False, help_text="It is being worded, and no cycle uses it")
    digest = models.CharField(max_length=64, help_text="Of its wording, as it was brought in")
    added_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="a_framework_has_each_version_once"),
            models.CheckConstraint(condition=~Q(source=""), name="a_framework_has_a_source"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(is_draft=True), name="one_draft_of_a_framework_at_a_time"
            ),
        ]


class Competency(NamedInTwo):
    """Something people are rated on, or a value all of them share."""

    COMPETENCY, VALUE = "COMPETENCY", "VALUE"
    KINDS = [(COMPETENCY, "Competency"), (VALUE, "Value")]

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="competencies")
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=KINDS, default=COMPETENCY)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["framework_id", "position", "id"]
        verbose_name_plural = "competencies"
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "key"], name="a_competency_stands_once_in_its_framework"
            )
        ]


class Descriptor(models.Model):
    """What a competency looks like at a level."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="descriptors")
    level = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    text_cy = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["competency_id", "level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="a_level_is_described_once")
        ]

    def text_in(self, language: str) -> str:
        return (self.text_cy if language == "cy" else "") or self.text


class Mark(NamedInTwo):
    """One step of the scale of a framework; the higher its place the better."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="marks")
    key = models.SlugField(max_length=60)
    place = models.PositiveSmallIntegerField()
    withholds = models.BooleanField(default=False, help_text="It stands against a pay increment")

    class Meta:
        ordering = ["framework_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "key"], name="a_mark_stands_once_in_its_framework"),
            models.UniqueConstraint(
                fields=["framework", "place"], name="two_marks_do_not_share_a_place",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]  # fmt: skip
