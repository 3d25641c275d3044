"""Somebody asks for help with travel: what was found, what was decided, and what they appealed against."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.people.models import Account

from .centre import Centre
from .eligibility import PHASES, EligibilityRule
from .passenger import NATIONS, Passenger


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def in_force(self, on: dt.date) -> Self:
        found = self.standing().filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        return found.order_by("-from_on", "-id")

    def to_review(self, by_day: dt.date) -> Self:
        return self.standing().filter(review_on__lte=by_day).order_by("review_on", "id")


class Entitlement(models.Model):
    """A passenger is helped to travel, in one way, from a day until they age out or it is reviewed."""

    TRANSPORT, BUDGET, MILEAGE, PASS = "TRANSPORT", "BUDGET", "MILEAGE", "PASS"
    WAYS = [
        (TRANSPORT, _("A place on a vehicle")), (BUDGET, _("A personal travel budget")),
        (MILEAGE, _("Mileage paid to the family")), (PASS, _("A bus pass")),
    ]  # fmt: skip

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="entitlements")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=9, choices=WAYS)
    rule = models.ForeignKey(EligibilityRule, null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day: they age out, or it ends")
    review_on = models.DateField(help_text="By when it is looked at again")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=200, blank=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_entitlement_to_travel_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_because=""),
                name="an_ended_entitlement_to_travel_says_why",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["review_on", "id"], condition=Q(ended_at=None), name="travel_to_review"),
        ]


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, account: Account) -> Self:
        """For those who work with transport, of cases that they see."""
        if not account.may("transport.use"):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(account).order_by().values("pk"))

    def waiting(self) -> Self:
        return self.filter(decisions=None)


class Application(models.Model):
    """One request for help with travel, on its case. Who it is about is said by whoever asks."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="transport_application")
    passenger = models.ForeignKey(
        Passenger, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    name = models.CharField(max_length=250, help_text="Of the person who is to travel")
    born_on = models.DateField(null=True, blank=True)
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["-received_on", "-id"], name="application_by_received")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="an_application_names_somebody")]

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """The facts of an application as they were known then, and what the rules of that day said to them."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    nation = models.CharField(max_length=3, choices=NATIONS)
    phase = models.CharField(max_length=9, choices=PHASES)
    age = models.PositiveSmallIntegerField()
    on = models.DateField(help_text="The first day of travel, whose rules count")
    miles = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    measured = models.CharField(max_length=20, help_text="By which way of measuring")
    facts = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    evidence = models.TextField(blank=True, help_text="What shows each fact")
    rule = models.ForeignKey(EligibilityRule, null=True, on_delete=models.PROTECT, related_name="+")
    tried = models.JSONField(default=list, help_text="Every rule looked at, and what of it was not met")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]

    @property
    def is_entitled(self) -> bool:
        return self.rule_id is not None


class Decision(models.Model):
    """What was decided, at first or on appeal, and why. A later one takes its place; none is changed."""

    AGREED, REFUSED = "AGREED", "REFUSED"
    OUTCOMES = [(AGREED, _("Agreed")), (REFUSED, _("Refused"))]
    FIRST, REVIEW, PANEL = 0, 1, 2
    STAGES = [(FIRST, _("First decision")), (REVIEW, _("First appeal")), (PANEL, _("Appeal panel"))]

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    stage = models.PositiveSmallIntegerField(choices=STAGES, default=FIRST)
    outcome = models.CharField(max_length=7, choices=OUTCOMES)
    because = models.TextField()
    entitlement = models.ForeignKey(
        Entitlement, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["stage", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="a_stage_is_decided_once"),
            models.CheckConstraint(condition=~Q(because=""), name="a_decision_on_travel_has_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome="AGREED", entitlement__isnull=False)
                | Q(outcome="REFUSED", entitlement=None),
                name="agreed_travel_is_an_entitlement",
            ),
        ]  # fmt: skip


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, account: Account) -> Self:
        if not account.may("transport.use"):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(account).order_by().values("pk"))


class Appeal(models.Model):
    """They ask for a refusal to be looked at again, at the first stage or by a panel, on its own case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appeals")
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="transport_appeal")
    stage = models.PositiveSmallIntegerField(choices=Decision.STAGES)
    received_on = models.DateField()
    ask_by = models.DateField(help_text="The last day to ask, as reckoned then")
    grounds = models.TextField()
    late_because = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="a_stage_is_appealed_to_once"),
            models.CheckConstraint(condition=Q(stage__in=(1, 2)), name="an_appeal_has_two_stages"),
            models.CheckConstraint(
                condition=Q(received_on__lte=F("ask_by")) | ~Q(late_because=""), name="a_late_appeal_says_why"
            ),
        ]


class TravelReview(models.Model):
    """The case in which an entitlement is looked at again: once for each review day."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="reviews")
    review_on = models.DateField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="travel_review")

    class Meta:
        ordering = ["-review_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement", "review_on"], name="a_review_of_travel_is_opened_once"
            ),
        ]  # fmt: skip
