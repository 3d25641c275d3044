"""What narrows a list. A filter reads its own parameters of the address and says what it understood."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core import typed
from moothall.core.clock import LONDON, today
from moothall.core.refusals import Words

LONGEST_WORDS = 200
CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")
Narrow = Callable[[Any], Any]
Pairs = tuple[tuple[str, str], ...]
Options = Sequence[tuple[Any, Any]] | Callable[[HttpRequest], Iterable[tuple[Any, Any]]]


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list, and the parameters to leave out to undo it."""

    words: str
    pairs: Pairs


@dataclass(frozen=True)
class Bound:
    """A filter with what this request chose: all that the page and the query need of it."""

    filter: "Filter"
    pairs: Pairs = ()
    chips: tuple[Chip, ...] = ()
    narrow: Narrow = lambda rows: rows
    problem: str = ""
    choices: tuple[Choice, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.filter.kind

    @property
    def key(self) -> str:
        return self.filter.key

    @property
    def label(self) -> Words:
        return self.filter.label

    @property
    def hint(self) -> Words:
        return getattr(self.filter, "hint", "")


@dataclass(frozen=True)
class Filter(ABC):
    key: str
    """The parameter in the address."""
    label: Words
    kind = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        return (self.key,)

    @abstractmethod
    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        """What this request chose; whatever cannot be understood is left out and said."""


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a few, or several of them: `field__in`, or `apply(rows, values)`."""

    options: Options = ()
    """(value, words) pairs, or a function of the request that gives them."""
    field: str = ""
    """The lookup path; the key, unless said otherwise."""
    apply: Callable[[Any, list[str]], Any] | None = None
    several: bool = True
    """Tick boxes when several may be chosen, else one select."""

    @property
    def kind(self) -> str:  # type: ignore[override]
        return "ticks" if self.several else "select"

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        options = self.options(request) if callable(self.options) else self.options
        named = {str(value): (value, str(words)) for value, words in options}
        asked = {value for value in params.getlist(self.key) if value}
        chosen = [value for value in named if value in asked][: None if self.several else 1]
        problem = "" if len(chosen) == len(asked) else unknown_choice(self.label)
        return Bound(
            self,
            pairs=tuple((self.key, value) for value in chosen),
            chips=tuple(Chip(f"{self.label}: {named[value][1]}", ((self.key, value),)) for value in chosen),
            narrow=lambda rows: self._narrow(rows, [named[value][0] for value in chosen]),
            problem=problem,
            choices=tuple(Choice(value, words, value in chosen) for value, (_v, words) in named.items()),
        )

    def _narrow(self, rows: Any, values: list[Any]) -> Any:
        if not values:
            return rows
        if self.apply is not None:
            return self.apply(rows, values)
        path = self.field or self.key
        return rows.filter(**({f"{path}__in": values} if len(values) > 1 else {path: values[0]}))


@dataclass(frozen=True)
class FlagFilter(Filter):
    """Yes or nothing: one tick box, such as "Late"."""

    apply: Narrow = field(default=lambda rows: rows)
    kind = "flag"

    def bind(self, params: QueryDict, _request: HttpRequest) -> Bound:
        if params.get(self.key) != "1":
            return Bound(self)
        pairs = ((self.key, "1"),)
        return Bound(self, pairs, chips=(Chip(str(self.label), pairs),), narrow=self.apply, typed=("1",))


@dataclass(frozen=True)
class TextFilter(Filter):
    """Words typed into a box: `apply(rows, words)`, else `field__icontains`."""

    field: str = ""
    apply: Callable[[Any, str], Any] | None = None
    hint: Words = ""
    kind = "text"

    def bind(self, params: QueryDict, _request: HttpRequest) -> Bound:
        words = read_words(params, self.key)
        if not words:
            return Bound(self)
        pairs = ((self.key, words),)
        return Bound(
            self,
            pairs,
            chips=(Chip(f"{self.label}: “{words}”", pairs),),
            narrow=lambda rows: self._narrow(rows, words),
            typed=(words,),
        )

    def _narrow(self, rows: Any, words: str) -> Any:
        if self.apply is not None:
            return self.apply(rows, words)
        return rows.filter(**{f"{self.field or self.key}__icontains": words})


@dataclass(frozen=True)
class SearchFilter(TextFilter):
    """The list's own search box, above the table and always in sight."""

    kind = "search"


@dataclass(frozen=True)
class DateFilter(Filter):
    """Days from … to …, both included, counted in London when the field is a moment."""

    field: str = ""

    kind = "dates"

    @property
    def parameters(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def bind(self, params: QueryDict, _request: HttpRequest) -> Bound:
        texts = tuple(read_words(params, name)[:20] for name in self.parameters)
        days = [read_day(text) for text in texts]
        sentences = (_("%(label)s from %(day)s"), _("%(label)s to %(day)s"))
        pairs, chips = [], []
        for name, day, sentence in zip(self.parameters, days, sentences, strict=True):
            if day is not None:
                pair = (name, day.isoformat())
                pairs.append(pair)
                chips.append(
                    Chip(sentence % {"label": self.label, "day": date_format(day, "j M Y")}, (pair,))
                )
        wrong = [text for text, day in zip(texts, days, strict=True) if text and day is None]
        return Bound(
            self,
            tuple(pairs),
            chips=tuple(chips),
            narrow=lambda rows: self._narrow(rows, *days),
            problem=_("%(label)s: “%(text)s” is not a date, such as 2026-03-27.")
            % {"label": self.label, "text": wrong[0]}
            if wrong
            else "",
            typed=tuple(day.isoformat() if day else text for text, day in zip(texts, days, strict=True)),
        )

    def _narrow(self, rows: Any, first: dt.date | None, last: dt.date | None) -> Any:
        path = self.field or self.key
        moment = isinstance(field_at(rows.model, path), models.DateTimeField)
        if first is not None:
            rows = rows.filter(**{f"{path}__gte": midnight(first) if moment else first})
        if last is not None and moment:
            return rows.filter(**{f"{path}__lt": midnight(last + dt.timedelta(days=1))})
        return rows if last is None else rows.filter(**{f"{path}__lte": last})


def field_at(model: Any, path: str) -> Any:
    """The field at the end of a lookup path."""
    for name in path.split("__"):
        found = model._meta.get_field(name)
        model = found.related_model
    return found


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON)


def read_words(params: QueryDict, name: str, longest: int = LONGEST_WORDS) -> str:
    """What was typed, in one line, without what neither PostgreSQL nor HTML can hold."""
    return " ".join(params.get(name, "").translate(CONTROLS).split())[:longest]


def read_day(text: str) -> dt.date | None:
    """`2026-03-27` as the browser writes it, or a day as a person does."""
    found = typed.day(text, today=today()) if text else None
    return found if found and 1800 <= found.year <= 2200 else None


UNKNOWN = gettext_lazy("%s: that choice does not exist, so it was left out.")


def unknown_choice(label: Words) -> str:
    return str(UNKNOWN) % label
