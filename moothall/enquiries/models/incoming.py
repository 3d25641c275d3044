import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account


class KeyLifeQuerySet(models.QuerySet["KeyLife"]):
    def in_force(self, on: dt.date) -> "KeyLife | None":
        return self.filter(from_on__lte=on).order_by("-from_on", "-id").first()


class KeyLife(models.Model):
    """For how many hours the key of an incoming enquiry is remembered, from a day on, and who says so."""

    hours = models.PositiveIntegerField()
    from_on = models.DateField(unique=True)
    source = models.CharField(max_length=200)

    objects = KeyLifeQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gte=1), name="a_key_lives_an_hour_at_least")]


class IncomingQuerySet(models.QuerySet["Incoming"]):
    def keyed(self, key: str, *, account: Account, at: dt.datetime) -> Self:
        """The one that this account handed in under this key, if the key is still remembered."""
        alive = Q(key_until=None) | Q(key_until__gt=at)
        return self.filter(alive, account=account, key=key)

    def not_understood(self, before: dt.datetime) -> Self:
        """Kept before this moment, and on no case yet, the oldest first."""
        return self.filter(case=None, kept_at__lt=before).order_by("kept_at", "id")


class Incoming(models.Model):
    """An enquiry that another system handed in: kept as it came, then understood. Without a case it waits.

    `said` is all that was sent but for the contents of files, which are documents; `mark` is the digest of
    everything, by which the same thing sent again is known.
    """

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200, null=True)
    key_until = models.DateTimeField(null=True)
    mark = models.CharField(max_length=64)
    said = models.JSONField()
    problem = models.TextField(blank=True, help_text="Why it is on no case yet")
    kept_at = models.DateTimeField()
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("cases.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField("records.Document", through="enquiries.IncomingFile", related_name="+")

    objects = IncomingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kept_at", "id"], condition=Q(case=None), name="incoming_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="a_key_is_used_once"),
            models.CheckConstraint(
                condition=Q(case=None, entry=None) | Q(case__isnull=False, entry__isnull=False),
                name="what_is_understood_stands_on_a_case",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IncomingFile(models.Model):
    """A file that came with it, under the name it came with."""

    incoming = models.ForeignKey(Incoming, on_delete=models.CASCADE, related_name="file_rows")
    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
