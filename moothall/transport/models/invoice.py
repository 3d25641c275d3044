"""What contractors ask to be paid, held line by line against what was done and what was agreed."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.records.models import Document

from .contract import ContractPrice
from .contractor import Contractor


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def counted(self) -> Self:
        """Each with what its lines ask for, what was expected, and how many wait for somebody."""
        return self.annotate(
            asked=Sum("lines__amount"), expected=Sum("lines__expected"),
            waiting=models.Count("lines", filter=Q(lines__state=InvoiceLine.WAITS)),
            queried=models.Count("lines", filter=Q(lines__state=InvoiceLine.QUERIED)),
        )  # fmt: skip


class Invoice(models.Model):
    """One invoice of a contractor for a period, kept as it came. It is agreed once no line waits."""

    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contractor", "number"], condition=Q(withdrawn_at=None),
                name="an_invoice_comes_once",
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="an_invoice_ends_later"),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(withdrawn_at=None), name="a_withdrawn_invoice_is_not_agreed"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-received_at", "-id"], name="invoice_by_day")]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """A line as it came, what we found for that day and job, and what somebody decided about it."""

    RIGHT, PRICE, NOT_DONE, TWICE, NO_PRICE, UNREAD, OUTSIDE = (
        "RIGHT", "PRICE", "NOT_DONE", "TWICE", "NO_PRICE", "UNREAD", "OUTSIDE",
    )  # fmt: skip
    FOUND = [
        (RIGHT, _("As agreed")), (PRICE, _("Amount differs")), (NOT_DONE, _("Not done that day")),
        (TWICE, _("Asked for twice")), (NO_PRICE, _("No price agreed")), (UNREAD, _("Cannot be read")),
        (OUTSIDE, _("Outside the period")),
    ]  # fmt: skip
    WAITS, ACCEPTED, QUERIED = "WAITS", "ACCEPTED", "QUERIED"
    STATES = [(WAITS, _("Waits")), (ACCEPTED, _("Accepted")), (QUERIED, _("Queried"))]

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts, with its heading as 1")
    cells = models.JSONField()
    day = models.DateField(null=True)
    job = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=4, choices=ContractPrice.UNITS, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    expected = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    found = models.CharField(max_length=8, choices=FOUND)
    runs = models.PositiveSmallIntegerField(default=0, help_text="Directions in which somebody travelled")
    price = models.ForeignKey(ContractPrice, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default=WAITS)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "number"], name="a_line_of_an_invoice_is_kept_once"),
            models.CheckConstraint(
                condition=~Q(state="ACCEPTED") | Q(found="RIGHT") | ~Q(because=""),
                name="a_line_that_differs_is_accepted_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="QUERIED") | ~Q(because=""), name="a_queried_line_says_why"
            ),
        ]
        indexes = [models.Index(fields=["job", "day"], name="invoice_line_by_job")]

    @property
    def differs(self) -> Decimal:
        return self.amount - self.expected
