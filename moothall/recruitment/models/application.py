"""Those who apply: one applicant a person, one application a campaign, and what they answered."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Step
from moothall.people.models import Account, Person
from moothall.records.models import Document

from .campaign import Campaign
from .profile import Criterion
from .route import Route


class Applicant(models.Model):
    """A person who applies, whatever for: once, however often they apply. What they say of adjustments goes
    with every application that still runs."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="applicant")
    guaranteed_interview = models.BooleanField(default=False)
    adjustments = models.TextField(blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.person)


class JobApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, account: Account) -> Self:
        """Those of campaigns of one's teams, where the case itself may be seen."""
        campaigns = Campaign.objects.visible_to(account).order_by().values("pk")
        cases = Case.objects.visible_to(account).order_by().values("pk")
        return self.filter(campaign__in=campaigns, case__in=cases)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def running(self) -> Self:
        return self.standing().exclude(case__status=Case.CLOSED)

    def with_stage(self) -> Self:
        """Each with the step that is open: the one furthest on where several are."""
        ready = Step.objects.filter(case=OuterRef("case_id"), state=Step.READY).order_by("-position", "-id")
        return self.annotate(
            stage=Subquery(ready.values("key")[:1]),
            stage_name=Subquery(ready.values("name")[:1]),
            stage_due=Subquery(ready.values("due_on")[:1]),
            stage_turn=Subquery(ready.values("waiting_on")[:1]),
        )

    def with_heard(self) -> Self:
        """Each with when they last heard from us."""
        sent = Entry.objects.filter(case=OuterRef("case_id"), kind=Entry.MAIL_OUT, undone_at=None)
        last = sent.order_by().values("case").annotate(last=Max("at")).values("last")
        return self.annotate(heard_at=Subquery(last))

    def not_heard_since(self, moment: dt.datetime) -> Self:
        """Still running, and without a word from us since then."""
        rows = self.running().with_heard()
        never = Q(heard_at=None, submitted_at__lt=moment)
        return rows.filter(never | Q(heard_at__lt=moment))

    def in_full(self) -> Self:
        return self.select_related("campaign", "route__service", "applicant__person", "case__version")


class Application(models.Model):
    """One person applies to one campaign by one route, on its case, whose steps are the stages."""

    number = models.CharField(max_length=12, unique=True, help_text="What it is called where no name is said")
    token = models.CharField(max_length=43, unique=True, help_text="Whoever has it, signed, may follow it")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="applications")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="applications")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="job_application")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")
    email = models.CharField(max_length=320)
    facts = models.JSONField(default=dict, help_text="What they answered to the rules of entry")
    to_look_at = models.JSONField(default=list, help_text="Keys of rules that stop nobody and were not met")
    guaranteed_interview = models.BooleanField(default=False)
    adjustments = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+", help_text="None: they themselves"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = JobApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["campaign", "-submitted_at", "-id"], name="applications_of_campaign"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "applicant"], condition=Q(withdrawn_at=None),
                name="somebody_applies_to_a_campaign_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Answer(models.Model):
    """What somebody wrote to one criterion. It says nothing of who they are."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["criterion__place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="a_criterion_is_answered_once"),
        ]


class ApplicationFile(models.Model):
    """A file that somebody sent with their application, or later."""

    KINDS = [
        ("cv", _("A curriculum vitae")), ("certificate", _("A certificate or licence")),
        ("identity", _("Proof of identity or right to work")), ("other", _("Something else")),
    ]  # fmt: skip

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=KINDS, default="other")
    name = models.CharField(max_length=255)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
