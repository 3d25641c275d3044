"""The rows of a figure, a page at a time: how many there are, what they come to, and some of them.

Thousands of people add to the figures of everybody at work. Those are counted and added up by the database,
and only the rows of a page are read.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Count, Sum
from django.utils.functional import cached_property

from .months import Month, Scope
from .reading import FIELDS, Row, Stretch, WorkingDays, assigned


class Rows(Protocol):
    """Some rows, and what all of them come to."""

    @property
    def total(self) -> Decimal: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Row]: ...
    def __getitem__(self, part: slice) -> list[Row]: ...


class Few:
    """Rows that were read at once, in order of person and day."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: (row.employment_id, row.from_on))

    @property
    def total(self) -> Decimal:
        return sum((Decimal(row.value) for row in self.rows), Decimal(0))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, part: slice) -> list[Row]:
        return self.rows[part]


class AtWork(ABC):
    """A row for everybody who worked in the month, or still did at its end."""

    def __init__(self, scope: Scope, month: Month) -> None:
        self.scope, self.month = scope, month

    @abstractmethod
    def found(self) -> Any: ...

    @abstractmethod
    def value(self, stretch: Stretch) -> Decimal | int: ...

    @cached_property
    @abstractmethod
    def sums(self) -> tuple[int, Decimal]:
        """How many rows, and what they come to."""

    @property
    def total(self) -> Decimal:
        return self.sums[1]

    def __len__(self) -> int:
        return self.sums[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(self[0:])

    def __getitem__(self, part: slice) -> list[Row]:
        found = self.found()
        # Which rows first, by two tables alone; then what they say.
        shown = list(found.order_by("employment_id", "from_on", "id").values_list("pk", flat=True)[part])
        rows = found.filter(pk__in=shown).order_by("employment_id", "from_on", "id")
        each = (Stretch(*row) for row in rows.values_list("employment_id", *FIELDS, "fte"))
        return [stretch.row(self.value(stretch)) for stretch in each]


class Heads(AtWork):
    """One for each who works there at the end of the month."""

    def found(self) -> Any:
        rows: Any = assigned(self.scope, self.month.first, self.month.upto)
        return rows.filter(ends=self.month.upto)

    def value(self, stretch: Stretch) -> Decimal | int:
        return 1

    @cached_property
    def sums(self) -> tuple[int, Decimal]:
        people = self.found().count()
        return people, Decimal(people)


class Wholes(Heads):
    """The share of full time of each of them."""

    def value(self, stretch: Stretch) -> Decimal | int:
        return stretch.fte

    @cached_property
    def sums(self) -> tuple[int, Decimal]:
        found = self.found().aggregate(people=Count("pk"), whole=Sum("fte"))
        return found["people"], found["whole"] or Decimal(0)


class Available(AtWork):
    """The days that each was to work there in the month, by their pattern."""

    def found(self) -> Any:
        return assigned(self.scope, self.month.first, self.month.upto)

    @cached_property
    def days(self) -> WorkingDays:
        return WorkingDays(self.month.first, self.month.upto)

    def value(self, stretch: Stretch) -> Decimal | int:
        return self.days.between(stretch.pattern_id, stretch.pattern_from, stretch.begins, stretch.ends)

    @cached_property
    def sums(self) -> tuple[int, Decimal]:
        """Those who are alike in pattern and days are added up together."""
        alike = self.found().values_list("pattern_id", "pattern_from", "begins", "ends")
        count, days = 0, 0
        for pattern, begun, begins, ends, people in alike.annotate(people=Count("pk")):
            count += people
            days += people * self.days.between(pattern, begun, begins, ends)
        return count, Decimal(days)
