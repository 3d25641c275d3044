"""A year of a sample office as it went: journeys, crews, invoices of contractors, and what all came to.

The same seed gives the same year.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.transport.models import (
    Arrangement,
    Contractor,
    ContractPrice,
    Duty,
    How,
    Invoice,
    InvoiceLine,
    Journey,
    Manning,
    Run,
    RunPlan,
)
from moothall.transport.rules import contracting, invoicing
from moothall.transport.rules.accounting import cancelled, owner_of_all, unresolved, usual_deadline
from moothall.transport.rules.journeys import Due, journeys_of
from moothall.transport.rules.matching import price_on, prices_of, runs_done
from moothall.transport.rules.planned import Stop, planned_on
from moothall.transport.rules.run_vehicles import span_of
from moothall.transport.rules.value_figures import months_before

from .counting import count_month

DAY: Final = dt.timedelta(days=1)
MONTHS: Final = 14
BATCH: Final = 2_000
ILL, LOST, GAP = 0.035, 0.002, 0.012  # of journeys; of places of crews
REASONS: Final = ("Ill", "At an appointment", "On holiday", "The school had a day out")
EARLIER: Final = (dt.date(2025, 9, 1), dt.date(2026, 8, 31))
CHEAPER: Final = Decimal("0.96")
NOTHING: Final[dict[str, Any]] = {
    "run": "", "stop": None, "contractor": "", "job": "", "own": "", "cancelled_because": "",
}  # fmt: skip


@transaction.atomic
@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office whose runs are planned; a large one has its own year."""
    if not pack.demo or pack.scale or Invoice.objects.exists() or not RunPlan.objects.exists():
        return
    progress.begin(_("A year of transport"))
    today = in_london(pack.at).date()
    first = months_before(today.replace(day=1), MONTHS - 1)
    year = _Year(pack, Random(f"{pack.key}/{pack.seed}/year"))  # noqa: S311 # nosec B311  (a sample)
    earlier_prices(pack)
    for day in _days(first, today):
        year.travel(day)
        progress.advance()
    Journey.objects.bulk_create(year.journeys, batch_size=BATCH)
    year.man()
    invoices(pack, today)
    for number in range(MONTHS):
        count_month(months_before(today, number), today=today, by=None, at=pack.at)
    progress.end()


def _days(first: dt.date, until: dt.date) -> Iterator[dt.date]:
    day = first
    while day < until:
        if day.weekday() < 5:
            yield day
        day += DAY


class _Year:
    """The days as they went, gathered and then kept at once."""

    def __init__(self, pack: Pack, dice: Random) -> None:
        self.at, self.dice, self.owner = pack.at, dice, owner_of_all()
        self.journeys: list[Journey] = []
        self.gone: dict[dt.date, set[tuple[str, str]]] = defaultdict(set)
        self.there = set(Journey.objects.values_list("day", flat=True).distinct())
        self.arranged: dict[tuple[int, str], list[Arrangement]] = defaultdict(list)
        for each in Arrangement.objects.standing().exclude(how=How.RUN):
            self.arranged[each.passenger_id, each.direction].append(each)

    def travel(self, day: dt.date) -> None:
        """Everybody whom the timetable asks for, by the plan of that day or as it is arranged."""
        if day in self.there:
            return
        due = journeys_of(day)
        planned = planned_on(day, [each.passenger for each in due])
        ill = {each.passenger: self.dice.choice(REASONS) for each in due if self.dice.random() < ILL / 2}
        for each in due:
            found = planned.get((each.passenger, each.direction, each.home, each.centre))
            way = self._way(each, found, ill.get(each.passenger, ""))
            if way["how"] == How.RUN:
                self.gone[day].add((each.direction, way["run"]))
            self.journeys.append(
                Journey(
                    passenger_id=each.passenger, day=day, direction=each.direction, centre_id=each.centre,
                    home_id=each.home, bell_at=each.bell_at,
                    changed_at=dt.datetime.combine(day, dt.time(3, 15), tzinfo=LONDON), **way,
                )
            )  # fmt: skip

    def _way(self, due: Due, planned: Stop | Account | None, because: str) -> dict[str, Any]:
        if because:
            return cancelled(because)
        arranged = [row for row in self.arranged[due.passenger, due.direction] if row.holds(due.day)]
        if arranged:
            names = ("how", "run", "stop", "contractor", "job", "own")
            return NOTHING | {name: getattr(arranged[0], name) for name in names}
        if isinstance(planned, Stop) and self.dice.random() >= LOST:
            return NOTHING | {"how": How.RUN, "run": planned.run, "stop": planned.stop}
        return unresolved(self.owner, usual_deadline(due.day, at=self.at - DAY * 600))

    def man(self) -> None:
        """Crews went out as they do in the weeks that are manned; now and then somebody was missing."""
        pattern: dict[tuple[int, str, str], list[Manning]] = defaultdict(list)
        rows = (
            Manning.objects.filter(hire=None).select_related("duty__run", "duty").order_by("-duty__day", "id")
        )
        for each in rows:
            run = each.outing.run
            there = pattern[each.day.weekday(), run.direction, run.called]
            if not there or there[0].duty_id == each.duty_id:
                there.append(each)
        runs = self._runs()
        manned = set(Duty.objects.values_list("run_id", "day"))
        duties = [
            (self._duty(run, day), pattern[day.weekday(), way, called])
            for day, went in sorted(self.gone.items())
            for way, called in sorted(went)
            if (run := runs(day, way, called)) is not None and (run.pk, day) not in manned
        ]
        Duty.objects.bulk_create([duty for duty, _places in duties], batch_size=BATCH)
        places = [self._place(duty, each) for duty, places in duties for each in places]
        Manning.objects.bulk_create(places, batch_size=BATCH)

    @staticmethod
    def _duty(run: Run, day: dt.date) -> Duty:
        begins, ends = span_of(run, day)
        return Duty(run=run, day=day, vehicle_id=run.vehicle_id, begins_at=begins, ends_at=ends)

    def _runs(self) -> Any:
        plans = list(RunPlan.objects.filter(state=RunPlan.PUBLISHED).order_by("-from_on"))
        known = {(run.plan_id, run.direction, run.called): run for run in Run.objects.all()}

        def find(day: dt.date, way: str, called: str) -> Run | None:
            held = (p for p in plans if p.from_on <= day and (p.until_on is None or p.until_on >= day))
            plan = next(held, None)
            return known.get((plan.pk, way, called)) if plan is not None else None

        return find

    def _place(self, duty: Duty, like: Manning) -> Manning:
        day, run = duty.day, duty.run
        there = like.member_id is not None and self.dice.random() >= GAP
        return Manning(
            duty=duty, role=like.role, seat=like.seat, member_id=like.member_id if there else None,
            reason="" if there else "away:1", changed_at=self.at,
            begins_at=dt.datetime.combine(day, run.leaves_at, tzinfo=LONDON),
            ends_at=dt.datetime.combine(day, run.back_at, tzinfo=LONDON),
        )  # fmt: skip


def earlier_prices(pack: Pack) -> None:
    """Last year's contracts, at last year's prices."""
    rows = ContractPrice.objects.standing().select_related("contract__contractor")
    contracts: dict[int, Any] = {}
    for price in rows.order_by("id"):
        if price.contract_id not in contracts:
            contracts[price.contract_id] = contracting.add_contract(
                price.contract.contractor, number=price.contract.number.replace("2026", "2025"),
                name=_("Home to school and day centres 2025/26"), from_on=EARLIER[0], until_on=EARLIER[1],
                by=None, at=pack.at,
            )  # fmt: skip
        contracting.set_price(
            contracts[price.contract_id], unit=price.unit, job=price.job, from_on=EARLIER[0],
            amount=(price.amount * CHEAPER).quantize(Decimal("0.01")), by=None, at=pack.at,
        )  # fmt: skip


def invoices(pack: Pack, today: dt.date) -> None:
    """A month each from every contractor who did something; the last ones are to be decided."""
    by = owner_of_all()
    for number in (3, 2, 1):
        first = months_before(today, number)
        last = months_before(today, number - 1) - DAY
        for contractor in Contractor.objects.order_by("number"):
            content = _lines(contractor, first, last, wrong=number == 1)
            if content.count("\n") < 2:
                continue
            at = dt.datetime.combine(last + DAY * 3, dt.time(9, 30), tzinfo=LONDON)
            made = invoicing.bring_invoice(
                contractor, number=f"{contractor.number}-{first:%y%m}", first_on=first, last_on=last,
                name=f"{contractor.number}-{first:%Y-%m}.csv", content=content.encode(), by=by,
                at=min(at, pack.at),
            )  # fmt: skip
            if number > 1:
                _settle(made, by, min(at + DAY, pack.at))


def _lines(contractor: Contractor, first: dt.date, last: dt.date, *, wrong: bool) -> str:
    """What they did at the prices agreed; the last one has a line too many and one that is too dear."""
    prices = prices_of(contractor, first, last)
    said = ["Date,Job,Unit,Quantity,Amount"]
    for (day, job), ways in sorted(runs_done(contractor, first, last).items()):
        for unit, many in ((ContractPrice.DAY, 1), (ContractPrice.RUN, len(ways))):
            price = price_on(prices, day, job, unit)
            if price is not None and (unit == ContractPrice.DAY or not _by_day(prices, day, job)):
                said.append(f"{day:%d/%m/%Y},{job},{unit.lower()},{many},{price.amount * many}")
    if wrong and len(said) > 3:
        said.append(said[2])
        *rest, amount = said[3].split(",")
        said[3] = ",".join((*rest, str(Decimal(amount) + Decimal("4.50"))))
    return "\n".join(said) + "\n"


def _by_day(prices: Any, day: dt.date, job: str) -> bool:
    found = price_on(prices, day, job, ContractPrice.DAY)
    return found is not None and bool(found.job)


def _settle(invoice: Invoice, by: Account, at: dt.datetime) -> None:
    for line in invoice.lines.filter(state=InvoiceLine.WAITS):
        invoicing.decide_line(
            line, state=InvoiceLine.QUERIED, because=_("Nobody rode that day."), by=by, at=at
        )
    invoicing.agree_invoice(invoice, by=by, at=at)
