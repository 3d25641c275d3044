"""When sick pay halves: for police officers by their regulations, for others by the bands that are on."""

import datetime as dt

from django.db import transaction

from clocks.months import corresponding_date
from clocks.sick_pay import HalfPay
from moothall.absence.models import Episode, Figure, Figures, PayBand
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

WARNING = "pay_warning_days"


@transaction.atomic
def switch_band(band: PayBand, *, on: bool, by: Account, at: dt.datetime) -> None:
    """Somebody says that this band is the office's, or that it is not."""
    changes = {"switched_on_at": at, "switched_on_by": by} if on else {
        "switched_on_at": None, "switched_on_by": None,
    }  # fmt: skip
    PayBand.objects.filter(pk=band.pk).update(**changes)
    append_audit("absence.pay_band", by=by, at=at, detail={"band": band.pk, "on": on})


class SchemeOfPay:
    """The bands that are on and the days of warning, asked for once for however many absences."""

    def __init__(self) -> None:
        self.bands = list(PayBand.objects.filter(switched_on_at__isnull=False))
        rows = Figure.objects.filter(key=WARNING).order_by("workforce", "from_on", "id")
        self.warnings = list(rows) if self.bands else []

    def band(self, episode: Episode) -> PayBand | None:
        """By the service on the first day of the absence, of those that are on; the longest that fits."""
        first, began = episode.first_day, episode.employment.continuous_from
        fitting = [
            each for each in self.bands
            if each.holds_on(first) and corresponding_date(began, each.service_months) <= first
        ]  # fmt: skip
        return max(fitting, key=lambda each: (each.service_months, each.from_on), default=None)

    def half(self, episode: Episode, paid_days: int) -> HalfPay | None:
        """The months of full pay from the first day, less the days paid in the twelve months before."""
        band, first = self.band(episode), episode.first_day
        if band is None:
            return None
        full = corresponding_date(first, band.full_months)
        begins = max(full - dt.timedelta(days=paid_days), first)
        ahead = dt.timedelta(days=self._days_ahead(episode))
        return HalfPay(begins, max(begins - ahead, first))

    def _days_ahead(self, episode: Episode) -> int:
        of_whom = ("", episode.employment.workforce)
        rows = (each for each in self.warnings if each.workforce in of_whom)
        return Figures(each for each in rows if each.holds_on(episode.first_day)).whole(WARNING)
