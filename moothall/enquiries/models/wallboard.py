import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account, Team


class AnswerTargetQuerySet(models.QuerySet["AnswerTarget"]):
    def in_force(self, team: Team, *, on: dt.date) -> "AnswerTarget | None":
        return self.filter(team=team, from_on__lte=on).order_by("-from_on", "-id").first()


class AnswerTarget(models.Model):
    """How many answers a team means to give on a day, from a day on."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    answers = models.PositiveIntegerField()
    from_on = models.DateField()
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = AnswerTargetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "-from_on", "-id"], name="answer_target_of_team")]


class DisplayLinkQuerySet(models.QuerySet["DisplayLink"]):
    def in_force(self) -> Self:
        return self.filter(revoked_at=None)


class DisplayLink(models.Model):
    """An address under which a screen on the wall shows a team's numbers, without anybody signed in."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=120, help_text="Where the screen hangs")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = DisplayLinkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(where=""), name="a_display_says_where_it_hangs")]
