"""Who is on duty when, as the duty system says it: files, what they would change, and the days themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.workforce.models import Employment

from .ledger import PARTS


class DutyFile(models.Model):
    """An extract of the duty system: read, shown as differences, then carried out or put aside."""

    READ, DONE, PUT_ASIDE = "READ", "DONE", "ASIDE"
    STATES = [(READ, _("To look at")), (DONE, _("Carried out")), (PUT_ASIDE, _("Put aside"))]

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=5, choices=STATES, default=READ)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    below = models.JSONField(default=list, help_text="Lines that are below the minimum since")
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-brought_at", "-id"]

    def __str__(self) -> str:
        return self.name


class DutyLine(models.Model):
    """What somebody is down for on a day."""

    DUTY, REST, LEAVE, COURT, SICK = "DUTY", "REST", "LEAVE", "COURT", "SICK"
    KINDS = [
        (DUTY, _("On duty")), (REST, _("Rest day")), (LEAVE, _("Leave")), (COURT, _("Court")),
        (SICK, _("Sick")),
    ]  # fmt: skip
    AWAY = (LEAVE, COURT, SICK)

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="duty_lines")
    day = models.DateField()
    part = models.CharField(max_length=1, choices=PARTS, blank=True)
    kind = models.CharField(max_length=5, choices=KINDS, default=DUTY)
    file = models.ForeignKey(DutyFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["day", "employment"], name="duty_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["employment", "day"], name="one_duty_a_day"),
            models.CheckConstraint(
                condition=models.Q(kind="REST") | ~models.Q(part=""), name="a_duty_has_its_part_of_the_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.day} {self.part}"


class DutyChange(models.Model):
    """One line of a file against what was known."""

    NEW, CHANGED, REFUSED = "NEW", "CHANGED", "REFUSED"
    SORTS = [(NEW, _("New")), (CHANGED, _("Changed")), (REFUSED, _("Cannot be read"))]

    file = models.ForeignKey(DutyFile, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField(help_text="The line of the file, its heading being 1")
    sort = models.CharField(max_length=7, choices=SORTS)
    employment = models.ForeignKey(Employment, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(null=True)
    part = models.CharField(max_length=1, blank=True)
    kind = models.CharField(max_length=5, blank=True)
    before = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="Why it cannot be read, or the line itself")

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["file", "sort", "number"], name="duty_change_by_sort")]

    def __str__(self) -> str:
        return f"{self.number} {self.sort}"
