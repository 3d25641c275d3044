from typing import Self

from django.db import models
from django.db.models import Q

from moothall.core.ready_queries import ready_query
from moothall.people.models import Account


class Format(models.Model):
    """A way of putting words that somebody may need: large print, Easy Read, audio, braille, signing."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_cy = models.CharField(max_length=80, blank=True)
    made_here = models.BooleanField(default=False, help_text="The office makes it itself")
    points = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Letters are printed in this")
    how = models.TextField(blank=True, help_text="What colleagues do, and who makes it where we cannot")
    how_cy = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=16), name="large_print_is_sixteen_points_or_more"
            ),
            models.CheckConstraint(
                condition=Q(made_here=True) | ~Q(how=""), name="a_format_not_made_here_says_who_makes_it"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        """A field in a language; English where the Welsh is not written."""
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))


class FormatNeedQuerySet(models.QuerySet["FormatNeed"]):
    def in_force(self) -> Self:
        return self.filter(ended_at=None)


class FormatNeed(models.Model):
    """Somebody needs a format, from when until when."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="format_needs")
    format = models.ForeignKey(Format, on_delete=models.PROTECT, related_name="needs")
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = FormatNeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "format"], condition=Q(ended_at=None), name="a_format_is_needed_once"
            ),
        ]


@ready_query("person")
def formats_of(*, person: int) -> models.QuerySet[FormatNeed]:
    """What somebody needs now."""
    found = FormatNeed.objects.in_force().filter(person=person).select_related("format")
    return found.order_by("format__position", "id")
