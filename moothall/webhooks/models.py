"""Other systems that are told what happens to cases, and every time one was or could not be told."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account


class AllowedHostQuerySet(models.QuerySet["AllowedHost"]):
    def in_force(self) -> Self:
        return self.filter(ended_at=None).order_by("host")


class AllowedHost(models.Model):
    """A machine outside that may be told anything at all, and who said so."""

    host = models.CharField(max_length=253)
    reason = models.CharField(max_length=200)
    allowed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AllowedHostQuerySet.as_manager()

    class Meta:
        ordering = ["host", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["host"], condition=Q(ended_at=None), name="a_host_is_allowed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.host


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def in_use(self) -> Self:
        return self.filter(ended_at=None).order_by("name", "id")


class Endpoint(models.Model):
    """An address that is told, of what, and with which secret it is signed."""

    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    secret = models.TextField(help_text="Sealed")
    secret_before = models.TextField(blank=True, help_text="Sealed; signs too until it ends")
    secret_before_until = models.DateTimeField(null=True, blank=True)
    verbs = ArrayField(models.CharField(max_length=40), default=list, help_text="None: all of them")
    services = models.ManyToManyField("cases.Service", related_name="+", help_text="None: all of them")
    teams = models.ManyToManyField("people.Team", related_name="+", help_text="None: all of them")
    failures = models.PositiveIntegerField(default=0, help_text="One after another")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    owner = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who knows the secret"
    )
    owner_left_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paused_at=None) | ~Q(paused_because=""), name="a_paused_endpoint_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, *, at: dt.datetime) -> Self:
        """To be told now: of endpoints that are neither paused nor ended."""
        ready = self.filter(state=Delivery.DUE, next_at__lte=at)
        return ready.filter(endpoint__paused_at=None, endpoint__ended_at=None).order_by("next_at", "id")

    def newest_first(self) -> Self:
        return self.order_by("-id")


class Delivery(models.Model):
    """One event for one endpoint: written in the transaction in which it happened, told afterwards."""

    DUE, TOLD, GIVEN_UP, DROPPED = "DUE", "TOLD", "GIVEN_UP", "DROPPED"
    STATES = [
        (DUE, _("To be told")),
        (TOLD, _("Told")),
        (GIVEN_UP, _("Given up")),
        (DROPPED, _("Not told: the case is now restricted")),
    ]
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.UUIDField(help_text="The same for every endpoint and every attempt")
    verb = models.CharField(max_length=40)
    reference = models.CharField(max_length=20)
    service_key = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default=DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True, help_text="The status, or what went wrong")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state="DUE"), name="delivery_due"),
            models.Index(fields=["endpoint", "-id"], name="delivery_by_endpoint"),
            models.Index(fields=["reference"], condition=Q(state="DUE"), name="delivery_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "event"], name="an_endpoint_is_told_of_an_event_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="TOLD") | Q(told_at__isnull=False), name="what_was_told_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.verb}"
