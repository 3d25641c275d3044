"""How an application stands by its marks, and who would be on the shortlist."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from moothall.recruitment.models import Agreed, Application, Campaign, Criterion, Sheet

MARKERS: Final = 2  # at least so many mark each application
APART: Final = 2  # marks so far apart are spoken about
GUARANTEED, MERIT, TIE, ESSENTIAL, BELOW = "guaranteed", "merit", "tie", "essential", "below"


@dataclass(slots=True)
class Standing:
    """One application: its marks by criterion, and what came of them."""

    application: Application
    markers: int
    marks: dict[int, Decimal] = field(default_factory=dict)
    apart: list[Criterion] = field(default_factory=list)
    total: Decimal = Decimal(0)
    weak: list[Criterion] = field(default_factory=list)  # essential ones below the least mark
    reason: str = ""

    @property
    def is_marked(self) -> bool:
        return self.markers >= MARKERS

    @property
    def is_in(self) -> bool:
        return self.reason in (GUARANTEED, MERIT, TIE)


def criteria_of(campaign: Campaign) -> list[Criterion]:
    """What is marked: what the profile asks to be shown in the application."""
    return list(Criterion.objects.asked().filter(profile=campaign.profile_id))


def standings(campaign: Campaign, applications: Iterable[Application], *, least: int) -> list[Standing]:
    """How each of these stands, the best first; alike ones by number."""
    rows, criteria = list(applications), criteria_of(campaign)
    numbers = [each.pk for each in rows]
    given: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    markers: dict[int, int] = defaultdict(int)
    sheets = Sheet.objects.filter(application__in=numbers, marker__let_go_at=None).prefetch_related("marks")
    for sheet in sheets:
        markers[sheet.application_id] += 1
        for mark in sheet.marks.all():
            given[sheet.application_id][mark.criterion_id].append(mark.mark)
    agreed = {
        (each.application_id, each.criterion_id): each.mark
        for each in Agreed.objects.filter(application__in=numbers)
    }
    found = [
        _standing(Standing(each, markers[each.pk]), given[each.pk], agreed, criteria, least) for each in rows
    ]
    return sorted(found, key=lambda one: (-one.total, one.application.number))


def _standing(
    one: Standing, given: dict[int, list[int]], agreed: dict[tuple[int, int], int],
    criteria: Sequence[Criterion], least: int,
) -> Standing:  # fmt: skip
    for criterion in criteria:
        marks = given.get(criterion.pk, [])
        settled = agreed.get((one.application.pk, criterion.pk))
        if settled is None and marks and max(marks) - min(marks) >= APART:
            one.apart.append(criterion)
        mean = Decimal(sum(marks)) / len(marks) if marks else Decimal(0)
        mark = one.marks[criterion.pk] = Decimal(settled) if settled is not None else mean
        one.total += criterion.weight * mark
        if criterion.is_essential and mark < least:
            one.weak.append(criterion)
    one.total = one.total.quantize(Decimal("0.01"))
    return one


def choose(those: Sequence[Standing], *, places: int) -> None:
    """Say of each why they are on the shortlist or not. Who has a guaranteed interview and meets what is
    essential is on it beside the places; whoever has as many marks as the last one on it is on it, too."""
    able = [one for one in those if not one.weak]
    others = [one for one in able if not one.application.guaranteed_interview]
    last = others[min(places, len(others)) - 1].total if others and places else None
    for number, one in enumerate(others):
        on_merit = last is not None and one.total >= last
        one.reason = (MERIT if number < places else TIE) if on_merit else BELOW
    for one in those:
        if one.weak:
            one.reason = ESSENTIAL
        elif one.application.guaranteed_interview:
            one.reason = GUARANTEED
