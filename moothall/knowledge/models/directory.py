import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from moothall.cases.models.worklists import either_language

CHECKED_EVERY = dt.timedelta(days=183)


class SignpostQuerySet(models.QuerySet["Signpost"]):
    def in_force(self, on: dt.date) -> Self:
        """Entries that people may be sent to on this day, by name."""
        begun = Q(from_on=None) | Q(from_on__lte=on)
        not_ended = Q(until_on=None) | Q(until_on__gte=on)
        return self.filter(begun & not_ended, retired_at=None).order_by("name", "id")

    def mentioning(self, words: str) -> Self:
        asked = either_language(words)
        return self.filter(Q(words_en=asked) | Q(words_cy=asked))

    def unchecked(self, on: dt.date) -> Self:
        """Entries nobody has checked for half a year."""
        return self.filter(checked_on__lt=on - CHECKED_EVERY)


class Signpost(models.Model):
    """Who else can help: with what, where, when open, for whom, in which languages, from and until when."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    when_to_use = models.TextField()
    when_to_use_cy = models.TextField(blank=True)
    how = models.TextField(help_text="Phone, address, page")
    how_cy = models.TextField(blank=True)
    where = models.TextField(blank=True)
    where_cy = models.TextField(blank=True)
    hours = models.CharField(max_length=300, blank=True, help_text="Mon-Fri 09:00-16:00; Sat 10:00-12:00")
    coverage = models.CharField(max_length=200, blank=True)
    coverage_cy = models.CharField(max_length=200, blank=True)
    eligibility = models.CharField(max_length=300, blank=True)
    eligibility_cy = models.CharField(max_length=300, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    public = models.BooleanField(default=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    words_en = SearchVectorField(null=True)
    words_cy = SearchVectorField(null=True)

    objects = SignpostQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["words_en"], name="signpost_by_words_en"),
            GinIndex(fields=["words_cy"], name="signpost_by_words_cy"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(from_on__lte=F("until_on")),
                name="an_entry_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        """A field in a language; English where the Welsh is not written."""
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))

    def is_offered(self, on: dt.date) -> bool:
        begun = self.from_on is None or self.from_on <= on
        return self.retired_at is None and begun and (self.until_on is None or self.until_on >= on)

    def needs_checking(self, on: dt.date) -> bool:
        return self.checked_on < on - CHECKED_EVERY
