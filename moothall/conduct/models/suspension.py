"""Away from work, or from some duties, while a matter is looked into: neutral, and reviewed at intervals."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .matter import Matter


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def standing(self) -> Self:
        return self.filter(ended_on=None)

    def to_review(self, until: dt.date) -> Self:
        """Those whose next review is due by that day, the soonest first."""
        return self.standing().filter(review_by__lte=until).order_by("review_by", "id")

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Those that keep somebody away on any of these days; restricted duties keep nobody away."""
        ends_later = Q(ended_on=None) | Q(ended_on__gte=first)
        return self.filter(ends_later, kind=Suspension.SUSPENDED, from_on__lte=last)


class Suspension(models.Model):
    """Somebody is away on full pay, or does other work, from a day until it is ended; no sanction."""

    SUSPENDED, OTHER_DUTIES = "SUSPENDED", "OTHER_DUTIES"
    KINDS = [(SUSPENDED, _("Suspended on full pay")), (OTHER_DUTIES, _("Other or restricted duties"))]

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="suspensions")
    kind = models.CharField(max_length=12, choices=KINDS)
    from_on = models.DateField()
    because = models.TextField(help_text="Why it is needed, and why nothing less would do")
    terms = models.TextField(help_text="Pay, leave, contact, what they may and may not do")
    review_by = models.DateField(null=True, help_text="When it is looked at again, by the procedure")
    told_on = models.DateField(null=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, help_text="The last day of it")
    ended_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_on=None), name="one_suspension_of_a_matter_stands"
            ),
            models.CheckConstraint(
                condition=~Q(because="") & ~Q(terms=""), name="a_suspension_says_why_and_on_which_terms"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | (Q(ended_on__gte=F("from_on")) & ~Q(ended_because="")),
                name="a_suspension_ends_after_it_begins_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {date_format(self.from_on, 'j F Y')}"


class SuspensionReview(models.Model):
    """A suspension was looked at again: whether it is still needed, and why."""

    CONTINUES, ENDS = "CONTINUES", "ENDS"
    DECISIONS = [(CONTINUES, _("It is still needed")), (ENDS, _("It is no longer needed"))]

    suspension = models.ForeignKey(Suspension, on_delete=models.CASCADE, related_name="reviews")
    held_on = models.DateField()
    decision = models.CharField(max_length=9, choices=DECISIONS)
    reasons = models.TextField()
    was_due_on = models.DateField(null=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="a_review_of_a_suspension_has_its_reasons"),
            models.UniqueConstraint(
                fields=["suspension", "held_on"], name="a_suspension_is_reviewed_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {date_format(self.held_on, 'j F Y')}"
