from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value

from moothall.core.folding import Concat, Fold


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def named_like(self, words: str) -> Self:
        """Each of the words begins a word of either name, whatever the accents and capitals."""
        found = self
        for word in words.split()[:6]:
            found = found.filter(folded_name__regex=Concat(Value("(^| )"), Fold(Value(word))))
        return found.order_by("folded_name", "id")


class Organisation(models.Model):
    """A body with a name: our own, a partner, a supplier, a school."""

    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40, default="partner")
    folded_name = models.GeneratedField(
        expression=Fold(Concat("name", Value(" "), "name_cy")),
        output_field=models.TextField(),
        db_persist=True,
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["folded_name"], name="organisation_by_name", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Team(models.Model):
    """A group of staff who share work: the unit that owns services and cases."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    email = models.EmailField(blank=True)
    lead = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Place(models.Model):
    """Somewhere work happens: an office, a school, a depot."""

    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class Post(models.Model):
    """A job in the structure, whether or not somebody holds it."""

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    title_cy = models.CharField(max_length=160, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.title
