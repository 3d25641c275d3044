"""Who has to take which course by when: worked out each night from what is asked, passed and held."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, Value, When

from moothall.workforce.models import Employment

from .course import Course, CourseRequirement


class NeedQuerySet(models.QuerySet["Need"]):
    def running_out(self, on: dt.date, *, within: int) -> Self:
        """Due in so many days, or overdue."""
        return self.filter(due_on__lte=on + dt.timedelta(days=within)).order_by("due_on", "id")

    def stating(self, on: dt.date) -> Self:
        """Each with how it stands that day, as `stands`."""
        soon = on + dt.timedelta(days=Need.SOON)
        return self.annotate(
            stands=Case(
                When(due_on=None, then=Value("DONE")),
                When(due_on__lt=on, then=Value("OVER")),
                When(held_since=None, then=Value("TODO")),
                When(due_on__lte=soon, then=Value("SOON")),
                default=Value("DONE"),
                output_field=models.CharField(),
            )
        )


class Need(models.Model):
    """One person and one course: since when they have it, and by when they have to take it (again)."""

    SOON = 90

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="training_needs")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="needs")
    requirement = models.ForeignKey(CourseRequirement, on_delete=models.CASCADE, related_name="+")
    held_since = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="Empty: once is enough, and it is done")
    noted_at = models.DateTimeField()

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["course", "due_on"], name="need_by_course")]
        constraints = [
            models.UniqueConstraint(fields=["employment", "course"], name="a_course_is_needed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.course_id} {self.due_on}"
