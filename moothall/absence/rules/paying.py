"""When sick pay halves: for police officers by their regulations, for others by the bands that are on."""

import datetime as dt

from django.db import transaction

from clocks.months import corresponding_date
from clocks.sick_pay import HalfPay
from moothall.absence.models import Episode, Figure, PayBand
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit


@transaction.atomic
def switch_band(band: PayBand, *, on: bool, by: Account, at: dt.datetime) -> None:
    """Somebody says that this band is the office's, or that it is not."""
    changes = {"switched_on_at": at, "switched_on_by": by} if on else {
        "switched_on_at": None, "switched_on_by": None,
    }  # fmt: skip
    PayBand.objects.filter(pk=band.pk).update(**changes)
    append_audit("absence.pay_band", by=by, at=at, detail={"band": band.pk, "on": on})


def band_of(episode: Episode) -> PayBand | None:
    """By the service on the first day of the absence, of those that are on; the longest that fits."""
    began = episode.employment.continuous_from
    rows = PayBand.objects.filter(switched_on_at__isnull=False, from_on__lte=episode.first_day)
    fitting = [
        each for each in rows.exclude(until_on__lt=episode.first_day)
        if corresponding_date(began, each.service_months) <= episode.first_day
    ]  # fmt: skip
    return max(fitting, key=lambda each: (each.service_months, each.from_on), default=None)


def staff_half_pay(episode: Episode, paid_days: int) -> HalfPay | None:
    """The months of full pay from the first day, less the days paid in the twelve months before."""
    band = band_of(episode)
    if band is None:
        return None
    full = corresponding_date(episode.first_day, band.full_months)
    begins = max(full - dt.timedelta(days=paid_days), episode.first_day)
    figures = Figure.objects.on(episode.first_day, workforce=episode.employment.workforce)
    ahead = figures.whole("pay_warning_days")
    return HalfPay(begins, max(begins - dt.timedelta(days=ahead), episode.first_day))
