from django.db import models
from django.db.models import Q

from moothall.people.models import Account


class HabitQuerySet(models.QuerySet["Habit"]):
    def current(self) -> "Habit":
        """What the office does now; until it has said, what most do."""
        return self.order_by("-id").first() or Habit()


class Habit(models.Model):
    """How long other bodies are given, and when people who wait are told that it takes longer. Changed by a
    new row."""

    reply_days = models.PositiveSmallIntegerField(
        default=20, help_text="Working days another body has to answer"
    )
    chase_days = models.PositiveSmallIntegerField(default=10, help_text="Working days after each chaser")
    holding_days = models.PositiveSmallIntegerField(
        default=2, help_text="Working days before an answer is due that a holding reply is thought of"
    )
    longer_days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days a holding reply promises the answer within"
    )
    calendar = models.CharField(max_length=10, default="EW")
    saved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    objects = HabitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_days__gt=0, chase_days__gt=0, longer_days__gt=0),
                name="a_habit_leaves_time_to_answer",
            ),
        ]
