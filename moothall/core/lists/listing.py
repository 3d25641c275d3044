"""What a list page is declared with: its columns, filters, bulk actions and rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words

from .filters import Filter

M = TypeVar("M", bound=models.Model)
SIZES = (25, 50, 100)
RESERVED = frozenset({"sort", "size", "after", "before", "all", "print", "export"})


@dataclass(frozen=True)
class Column:
    """One column: how it is headed, sorted, shown and exported."""

    key: str
    heading: Words
    value: Callable[[Any], Any] | None = None
    """What is exported, printed, and shown where there is no `row_template`; else the attribute `key`."""
    sort: str = ""
    """The field, lookup path or annotation to sort by; without one the column is not sortable."""
    descending: bool = False
    """Whether the first click sorts downwards, as for dates."""
    numeric: bool = False
    shown: bool = True
    """False: only in exports."""
    exported: bool = True
    classes: str = ""
    """Classes of its heading, such as one that sets its width."""

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value is not None else getattr(row, self.key)


@dataclass(frozen=True)
class BulkAction:
    """A button under the ticked rows: posts `ids` (one each) and `back` to the address `url_name`. `letter`
    presses it while rows are ticked."""

    key: str
    label: Words
    permission: str
    url_name: str
    warning: bool = False
    letter: str = ""


@dataclass(frozen=True)
class Link:
    words: Words
    address: str


NOTHING_YET = _("There is nothing here yet")


@dataclass(frozen=True)
class Empty:
    """What is said when there is nothing to list, and what to do next."""

    heading: Words = NOTHING_YET
    text: Words = ""


class Listing(Generic[M]):
    """A list of rows of one model. Everything but `key`, `title`, `columns` and `rows` has a default."""

    key: ClassVar[str]
    title: ClassVar[Words]
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    bulk: ClassVar[Sequence[BulkAction]] = ()
    sort: ClassVar[str] = ""
    """The column it opens sorted by, `-received` for downwards; the first sortable one, unless given."""
    opens_with: ClassVar[str] = ""
    """The query it opens with, such as `status=OPEN`, for whoever has saved no view to open with."""
    ready_views: ClassVar[Sequence[tuple[Words, str]]] = ()
    """(words, query) of the views everybody has, as a row above the list; an empty query is everything."""
    size: ClassVar[int] = 50
    row_template: ClassVar[str] = ""
    """A template of the cells of one row, `<td>`s with `row`; without one, each column shows its value."""
    table_classes: ClassVar[str] = ""
    page_template: ClassVar[str] = "lists/page.html"
    export_permission: ClassVar[str | None] = None
    """A permission needed to export, beside the one of the route."""
    exports: ClassVar[bool] = True
    empty: ClassVar[Empty] = Empty()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "key" in vars(cls):
            cls._check()

    def rows(self, request: Any) -> QuerySet[M]:
        """The rows this person may see, with what the row template needs; order does not matter."""
        raise NotImplementedError

    def prepare(self, rows: list[M], request: Any) -> None:
        """Attach to the rows of one page what a bulk query can find."""

    def address(self, row: M) -> str:
        """Where the first cell of the row leads, unless `row_template` says."""
        return ""

    def row_name(self, row: M) -> str:
        """How a screen reader names the row beside its tick box."""
        return str(row)

    def row_classes(self, row: M) -> str:
        return ""

    def actions(self, request: Any) -> Sequence[Link]:
        """What can be done on this page, such as adding a row; also offered when the list is empty."""
        return ()

    def may_export(self, request: Any) -> bool:
        if not self.exports or self.export_permission is None:
            return self.exports
        return bool(request.user.may(self.export_permission))

    @classmethod
    def opening_sort(cls) -> str:
        if cls.sort:
            return cls.sort
        first = next((column for column in cls.columns if column.sort), None)
        if first is None:
            return "-id"
        return f"-{first.key}" if first.descending else first.key

    @classmethod
    def column(cls, key: str) -> Column | None:
        """The sortable column of this key."""
        return next((column for column in cls.columns if column.key == key and column.sort), None)

    @classmethod
    def _check(cls) -> None:
        names = [name for each in cls.filters for name in each.parameters]
        columns = [column.key for column in cls.columns]
        wrong = [name for name in names if name in RESERVED or names.count(name) > 1]
        wrong += [key for key in columns if columns.count(key) > 1]
        if wrong:
            raise ImproperlyConfigured(f"The list {cls.key} uses a name twice, or a reserved one: {wrong}.")
        if cls.sort and cls.column(cls.sort.removeprefix("-")) is None:
            raise ImproperlyConfigured(f"The list {cls.key} opens sorted by {cls.sort}, which does not sort.")
        if cls.size not in SIZES:
            raise ImproperlyConfigured(f"The list {cls.key} has pages of {cls.size}; choose one of {SIZES}.")
