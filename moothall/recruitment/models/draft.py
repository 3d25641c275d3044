"""An application that is being filled in, and what is asked for monitoring, which is kept apart from it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .application import Application
from .campaign import Campaign
from .route import Route


class DraftQuerySet(models.QuerySet["Draft"]):
    def forgotten(self, at: dt.datetime) -> Self:
        """Never sent, and past the day until which it was kept."""
        return self.filter(sent_at=None, expires_at__lte=at)


class Draft(models.Model):
    """An application page by page, until it is sent; then it leads to what it became."""

    token = models.CharField(max_length=43, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="drafts")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")
    name = models.CharField(max_length=250, blank=True)
    email = models.CharField(max_length=320, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict, help_text="By the key of the criterion")
    guaranteed_interview = models.BooleanField(default=False)
    adjustments = models.TextField(blank=True)
    reached = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(sent_at=None), name="drafts_by_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, application=None)
                | Q(sent_at__isnull=False, application__isnull=False),
                name="a_sent_draft_is_an_application",
            ),
        ]

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


class MonitoringQuestion(models.Model):
    """One question that is asked for monitoring, as JSON Schema in both languages."""

    key = models.SlugField(max_length=40, unique=True)
    question = models.JSONField()
    place = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.key


class Monitoring(models.Model):
    """What somebody said for monitoring. No column leads from here to who they are: `mark` is a digest that
    only this installation can make of the number of an application, and the database shows the rows to the
    office's own counts alone. By which way in, in which month and how far they came is carried over by night,
    for all together, so that figures need ask no application."""

    RUNNING, JOINED, WITHDREW, REJECTED = "RUNNING", "JOINED", "WITHDREW", "REJECTED"
    ENDS = [
        (RUNNING, _("Still running")), (JOINED, _("Joined")), (WITHDREW, _("Withdrew")),
        (REJECTED, _("Not successful")),
    ]  # fmt: skip

    mark = models.CharField(max_length=64, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(default=dict)
    route = models.ForeignKey(Route, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True, help_text="Its first day; none until it was sent and carried over")
    joined_month = models.DateField(null=True)
    passed = models.PositiveSmallIntegerField(default=0, help_text="The place of the last stage they passed")
    ended = models.CharField(max_length=8, choices=ENDS, default=RUNNING)

    class Meta:
        ordering = ["id"]
