"""What an address asks of a list: filters, order, size and position; and the addresses of its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from .cursors import Order
from .filters import Bound, Pairs
from .listing import SIZES, Listing


@dataclass(frozen=True)
class Asked:
    """One reading of an address. Parameters that mean nothing here are left out of every address made."""

    path: str
    filters: tuple[Bound, ...]
    sort: str
    order: Order
    size: int
    opening: tuple[str, int]
    """The sort and size that go without saying."""
    opens_narrowed: bool
    """Whether the bare address narrows the list, so that everything needs an address of its own."""
    after: str = ""
    before: str = ""

    @property
    def pairs(self) -> Pairs:
        return tuple(pair for each in self.filters for pair in each.pairs)

    @property
    def problems(self) -> list[str]:
        return [each.problem for each in self.filters if each.problem]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for each in self.filters:
            rows = each.narrow(rows)
        return rows

    def query(self, pairs: Iterable[tuple[str, str]] | None = None, **extra: str) -> str:
        """The query string of this list from its beginning, with other filters where given."""
        said = list(self.pairs if pairs is None else pairs)
        if self.sort != self.opening[0]:
            said.append(("sort", self.sort))
        if self.size != self.opening[1]:
            said.append(("size", str(self.size)))
        said += extra.items()
        return urlencode(said)

    def address(self, pairs: Iterable[tuple[str, str]] | None = None, **extra: str) -> str:
        query = self.query(pairs, **extra)
        if not query and self.opens_narrowed:
            query = "all=1"
        return f"{self.path}?{query}" if query else self.path

    def here(self) -> str:
        """The address of exactly this page of the list."""
        if self.after:
            return self.address(after=self.after)
        return self.address(before=self.before) if self.before else self.address()

    def without(self, pairs: Pairs) -> str:
        return self.address([pair for pair in self.pairs if pair not in pairs])

    def sorted_by(self, sort: str) -> str:
        return replace(self, sort=sort).address()

    def sized(self, size: int) -> str:
        return replace(self, size=size).address()


def read_address(listing: Listing[Any], request: HttpRequest, opens_with: str) -> Asked:
    """Read the request's address; a bare one means `opens_with`."""
    params = request.GET or QueryDict(opens_with)
    sort = params.get("sort", "")
    if listing.column(sort.removeprefix("-")) is None:
        sort = listing.opening_sort()
    column = listing.column(sort.removeprefix("-"))
    size = params.get("size", "")
    return Asked(
        path=request.path,
        filters=tuple(each.bind(params, request) for each in listing.filters),
        sort=sort,
        order=Order(column.sort if column else "id", descending=sort.startswith("-")),
        size=int(size) if size in {str(each) for each in SIZES} else listing.size,
        opening=(listing.opening_sort(), listing.size),
        opens_narrowed=bool(opens_with),
        after=params.get("after", ""),
        before=params.get("before", ""),
    )
