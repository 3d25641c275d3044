"""Lines of an invoice held against what was done: journeys of that day and job, and the price agreed then."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from moothall.transport.models import (
    Allotment,
    Contractor,
    ContractPrice,
    How,
    Invoice,
    InvoiceLine,
    Journey,
)

from .allotting import holds

NOTHING = Decimal(0)
Job = tuple[dt.date, str]


@dataclass(frozen=True)
class Unbilled:
    """Somebody travelled with this job on this day, and no line of the invoice asks for it."""

    day: dt.date
    job: str
    runs: int


def runs_done(contractor: Contractor, first: dt.date, last: dt.date) -> dict[Job, set[str]]:
    """The directions in which somebody travelled with each job on each day; cancelled journeys are none. A
    run of a plan is theirs on the days on which it is allotted to them."""
    allotted = list(Allotment.objects.between(first, last).filter(contractor=contractor))
    jobs = {each.job for each in allotted}
    rows = Journey.objects.due().filter(
        Q(how=How.CONTRACTOR, contractor=contractor.name) | Q(how=How.RUN, run__in=jobs),
        day__range=(first, last),
    )
    found: dict[Job, set[str]] = {}
    for day, how, run, job, way in rows.values_list("day", "how", "run", "job", "direction").distinct():
        called = job if how == How.CONTRACTOR else run
        if how == How.CONTRACTOR or any(each.job == run and holds(each, day) for each in allotted):
            found.setdefault((day, called), set()).add(way)
    return found


def prices_of(contractor: Contractor, first: dt.date, last: dt.date) -> list[ContractPrice]:
    rows = ContractPrice.objects.between(first, last).filter(
        contract__contractor=contractor, contract__withdrawn_at=None
    )
    return list(rows.select_related("contract"))


def price_on(prices: Sequence[ContractPrice], day: dt.date, job: str, unit: str) -> ContractPrice | None:
    """Of the job itself, else of all jobs; of a contract that holds on that day."""
    found = [
        each for each in prices
        if each.unit == unit and each.job in (job, "") and holds(each, day) and holds(each.contract, day)
    ]  # fmt: skip
    return max(found, key=lambda each: (each.job == job, each.from_on, each.pk), default=None)


def match(invoice: Invoice, lines: Sequence[InvoiceLine]) -> None:
    """Say of each line what was found and what was expected. Writes nothing itself."""
    done = runs_done(invoice.contractor, invoice.first_on, invoice.last_on)
    prices = prices_of(invoice.contractor, invoice.first_on, invoice.last_on)
    used = _asked_before(invoice)
    for line in lines:
        if line.found == InvoiceLine.UNREAD or line.day is None:
            continue
        if not invoice.first_on <= line.day <= invoice.last_on:
            line.found = InvoiceLine.OUTSIDE
            continue
        line.runs = len(done.get((line.day, line.job), ()))
        line.price = price_on(prices, line.day, line.job, line.unit)
        _judge(line, used)


def _judge(line: InvoiceLine, used: dict[tuple[dt.date | None, str, str], Decimal]) -> None:
    """A run counts once a direction, a day once; miles and hours as they are stated, where it went at all."""
    key = line.day, line.job, line.unit
    if not line.runs:
        line.found = InvoiceLine.NOT_DONE
    elif line.price is None:
        line.found = InvoiceLine.NO_PRICE
    else:
        most = {ContractPrice.RUN: Decimal(line.runs), ContractPrice.DAY: Decimal(1)}.get(line.unit)
        left = line.quantity if most is None else max(most - used.get(key, NOTHING), NOTHING)
        counted = min(line.quantity, left)
        used[key] = used.get(key, NOTHING) + counted
        line.expected = (counted * line.price.amount).quantize(Decimal("0.01"))
        if not counted:
            line.found = InvoiceLine.TWICE
        else:
            line.found = InvoiceLine.RIGHT if line.amount == line.expected else InvoiceLine.PRICE


def _asked_before(invoice: Invoice) -> dict[tuple[dt.date | None, str, str], Decimal]:
    """What earlier invoices of this contractor asked for on these days, and was not queried."""
    rows = InvoiceLine.objects.filter(
        invoice__contractor=invoice.contractor_id, invoice__withdrawn_at=None,
        day__range=(invoice.first_on, invoice.last_on), expected__gt=0,
    )  # fmt: skip
    used: dict[tuple[dt.date | None, str, str], Decimal] = {}
    for line in rows.exclude(invoice=invoice).exclude(state=InvoiceLine.QUERIED).select_related("price"):
        if line.price is not None:
            key = line.day, line.job, line.unit
            used[key] = used.get(key, NOTHING) + line.expected / line.price.amount
    return used


def unbilled(invoice: Invoice) -> list[Unbilled]:
    """What was done in the period and stands on no line of any invoice for it."""
    done = runs_done(invoice.contractor, invoice.first_on, invoice.last_on)
    asked = set(
        InvoiceLine.objects.filter(
            invoice__contractor=invoice.contractor_id, invoice__withdrawn_at=None,
            day__range=(invoice.first_on, invoice.last_on),
        ).values_list("day", "job")
    )  # fmt: skip
    left = {key: len(ways) for key, ways in done.items() if key not in asked}
    return [Unbilled(day, job, runs) for (day, job), runs in sorted(left.items())]
