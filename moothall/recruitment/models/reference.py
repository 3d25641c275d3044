"""References: who is asked, and what each of them wrote."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account

from .application import Application


class RefereeQuerySet(models.QuerySet["Referee"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def outstanding(self) -> Self:
        """Asked, and nothing came yet."""
        return self.standing().filter(asked_at__isnull=False, answered_at=None, declined_at=None)

    def in_full(self) -> Self:
        return self.select_related("application__campaign", "application__applicant__person")


class Referee(models.Model):
    """Somebody who is asked about an applicant, and can answer by a link of their own without signing in."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="referees")
    token = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=160)
    organisation = models.CharField(max_length=160, blank=True)
    email = models.CharField(max_length=320)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")
    knows_from = models.DateField(help_text="The first day that this reference is about")
    knows_until = models.DateField(null=True, blank=True, help_text="None: until today")
    is_alternative = models.BooleanField(default=False, help_text="Named because another did not answer")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RefereeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="referees_who_wait",
                condition=Q(answered_at=None, declined_at=None, removed_at=None, asked_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"], condition=Q(removed_at=None), name="a_referee_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(knows_until=None) | Q(knows_until__gte=F("knows_from")),
                name="a_reference_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(declined_at=None), name="a_referee_answers_or_declines"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.removed_at is None and self.answered_at is None and self.declined_at is None

    def waits_since(self) -> dt.datetime | None:
        return self.reminded_at or self.asked_at


class Reference(models.Model):
    """What a referee wrote, as they wrote it: kept while they write, and never changed once it is sent."""

    referee = models.OneToOneField(Referee, on_delete=models.PROTECT, related_name="reference")
    said = models.JSONField(default=dict)
    kept_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.referee)
