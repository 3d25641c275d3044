"""What payroll was told of leave: run by run, so that what changes later is told as a difference."""

from django.db import models
from django.db.models import Q

from moothall.people.models import Account
from moothall.workforce.models import Employment

from .setting import LeaveKind


class PayrollRun(models.Model):
    """Leave of one month was given to payroll."""

    month = models.DateField(help_text="Its first day")
    number = models.PositiveSmallIntegerField(help_text="Of the runs for this month")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="payroll_runs_of_a_month_are_counted"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_payroll_run_is_for_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}/{self.number}"


class PayrollLine(models.Model):
    """Hours of one kind, of one employment and month: what is new since payroll was last told."""

    run = models.ForeignKey(PayrollRun, on_delete=models.CASCADE, related_name="lines")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="The month in which the leave was; earlier than the run: a correction")
    hours = models.DecimalField(max_digits=7, decimal_places=2, help_text="Below nought takes hours back")

    class Meta:
        ordering = ["run", "employment", "month", "kind"]
        indexes = [models.Index(fields=["month", "employment", "kind"], name="payroll_told_by_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "employment", "kind", "month"], name="a_payroll_run_says_each_thing_once"
            ),
            models.CheckConstraint(condition=~Q(hours=0), name="a_payroll_line_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.month:%Y-%m} {self.hours}"
