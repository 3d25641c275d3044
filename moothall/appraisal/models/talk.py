"""One-to-ones and supervision: what was said between the two, and what they agreed to do."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.models import Assignment, Employment


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, account: Account) -> Self:
        """The two who talked, and whoever may see what is private. A later manager does not."""
        standing = account.standing()
        if standing.everywhere_for("workforce.private"):
            return self
        seen = Q(pk__in=[])
        if account.person_id:
            seen |= Q(employment__person_id=account.person_id) | Q(manager__person_id=account.person_id)
        if teams := standing.teams_for("workforce.private"):
            held = Assignment.objects.in_force(today()).filter(post__team_id__in=teams)
            seen |= Q(employment_id__in=list(held.order_by().values_list("employment_id", flat=True)))
        return self.filter(seen)


class Talk(models.Model):
    """A one-to-one, or supervision, on a day."""

    ONE_TO_ONE, SUPERVISION = "TALK", "SUPERVISION"
    KINDS = [(ONE_TO_ONE, _("One-to-one")), (SUPERVISION, _("Supervision"))]

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="talks")
    manager = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=KINDS, default=ONE_TO_ONE)
    held_on = models.DateField()
    notes = models.TextField()
    next_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["employment", "-held_on"], name="talk_of_employment")]
        constraints = [
            models.CheckConstraint(condition=~Q(notes=""), name="a_talk_has_notes"),
            models.CheckConstraint(
                condition=~Q(manager=models.F("employment")), name="a_talk_is_between_two"
            ),
        ]


class Action(models.Model):
    """Something one of the two does by a day."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(max_length=300)
    is_managers = models.BooleanField(default=False)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on", "talk"], condition=Q(done_at=None), name="action_to_do")]
