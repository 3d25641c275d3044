"""What every page of figures begins with: which month, whose figures, which unit."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import get_language

from moothall.core.clock import today
from moothall.people.models import Account, Organisation
from moothall.people.requests import StaffRequest
from moothall.reports.models import MonthClosing
from moothall.reports.rules.months import Month, Scope, read_month, scope_of
from moothall.workforce.models import Assignment


@dataclass(frozen=True)
class Asked:
    """A month, whose figures this account may see, and the unit that was chosen."""

    month: Month
    scope: Scope
    units: list[tuple[int, str]]
    unit: int | None
    closing: MonthClosing | None

    @property
    def of_unit(self) -> Scope:
        return Scope(self.scope.teams, self.unit)

    @property
    def unit_name(self) -> str:
        return dict(self.units).get(self.unit or 0, "")

    @property
    def query(self) -> str:
        """The month and the unit, as addresses say them."""
        return f"?month={self.month.key}" + (f"&unit={self.unit}" if self.unit else "")


def find_month(words: str) -> Month:
    month = read_month(words, today=today())
    if month is None:
        raise Http404
    return month


def asked_for(request: StaffRequest, month: str) -> Asked:
    found, scope = find_month(month or f"{today():%Y-%m}"), scope_of(request.user)
    units = units_in(scope)
    chosen = request.GET.get("unit") or request.POST.get("unit") or ""
    unit = int(chosen) if chosen.isdigit() else None
    if unit is not None and unit not in dict(units):
        raise Http404
    closing = MonthClosing.objects.standing().filter(month=found.first).select_related("closed_by").first()
    return Asked(found, scope, units, unit, closing)


def units_in(scope: Scope) -> list[tuple[int, str]]:
    """Every unit in which somebody in sight works or worked, by name."""
    language = get_language() or "en"
    held = scope.narrow(Assignment.objects.standing())
    few = Organisation.objects.filter(pk__in=held.order_by().values("unit"))
    rows = held.units() if scope == Scope() else few
    return sorted(((each.pk, each.name_in(language)) for each in rows), key=lambda pair: pair[1])


def keeps_figures(account: Account) -> bool:
    """Whoever keeps the records of the whole office closes its months."""
    return account.standing().everywhere_for("workforce.edit")
