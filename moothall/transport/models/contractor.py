"""Companies and taxi drivers of their own that take passengers for us."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account

LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]


class ContractorQuerySet(models.QuerySet["Contractor"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def working(self, on: dt.date) -> Self:
        """Those that have not ended."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=on))


class Contractor(models.Model):
    """Somebody outside the council who takes passengers for us, under contracts, with crews of their own."""

    number = models.SlugField(max_length=20, unique=True, help_text="As it stands on job sheets and invoices")
    name = models.CharField(max_length=120, unique=True)
    name_cy = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=160, blank=True, help_text="Whom we speak to")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="The last day on which they work for us")
    ended_because = models.CharField(max_length=200, blank=True)

    objects = ContractorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_contractor_has_a_name"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_because=""), name="a_contractor_who_ended_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name
