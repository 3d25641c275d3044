import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.ready_queries import ready_query
from moothall.core.refusals import Words
from moothall.people.models import Account

CHANNELS: list[tuple[str, Words]] = [
    ("MAIL", _("email")),
    ("PHONE", _("telephone")),
    ("POST", _("letter")),
    ("COUNTER", _("appointment")),
]
DAYS: list[tuple[int, Words]] = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
]


class ContactPlanQuerySet(models.QuerySet["ContactPlan"]):
    def visible_to(self, account: Account) -> Self:
        """Why there is a plan is known to those who make plans; everybody else is told what to do alone."""
        return self if account.may("casework.plan") else self.none()

    def proposed(self) -> Self:
        return self.filter(approved_at=None, refused_at=None, ended_at=None)

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False, ended_at=None)

    def in_force(self, on: dt.date) -> Self:
        return self.approved().filter(from_on__lte=on, until_on__gte=on)

    def to_look_at(self, on: dt.date, *, by: Account) -> Self:
        """Proposed by somebody else, not told yet, appealed against, or due to be looked at again."""
        proposed = Q(approved_at=None, refused_at=None) & ~Q(proposed_by=by)
        standing = Q(approved_at__isnull=False, until_on__gte=on)
        asks = Q(told_at=None) | Q(review_on__lte=on) | Q(appealed_at__isnull=False, decided_at=None)
        return self.filter(proposed | (standing & asks), ended_at=None)


class ContactPlan(models.Model):
    """How somebody whose contact has become unreasonable may reach the office, for a while: proposed by one
    person, approved by another, told to the person, looked at again."""

    PROPOSED, REFUSED, IN_FORCE, TO_COME = "PROPOSED", "REFUSED", "IN_FORCE", "TO_COME"
    EXPIRED, ENDED = "EXPIRED", "ENDED"
    STANDS, CHANGED, LIFTED = "STANDS", "CHANGED", "LIFTED"
    DECISIONS = [(STANDS, "it stands"), (CHANGED, "it is changed"), (LIFTED, "it is lifted")]

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="contact_plans")
    reason = models.TextField(help_text="What happened, how often, and what was tried before")
    officer = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The only one who answers",
    )  # fmt: skip
    channel = models.CharField(max_length=7, blank=True, choices=CHANNELS)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, choices=DAYS)
    instruction = models.TextField(help_text="What colleagues do when they are contacted")
    from_on = models.DateField()
    until_on = models.DateField()
    review_on = models.DateField()
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_because = models.TextField(blank=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    appeal = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=7, blank=True, choices=DECISIONS)
    decided_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    objects = ContactPlanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "until_on"], name="plan_by_person"),
            models.Index(fields=["review_on", "id"], name="plan_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(instruction=""), name="a_plan_says_why_and_what_to_do"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_plan_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("from_on"), review_on__lte=F("until_on")),
                name="a_plan_is_looked_at_while_it_stands",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="a_plan_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_because=""), name="a_plan_ended_says_why"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("approved_by")),
                name="an_appeal_is_decided_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    def state(self, on: dt.date) -> str:
        if self.ended_at is not None:
            return self.ENDED
        if self.refused_at is not None:
            return self.REFUSED
        if self.approved_at is None:
            return self.PROPOSED
        if self.from_on > on:
            return self.TO_COME
        return self.IN_FORCE if self.until_on >= on else self.EXPIRED


class PlanReview(models.Model):
    """Somebody looked at a plan again and let it stand until another day."""

    plan = models.ForeignKey(ContactPlan, on_delete=models.CASCADE, related_name="reviews")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    until_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_plan_review_says_why")]


@ready_query("person")
def plans_of(*, person: int, on: dt.date) -> models.QuerySet[ContactPlan]:
    """The plans in force for somebody."""
    return ContactPlan.objects.in_force(on).filter(person=person).select_related("officer").order_by("id")
