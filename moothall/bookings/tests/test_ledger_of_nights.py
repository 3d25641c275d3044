"""Bedrooms sold, moved, given up and put back in any order: no night is sold twice, and the sums agree."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.bookings.models import BedNight, Stay
from moothall.bookings.rules.house import cancel_stay, change_stay, did_not_come, undo_stay
from moothall.bookings.rules.nights import BedsFull, left
from moothall.bookings.rules.nights import Nights as Asked
from moothall.cases.tests.make import AT
from moothall.core.refusals import Refusal
from moothall.people.models import Place
from moothall.people.tests.make import make_account

from .make import MONDAY, make_bed_kinds, make_bedrooms, make_stay

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOMS = (2, 1)  # of the plainer kind, and of the better one
WEEK = 6
Line = tuple[int, int, int]
"""The first night, how many, and of which kind."""
SPANS = st.tuples(st.integers(0, WEEK - 1), st.integers(1, 3), st.integers(0, 1))
STEPS = st.tuples(
    st.sampled_from(["sell", "sell", "move", "cancel", "miss", "undo"]), st.integers(0, 7), SPANS
)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


def nights(line: Line) -> range:
    return range(line[0], line[0] + line[1])


def fit(lines: Iterable[Line]) -> bool:
    """Whether there is a bed for everybody: of each kind or better no more are asked for than there are."""
    return all(many <= sum(ROOMS[level:]) for (_night, level), many in counted(lines).items())


def counted(lines: Iterable[Line]) -> dict[tuple[dt.date, int], int]:
    """Who sleeps there, night by night, of each kind or better."""
    those = ((night, level) for line in lines for night in nights(line) for level in range(line[2] + 1))
    return dict(Counter((day(night), level) for night, level in those))


class House:
    """A house, and what a reader of its book would say stands."""

    def __init__(self) -> None:
        self.place: Place = make_bedrooms(*ROOMS)
        self.by = make_account()
        self.stays: list[Stay] = []
        self.lines: dict[int, Line] = {}
        self.before: dict[int, Line] = {}

    def take(self, step: tuple[str, int, Line]) -> None:
        """One step; where the book says that there is no bed, it has to be refused, and else not."""
        verb, which, line = step
        if verb == "sell":
            self._sell(line)
        elif self.stays:
            stay = self.stays[which % len(self.stays)]
            {"move": self._move, "cancel": self._give_up, "miss": self._give_up, "undo": self._undo}[verb](
                stay, verb, line
            )
        self.agree()

    def _try(self, lines: Iterable[Line], do: Callable[[], Any]) -> Any:
        if fit(lines):
            return do()
        with pytest.raises(BedsFull), transaction.atomic():
            do()
        return None

    def _sell(self, line: Line) -> None:
        def sell() -> Stay:
            return make_stay(self.place, level=line[2], arrives_on=day(line[0]), leaves_on=day(sum(line[:2])))

        if (stay := self._try([*self.lines.values(), line], sell)) is not None:
            self.stays.append(stay)
            self.lines[stay.pk] = line

    def _move(self, stay: Stay, _verb: str, line: Line) -> None:
        if stay.pk not in self.lines:
            return
        after = self.lines | {stay.pk: line}
        given: dict[str, Any] = {"kind": make_bed_kinds()[line[2]], "needs": (), "by": self.by, "at": AT}
        moved = self._try(
            after.values(),
            lambda: change_stay(stay=stay, arrives_on=day(line[0]), leaves_on=day(sum(line[:2])), **given),
        )
        if moved is not None:
            self.lines = after

    def _give_up(self, stay: Stay, verb: str, _line: Line) -> None:
        if stay.pk not in self.lines:
            with pytest.raises(Refusal):
                cancel_stay(stay=stay, because="Again", by=self.by, at=AT)
            return
        if verb == "cancel":
            cancel_stay(stay=stay, because="Ill", by=self.by, at=AT)
        else:
            did_not_come(stay=stay, by=self.by, at=AT)
        self.before[stay.pk] = self.lines.pop(stay.pk)

    def _undo(self, stay: Stay, _verb: str, _line: Line) -> None:
        if stay.pk in self.lines or stay.pk not in self.before:
            return
        line, event = self.before[stay.pk], stay.events.filter(undone_at=None).first()
        assert event is not None
        if self._try([*self.lines.values(), line], lambda: undo_stay(event=event, by=self.by, at=AT)):
            self.lines[stay.pk] = line

    def agree(self) -> None:
        """What the database counted is what stands, night by night and kind by kind; what is left with it."""
        standing = Stay.objects.standing().filter(place=self.place)
        stood = {each.pk: (each.arrives_on, each.nights, each.kind.level) for each in standing}
        assert stood == {pk: (day(one), many, level) for pk, (one, many, level) in self.lines.items()}
        assert self.sold() == counted(self.lines.values())
        for kind in make_bed_kinds():
            free = left(Asked(self.place, kind, MONDAY, day(WEEK + 3)))
            assert min(free.values()) >= 0
            assert free == {day(number): self._left(number, kind.level) for number in range(WEEK + 3)}

    def _left(self, night: int, level: int) -> int:
        """Of a kind there are as many as of it and better, less who has them, and as of every kind below."""
        here = [line for line in self.lines.values() if night in nights(line)]
        return min(sum(ROOMS[low:]) - sum(line[2] >= low for line in here) for low in range(level + 1))

    def sold(self) -> dict[tuple[dt.date, int], int]:
        rows = BedNight.objects.filter(place=self.place, need="", sold__gt=0)
        return {(row.night, row.level): row.sold for row in rows}


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=12))
def test_whatever_is_sold_moved_and_given_up_no_night_is_sold_twice_and_the_sums_agree(
    steps: list[tuple[str, int, Line]],
) -> None:
    house = House()
    for step in steps:
        house.take(step)


@settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(SPANS, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_sums_are_the_same_in_whatever_order_they_came_about(lines: list[Line], draw: Any) -> None:
    """The same stays are left over when others, sold and given up between them, were never there."""
    kept = [line for at, line in enumerate(lines) if fit(lines[: at + 1])] if not fit(lines) else lines
    kept = kept if fit(kept) else kept[:1]
    there, here = House(), House()
    for line in kept:
        there.take(("sell", 0, line))
    shuffled = list(kept)
    draw.shuffle(shuffled)
    for line in shuffled:  # first somebody else has one of its nights, and gives it up
        here.take(("sell", 0, (line[0], 1, 0)))
        here.take(("cancel", len(here.stays) - 1, line))
        here.take(("sell", 0, line))
    assert there.sold() == here.sold()
