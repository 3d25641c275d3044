import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account


class RequestQuerySet(models.QuerySet["Request"]):
    def of(self, account: Account) -> Self:
        """What this account asked for, or began to."""
        return self.filter(account=account).order_by("-id")

    def being_filled_in(self, at: dt.datetime) -> Self:
        return self.filter(state=Request.DRAFT, expires_at__gt=at)

    def not_understood(self, before: dt.datetime) -> Self:
        """Sent, and no case yet: the process died between the two, or the service refused."""
        return self.filter(state=Request.KEPT, sent_at__lt=before).order_by("id")

    def forgotten(self, at: dt.datetime) -> Self:
        """Never sent, and past the day until which it was kept."""
        return self.filter(state=Request.DRAFT, expires_at__lte=at)


class Request(models.Model):
    """A form that somebody fills in, one question a page, until they send it; then it becomes a case once."""

    DRAFT, KEPT, UNDERSTOOD = "DRAFT", "KEPT", "UNDERSTOOD"
    STATES = [(DRAFT, "being filled in"), (KEPT, "sent, not yet a case"), (UNDERSTOOD, "became a case")]

    token = models.CharField(max_length=43, unique=True, help_text="Whoever has it, signed, may go on")
    service = models.ForeignKey("cases.Service", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("cases.ServiceVersion", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="en", choices=[("en", "English"), ("cy", "Cymraeg")])
    raw = models.JSONField(default=dict, help_text="What was typed, page by page, before it was understood")
    answers = models.JSONField(default=dict)
    name = models.CharField(max_length=250, blank=True)
    email = models.CharField(max_length=320, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    reached = models.JSONField(default=list, help_text="The pages that have been answered or passed over")
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    case = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT, related_name="request")
    contact = models.OneToOneField("enquiries.Contact", null=True, on_delete=models.PROTECT, related_name="+")
    problem = models.TextField(blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], condition=~Q(account=None), name="request_by_account"),
            models.Index(fields=["sent_at"], condition=Q(state="KEPT"), name="request_not_understood"),
            models.Index(fields=["expires_at"], condition=Q(state="DRAFT"), name="request_by_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="DRAFT") | Q(sent_at__isnull=False), name="a_sent_request_says_when"
            ),
            models.CheckConstraint(
                condition=Q(state="UNDERSTOOD", case__isnull=False) | ~Q(state="UNDERSTOOD") & Q(case=None),
                name="a_request_that_is_understood_has_its_case",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What it is called until it has the reference of a case."""
        return f"R-{self.pk:06d}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.DRAFT


class RequestFile(models.Model):
    """A file sent along with a form."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
