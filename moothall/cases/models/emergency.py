"""A restricted case opened in an emergency by somebody it does not name, and the office's rules for that."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account

from .case import Case, CaseAccess


class EmergencyRules(models.Model):
    """How long such an opening lasts, and how lately one has signed in; the newest row is in force."""

    lasts_minutes = models.PositiveSmallIntegerField(default=60)
    signed_in_minutes = models.PositiveSmallIntegerField(default=10)
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lasts_minutes__gte=5, lasts_minutes__lte=480),
                name="an_emergency_lasts_eight_hours_at_most",
            ),
            models.CheckConstraint(
                condition=Q(signed_in_minutes__gte=1, signed_in_minutes__lte=60),
                name="signed_in_lately_is_within_the_hour",
            ),
        ]

    @classmethod
    def in_force(cls) -> "EmergencyRules":
        """The rules as they are now; those we recommend where nobody has set any."""
        return cls.objects.order_by("-id").first() or cls()


class EmergencyOpeningQuerySet(models.QuerySet["EmergencyOpening"]):
    def open_at(self, at: dt.datetime) -> Self:
        """Those that let somebody in at this moment."""
        return self.filter(until__gt=at, access__ended_at=None).order_by("opened_at", "id")

    def unjudged(self) -> Self:
        """Those of which nobody has said whether they were justified."""
        return self.filter(judged_at=None).order_by("opened_at", "id")

    def to_be_told_of(self, at: dt.datetime) -> Self:
        """Still open, or not judged yet: whoever sees the case is told."""
        return self.filter(Q(until__gt=at, access__ended_at=None) | Q(judged_at=None)).order_by("-id")


class EmergencyOpening(models.Model):
    """Somebody it does not name opened a restricted case, why, and until when; a second person judges it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="emergencies")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    access = models.OneToOneField(CaseAccess, on_delete=models.CASCADE, related_name="emergency")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    justified = models.BooleanField(null=True)
    judgement = models.TextField(blank=True)
    judged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)

    objects = EmergencyOpeningQuerySet.as_manager()

    # What a page finds out about it.
    called = address = ""
    still_open = own = False

    class Meta:
        indexes = [models.Index(fields=["-opened_at", "-id"], name="emergency_by_time")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_emergency_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="an_emergency_ends_later"),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("account")),
                name="nobody_judges_their_own_opening",
            ),
            models.CheckConstraint(
                condition=Q(judged_at=None, justified=None, judged_by=None, judgement="")
                | (
                    Q(judged_at__isnull=False, justified__isnull=False, judged_by__isnull=False)
                    & ~Q(judgement="")
                ),
                name="a_judgement_says_who_and_why",
            ),
        ]

    def is_open(self, at: dt.datetime) -> bool:
        """Asked of a row that was loaded with its access."""
        return self.until > at and self.access.ended_at is None
