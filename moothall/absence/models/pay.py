"""How long a scheme of sick pay pays in full and by half, by service: rows that an office switches on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .setting import Dated


class PayBand(Dated):
    """From so many months of service on, so many months of full pay and then of half pay. Ships unconfirmed:
    nobody is warned by it before the office has said that it is theirs."""

    scheme = models.CharField(max_length=80, default="Green Book")
    service_months = models.PositiveSmallIntegerField(help_text="Of continuous service, at least")
    full_months = models.PositiveSmallIntegerField()
    half_months = models.PositiveSmallIntegerField()
    switched_on_at = models.DateTimeField(null=True, blank=True)
    switched_on_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["scheme", "service_months", "from_on"]
        verbose_name = _("sick pay by service")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "service_months", "from_on"], name="a_band_of_sick_pay_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(switched_on_at=None) | Q(switched_on_by__isnull=False),
                name="somebody_switched_a_band_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.service_months}"
