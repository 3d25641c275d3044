import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q


class FollowLinkQuerySet(models.QuerySet["FollowLink"]):
    def in_force(self, at: dt.datetime) -> Self:
        return self.filter(expires_at__gt=at, revoked_at=None)


class FollowLink(models.Model):
    """A link to the page of one case, given to whoever asked; it ends by itself, and can be ended before."""

    token = models.CharField(max_length=43, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="follow_links")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_to = models.CharField(max_length=320, blank=True, help_text="Empty where it was only shown")
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = FollowLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="follow_link_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="a_follow_link_ends_after_it_began"
            ),
        ]
