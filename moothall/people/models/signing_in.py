"""How people sign in: the office's rules, and what was tried."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .account import Account


class SignInRules(models.Model):
    """What the office asks of everybody who signs in; the row set last is in force."""

    everybody = models.BooleanField(default=False, help_text="Everybody needs a second factor")
    grace_days = models.PositiveSmallIntegerField(default=0)
    idle_minutes = models.PositiveSmallIntegerField(default=60)
    longest_hours = models.PositiveSmallIntegerField(default=12)
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(grace_days__lte=30), name="grace_lasts_a_month_at_most"),
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=5, idle_minutes__lte=240), name="idle_is_minutes_not_days"
            ),
            models.CheckConstraint(
                condition=Q(longest_hours__gte=1, longest_hours__lte=24),
                name="a_session_lasts_a_day_at_most",
            ),
        ]

    @classmethod
    def in_force(cls) -> "SignInRules":
        """The rules as they are now; those we recommend where nobody has set any."""
        return cls.objects.order_by("-id").first() or cls()


class SignInQuerySet(models.QuerySet["SignInEvent"]):
    def with_names(self) -> Self:
        return self.select_related("account").order_by("-at", "-id")

    def older_than(self, moment: dt.datetime) -> Self:
        return self.filter(at__lt=moment)


class SignInEvent(models.Model):
    """Somebody signed in, or tried to, or was signed out. Words that were typed are never kept."""

    ENTERED, WRONG, FACTOR, LOCKED = "ENTERED", "WRONG", "FACTOR", "LOCKED"
    REFUSED, LEFT, IDLE, LONG = "REFUSED", "LEFT", "IDLE", "LONG"
    KINDS = [
        (ENTERED, _("Signed in")),
        (WRONG, _("Wrong password or address")),
        (FACTOR, _("Wrong code")),
        (LOCKED, _("Too many attempts")),
        (REFUSED, _("Refused: not known here")),
        (LEFT, _("Signed out")),
        (IDLE, _("Signed out after nothing was done")),
        (LONG, _("Signed out at the longest a session lasts")),
    ]
    kind = models.CharField(max_length=7, choices=KINDS)
    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="sign_ins", help_text="None: not known"
    )
    by_what = models.CharField(max_length=60, blank=True, help_text="Such as password and totp")
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = SignInQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="sign_in_by_time"),
            models.Index(fields=["account", "-at", "-id"], name="sign_in_by_account"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
