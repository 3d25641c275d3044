"""What falls due in an employment: probation, a fixed term, retirement, and what is only for a time."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.workforce.models import Employment


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, account: Account) -> Self:
        """One's own, those of one's people today, and those of whom one keeps the records."""
        if account.standing().everywhere_for("workforce.view"):
            return self
        # The ids first: the planner then begins at the few.
        seen = list(Employment.objects.visible_to(account).order_by().values_list("pk", flat=True))
        return self.filter(employment__in=seen)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def open(self) -> Self:
        return self.standing().filter(settled_at=None)

    def late(self, on: dt.date) -> Self:
        """What should have been decided before that day."""
        return self.open().filter(act_by__lt=on)

    def in_full(self) -> Self:
        return self.select_related("employment__person", "case", "settled_by", "opened_by")


class Term(models.Model):
    """Something about an employment that ends or comes due on a day, until somebody has settled it."""

    PROBATION, FIXED_TERM, RETIREMENT = "PROBATION", "FIXED_TERM", "RETIREMENT"
    SECONDMENT, ACTING_UP, PROMOTION = "SECONDMENT", "ACTING_UP", "PROMOTION"
    LONG_SERVICE = "LONG_SERVICE"
    KINDS = [
        (PROBATION, _("Probation")), (FIXED_TERM, _("End of a fixed term")), (RETIREMENT, _("Retirement")),
        (SECONDMENT, _("End of a secondment")), (ACTING_UP, _("End of acting up")),
        (PROMOTION, _("End of a temporary promotion")), (LONG_SERVICE, _("Long service")),
    ]  # fmt: skip
    CONFIRMED, EXTENDED, PERMANENT = "CONFIRMED", "EXTENDED", "PERMANENT"
    ENDED, CANCELLED, HONOURED = "ENDED", "CANCELLED", "HONOURED"
    OUTCOMES = [
        (CONFIRMED, _("Confirmed")), (EXTENDED, _("Extended")), (PERMANENT, _("Made permanent")),
        (ENDED, _("Ended")), (CANCELLED, _("Called off")), (HONOURED, _("Honoured")),
    ]  # fmt: skip
    AGE, FLEXIBLE, ILL_HEALTH = "age", "flexible", "ill-health"
    WAYS = [(AGE, _("Age")), (FLEXIBLE, _("Flexible")), (ILL_HEALTH, _("Ill health"))]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=12, choices=KINDS)
    route = models.SlugField(max_length=40, blank=True, help_text="Of a probation; the way of a retirement")
    title = models.CharField(max_length=160, blank=True, help_text="What it is, such as the post acted up to")
    years = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of long service")
    began_on = models.DateField()
    due_on = models.DateField(help_text="The last day, or the day it comes due")
    act_by = models.DateField(help_text="By when it is to be decided")
    extends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="extensions"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    because = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="term")

    objects = TermQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(withdrawn_at=None), name="term_by_day"),
            models.Index(
                fields=["act_by", "id"],
                condition=Q(withdrawn_at=None, settled_at=None),
                name="term_to_decide",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("began_on")), name="a_term_falls_due_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="a_settled_term_says_how",
            ),
            models.UniqueConstraint(
                fields=["employment", "kind", "due_on"],
                condition=Q(withdrawn_at=None),
                name="a_term_falls_due_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.employment.person}"

    def is_late(self, on: dt.date) -> bool:
        return self.settled_at is None and self.act_by < on


class TermStep(models.Model):
    """One thing that is done about a term by a day: a review, a warning, a talk."""

    KEYS = [
        ("PLAN", _("Objectives and training are agreed")), ("REVIEW_1", _("Review after one month")),
        ("REVIEW_3", _("Review after three months")), ("REVIEW_6", _("Review after six months")),
        ("REVIEW_12", _("Review after a year")), ("REVIEW_18", _("Review after eighteen months")),
        ("REVIEW", _("Review halfway")), ("DIARY", _("Week 20: is a decision on the way?")),
        ("DECIDE", _("Decision")), ("WARN", _("The manager is warned")),
        ("FOUR_YEARS", _("Would an extension make it permanent?")),
        ("CONSULT", _("Talk with them, and tell them of vacancies")), ("NOTICE", _("Notice")),
        ("ESTIMATE", _("Pension estimate")), ("FORMS", _("Pension forms")),
        ("DECISION_IN", _("Decision on the ill-health route is in")),
        ("RECOGNITION", _("Award, certificate, event")), ("REMIND", _("The manager is reminded")),
    ]  # fmt: skip

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=12, choices=KEYS)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    has_concerns = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(done_on=None), name="term_step_due")]
        constraints = [
            models.UniqueConstraint(fields=["term", "key"], name="a_term_has_a_step_once"),
        ]

    def __str__(self) -> str:
        return self.get_key_display()


class TermLetter(models.Model):
    """A letter about a term, once of each kind to each reader, whoever asks for it again."""

    PERSON, MANAGER = "PERSON", "MANAGER"
    READERS = [(PERSON, _("The person")), (MANAGER, _("Their manager"))]

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=60)
    reader = models.CharField(max_length=7, choices=READERS)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "key", "reader"], name="a_letter_about_a_term_goes_once"),
        ]

    def __str__(self) -> str:
        return self.key
