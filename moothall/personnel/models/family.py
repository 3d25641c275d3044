import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.workforce.models import Employment


class FamilyLeaveQuerySet(models.QuerySet["FamilyLeave"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of(self, employments: list[int] | None) -> Self:
        """Those of these employments; None is everybody's."""
        return self if employments is None else self.filter(employment__in=employments)

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)

    def not_over(self, on: dt.date) -> Self:
        return self.standing().filter(ends_on__gte=on)

    def unanswered(self) -> Self:
        return self.standing().filter(confirmed_on=None)

    def shown(self) -> Self:
        return self.select_related("employment__person")


class FamilyLeave(models.Model):
    """One leave for a birth, an adoption, a loss or care: the days it lasts, and what they hang on.

    `kind` is a row of the rules of family leave."""

    NOTICE, BIRTH, ILLNESS = "NOTICE", "BIRTH", "ILLNESS"
    STARTS = [
        (NOTICE, _("On the day they gave")),
        (BIRTH, _("By the birth")),
        (ILLNESS, _("By a pregnancy illness in the last four weeks")),
    ]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="family_leaves")
    kind = models.CharField(max_length=20)
    event_on = models.DateField(help_text="The day the baby is due, the child is placed, or what it is about")
    born_on = models.DateField(null=True)
    notified_on = models.DateField()
    late_because = models.CharField(
        max_length=300, blank=True, help_text="Why notice that came too late was accepted"
    )
    starts_on = models.DateField()
    starts_because = models.CharField(max_length=7, choices=STARTS, default=NOTICE)
    ends_on = models.DateField(help_text="The last day away")
    full_end_on = models.DateField(help_text="The last day of the whole entitlement")
    certificate_on = models.DateField(null=True, help_text="The day its evidence was seen")
    risk_assessed_on = models.DateField(null=True)
    reply_by = models.DateField()
    confirmed_on = models.DateField(null=True)
    return_told_on = models.DateField(null=True, help_text="The day an earlier return was told")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = FamilyLeaveQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["employment", "-starts_on"], name="family_of_employment"),
            models.Index(fields=["ends_on", "starts_on"], name="family_by_days"),
            models.Index(fields=["starts_on", "id"], name="family_by_start"),
            models.Index(
                fields=["reply_by", "id"],
                condition=Q(confirmed_on=None, withdrawn_at=None),
                name="family_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="family_leave_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(full_end_on__gte=F("ends_on")), name="nobody_is_away_beyond_the_entitlement"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="family_leave_has_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.kind} {self.starts_on}"

    @property
    def returns_on(self) -> dt.date:
        return self.ends_on + dt.timedelta(days=1)

    def is_now(self, on: dt.date) -> bool:
        return self.withdrawn_at is None and self.starts_on <= on <= self.ends_on


class TouchDay(models.Model):
    """A day worked to keep in touch, without ending the leave."""

    leave = models.ForeignKey(FamilyLeave, on_delete=models.CASCADE, related_name="touch_days")
    day = models.DateField()
    what = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["leave", "day"], name="a_day_in_touch_counts_once")]

    def __str__(self) -> str:
        return f"{self.leave_id} {self.day}"
