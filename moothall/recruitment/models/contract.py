"""Contracts written in Word: the office's own files with fields, and what was made of them."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.records.models import Document

from .offer import Offer


class ContractTemplateQuerySet(models.QuerySet["ContractTemplate"]):
    def current(self, on: dt.date) -> Self:
        """Of each the version that counts on a day, of those in use."""
        used = self.filter(from_on__lte=on, retired_at=None)
        counts = used.order_by("name", "-from_on", "-version").distinct("name")
        return self.filter(pk__in=counts.values("pk")).order_by("name")

    def in_full(self) -> Self:
        return self.select_related("document_en", "document_cy", "saved_by").order_by("name", "-version")


class ContractTemplate(models.Model):
    """One version of a contract, from a day on: in English, and in Welsh where the office has that too."""

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    document_en = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    document_cy = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fields = ArrayField(models.CharField(max_length=60), default=list, help_text="What it mentions")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ContractTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="a_version_of_a_contract_is_saved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def document_in(self, language: str) -> Document | None:
        return self.document_cy if language == "cy" else self.document_en


class ContractQuerySet(models.QuerySet["Contract"]):
    def standing(self) -> Self:
        return self.filter(taken_back_at=None)

    def in_full(self) -> Self:
        return self.select_related("template", "document", "letter").order_by("pk")


class Contract(models.Model):
    """The contract of one offer in one language, as it was made from a version."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="contracts")
    template = models.ForeignKey(ContractTemplate, on_delete=models.PROTECT, related_name="contracts")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="With which it was sent",
    )  # fmt: skip
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "language"],
                condition=Q(taken_back_at=None),
                name="an_offer_has_one_contract_in_a_language",
            ),
        ]

    def __str__(self) -> str:
        return self.document.name
