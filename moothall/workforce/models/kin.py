from typing import Self

import pghistory
from django.db import models

from moothall.people.models import Account

from .employment import Employment


class NextOfKinQuerySet(models.QuerySet["NextOfKin"]):
    def visible_to(self, account: Account) -> Self:
        """Their own to themselves, and those of others to whoever may see what is private."""
        if account.standing().everywhere_for("workforce.private"):
            return self
        own = models.Q(employment__person_id=account.person_id) if account.person_id else models.Q(pk__in=[])
        return self.filter(own)

    def standing(self) -> Self:
        return self.filter(ended_at=None).order_by("order", "id")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class NextOfKin(models.Model):
    """Whom to tell in an emergency, in this order."""

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="next_of_kin")
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40)
    other_phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = NextOfKinQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "next of kin"

    def __str__(self) -> str:
        return self.name
