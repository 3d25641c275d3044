from typing import Self

from django.db import models
from django.db.models import Q

from moothall.cases.models import Case
from moothall.people.models import Account


class OmbudsmanQuerySet(models.QuerySet["Ombudsman"]):
    def current(self) -> "Ombudsman | None":
        return self.order_by("-id").first()


class Ombudsman(models.Model):
    """Who looks at a complaint after us, and how to reach them. Changed by a new row."""

    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    how = models.TextField(blank=True, help_text="Telephone, address, page: as they stand on the source")
    how_cy = models.TextField(blank=True)
    website = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Where this was read")
    source_read_on = models.DateField(null=True, blank=True)
    saved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    objects = OmbudsmanQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(case__in=Case.objects.visible_to(account))


class Complaint(models.Model):
    """A case at one stage of a complaint. The second stage is a case of its own, seen to by somebody else."""

    UPHELD, PARTLY, NOT_UPHELD = "upheld", "part_upheld", "not_upheld"
    FINDINGS = [(UPHELD, "upheld"), (PARTLY, "upheld in part"), (NOT_UPHELD, "not upheld")]

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="complaint")
    stage = models.PositiveSmallIntegerField(choices=[(1, "stage 1"), (2, "stage 2")])
    first = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="second", help_text="The stage before this"
    )
    because = models.TextField(blank=True, help_text="Why it went to the second stage")
    finding = models.CharField(max_length=12, blank=True, choices=FINDINGS)
    found = models.TextField(blank=True)
    concluded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=1, first=None) | Q(stage=2), name="a_complaint_begins_at_its_first_stage"
            ),
            models.CheckConstraint(
                condition=Q(finding="") | Q(concluded_by__isnull=False, concluded_at__isnull=False),
                name="a_finding_says_who_and_when",
            ),
        ]


class ComplaintExtension(models.Model):
    """More time for an answer, with the reason that was given to whoever complained."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="extensions")
    reason = models.TextField()
    was_due_on = models.DateField(null=True)
    until = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="an_extension_has_a_reason")]


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, account: Account) -> Self:
        return self.filter(complaint__case__in=Case.objects.visible_to(account))


class Lesson(models.Model):
    """What a complaint taught, and what changes because of it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="lessons")
    text = models.TextField()
    action = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = LessonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="lesson_by_time")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_lesson_says_something")]
