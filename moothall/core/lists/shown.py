"""A list as its templates meet it: words and addresses, nothing left to work out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core.clock import in_london, now
from moothall.core.parts import is_part
from moothall.core.refusals import Words

from .asked import Asked
from .cells import drawer
from .filters import Bound
from .keyset import Page
from .listing import SIZES, Column, Link, Listing
from .saved import KeptView


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the templates meet it."""

    row: Any
    id: str
    name: str
    classes: str
    cells: str
    """The `<td>`s, unless the list has a template for them."""


@dataclass(frozen=True)
class Head:
    column: Column
    address: str
    aria_sort: str


@dataclass(frozen=True)
class ShownChip:
    words: str
    address: str


@dataclass(frozen=True)
class ShownAction:
    label: Words
    address: str
    warning: bool
    letter: str


@dataclass(frozen=True)
class ShownView:
    name: str
    address: str
    current: bool
    removal: str


class Shown:
    """A list as its templates see it, under the name `list`."""

    def __init__(
        self,
        request: HttpRequest,
        listing: Listing[Any],
        asked: Asked,
        page: Page[Any],
        views: Sequence[KeptView] = (),
        *,
        plain: bool = False,
    ) -> None:
        self.listing, self.asked, self.page, self.views_kept = listing, asked, page, views
        self.key, self.title, self.row_template = listing.key, listing.title, listing.row_template
        self.table_classes = listing.table_classes
        self.notices: list[Words] = list(asked.problems)
        self.path, self.empty = asked.path, listing.empty
        self.actions: Sequence[Link] = listing.actions(request)
        self.may_export = listing.may_export(request)
        self.bulk = [
            ShownAction(action.label, reverse(action.url_name), action.warning, action.letter)
            for action in listing.bulk
            if request.user.may(action.permission)  # type: ignore[union-attr]
        ]
        # htmx keeps the focus on what was pressed if that has an id; else the rows take it.
        self.takes_focus = is_part(request) and "HX-Trigger" not in request.headers
        self.columns = [column for column in listing.columns if column.shown]
        self.lines = self._lines(plain)

    def _lines(self, plain: bool) -> list[Line]:
        listing, ticks = self.listing, bool(self.bulk)
        draw = drawer(self.columns) if plain or not listing.row_template else None
        lines = []
        for row in self.page.rows:
            lines.append(
                Line(
                    row,
                    str(row.pk),
                    listing.row_name(row) if ticks else "",
                    listing.row_classes(row),
                    draw(row, "" if plain else listing.address(row)) if draw else "",
                )
            )
        return lines

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column, "", "")
        up, down = column.key, f"-{column.key}"
        if self.asked.sort == up:
            return Head(column, self.asked.sorted_by(down), "ascending")
        if self.asked.sort == down:
            return Head(column, self.asked.sorted_by(up), "descending")
        return Head(column, self.asked.sorted_by(down if column.descending else up), "none")

    @cached_property
    def search(self) -> list[Bound]:
        return [each for each in self.asked.filters if each.kind == "search"]

    @cached_property
    def filters(self) -> list[Bound]:
        return [each for each in self.asked.filters if each.kind != "search"]

    @cached_property
    def chips(self) -> list[ShownChip]:
        return [
            ShownChip(chip.words, self.asked.without(chip.pairs))
            for each in self.asked.filters
            for chip in each.chips
        ]

    @property
    def cleared(self) -> str:
        return self.asked.address(())

    @property
    def start(self) -> str:
        """This list from its first row."""
        return self.asked.address()

    @property
    def here(self) -> str:
        return self.asked.here()

    @property
    def kept_in_form(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen."""
        return [
            (name, value)
            for name, value, opening in (
                ("sort", self.asked.sort, self.asked.opening[0]),
                ("size", str(self.asked.size), str(self.asked.opening[1])),
            )
            if value != opening
        ]

    @property
    def first(self) -> str:
        return self.asked.address() if self.page.previous else ""

    @property
    def previous(self) -> str:
        return self.asked.address(before=self.page.previous) if self.page.previous else ""

    @property
    def next(self) -> str:
        return self.asked.address(after=self.page.next) if self.page.next else ""

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        return [(size, self.asked.sized(size), size == self.asked.size) for size in SIZES]

    @property
    def count(self) -> str:
        """How much is shown. What lies beyond is never counted."""
        here = len(self.lines)
        if self.page.next:
            return (_("%d here, more follow") if self.page.previous else _("First %d, more follow")) % here
        if self.page.previous:
            return _("Last %d") % here
        return ngettext("%d in all", "%d in all", here) % here

    @property
    def query(self) -> str:
        return self.asked.query()

    @property
    def printed(self) -> str:
        return _("Printed %s") % date_format(in_london(now()), "j F Y, H:i")

    @property
    def paper(self) -> str:
        return self.asked.address(print="1")

    @cached_property
    def ready(self) -> list[ShownView]:
        """The views everybody has."""
        here = sorted(parse_qsl(self.query))
        return [
            ShownView(
                str(words), f"{self.asked.path}?{query or 'all=1'}", sorted(parse_qsl(query)) == here, ""
            )
            for words, query in self.listing.ready_views
        ]

    @cached_property
    def says_itself(self) -> bool:
        """Whether a view everybody has is shown: its name says what narrows the list."""
        return any(view.current for view in self.ready)

    @property
    def opens_so(self) -> bool:
        """Whether nothing narrows the list but the way it opens: then it is empty of what it is for."""
        return sorted(parse_qsl(self.query)) == sorted(parse_qsl(self.listing.opens_with))

    @cached_property
    def views(self) -> list[ShownView]:
        """The views kept under a name."""
        return [
            ShownView(
                view.name,
                f"{self.asked.path}?{view.query or 'all=1'}",
                view.query == self.query,
                reverse("saved_view_removal", args=[view.id]),
            )
            for view in self.views_kept
            if view.name
        ]

    @property
    def can_be_kept(self) -> bool:
        """Whether there is something to save, or something saved to take away."""
        return bool(self.query or self.views_kept or self.asked.opens_narrowed)

    @property
    def opening_removal(self) -> str:
        """Where to post to stop opening with a view of one's own."""
        own = next((view for view in self.views_kept if not view.name), None)
        return reverse("saved_view_removal", args=[own.id]) if own else ""
