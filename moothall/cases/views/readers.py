"""Who has read a restricted case: for those who say who may, and across cases for the auditor."""

from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.cases.models import Case
from moothall.cases.rules.reading import EMERGENCY, FILE, LETTER, NAMED, PAGE, PROGRAM, READS, REASON
from moothall.cases.visiting import with_case
from moothall.core.door import needs
from moothall.core.lists import (
    Bound,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Listing,
    SearchFilter,
    TextFilter,
    show_list,
)
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.models import AuditEvent
from moothall.records.rules.naming import find, names_of

THINGS = {
    PAGE: gettext_lazy("The case"),
    FILE: gettext_lazy("A file"),
    LETTER: gettext_lazy("A letter"),
    PROGRAM: gettext_lazy("By a program"),
}
WAYS = {
    NAMED: gettext_lazy("Named on it"),
    REASON: gettext_lazy("Named on it, with a reason"),
    EMERGENCY: gettext_lazy("In an emergency"),
}
OPENED = {"cases.read_sealed": REASON, "cases.break_glass": EMERGENCY}


def what_words(event: AuditEvent) -> str:
    if event.verb in OPENED:
        return _("Opened it")
    said = str(THINGS.get(event.detail.get("what", ""), ""))
    return f"{said}: {event.detail['name']}" if event.detail.get("name") else said


def way_words(event: AuditEvent) -> str:
    way = OPENED.get(event.verb) or event.detail.get("way", "")
    return str(WAYS.get(way, ""))


def case_words(event: AuditEvent) -> str:
    return event.named.words if event.named else event.about_kind


def _by_whom(rows: Any, words: str) -> Any:
    accounts = Account.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return rows.filter(actor__in=accounts.order_by().values("pk"))


def _by_way(rows: Any, ways: list[str]) -> Any:
    verbs = [verb for verb, way in OPENED.items() if way in ways]
    return rows.filter(Q(detail__way__in=ways) | Q(verb__in=verbs))


@dataclass(frozen=True)
class CaseFilter(TextFilter):
    """By what this person calls the case: what they may not see is found by its number alone."""

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        account = cast(Account, request.user)
        found = replace(self, apply=lambda rows, words: rows.about_any(find(account, words)))
        return TextFilter.bind(found, params, request)


FILTERS = (
    SearchFilter("q", gettext_lazy("Who"), apply=_by_whom),
    ChoiceFilter(
        "way", gettext_lazy("By what right"), options=list(WAYS.items()), apply=_by_way, several=False
    ),
    DateFilter("at", gettext_lazy("When")),
)
WHEN = Column("at", gettext_lazy("When"), sort="id", descending=True)
WHO = Column("actor_name", gettext_lazy("Who"))
WHAT = (
    Column("what", gettext_lazy("What"), value=what_words),
    Column("way", gettext_lazy("By what right"), value=way_words),
    Column("reason", gettext_lazy("Reason"), value=lambda event: event.detail.get("reason", "")),
)


class ReaderList(Listing[AuditEvent]):
    key, title = "readers", gettext_lazy("Who has read this case")
    columns = (WHEN, WHO, *WHAT)
    sort = "-at"
    filters = FILTERS
    page_template = "cases/readers.html"
    empty = Empty(
        gettext_lazy("Nobody has read it yet"),
        gettext_lazy("Readings are written down while a case is restricted or sealed."),
    )

    def __init__(self, case: Case) -> None:
        self.case = case

    def rows(self, request: Any) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.filter(about_kind="cases.case", about_id=self.case.pk, verb__in=READS)


class ReadingList(Listing[AuditEvent]):
    key, title = "readings", gettext_lazy("Readings of restricted cases")
    columns = (WHEN, WHO, Column("case", gettext_lazy("Case"), value=case_words), *WHAT)
    sort = "-at"
    filters = (
        *FILTERS,
        CaseFilter(
            "case",
            gettext_lazy("Case"),
            hint=gettext_lazy("A reference, or the number of one you may not see: cases.case 42"),
        ),
    )
    empty = Empty(
        gettext_lazy("No restricted case was read"),
        gettext_lazy("Widen the dates, or clear what narrows the list."),
    )

    def rows(self, request: Any) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.filter(verb__in=READS)

    def prepare(self, rows: list[AuditEvent], request: Any) -> None:
        """Who read what by which right is the auditor's to know; names and reasons of a case they may not see
        are not."""
        keys = [(row.about_kind, row.about_id) for row in rows if row.about_id is not None]
        names = names_of(request.user, keys)
        for row in rows:
            row.named = names.get((row.about_kind, row.about_id or 0))
            if row.named is None or not row.named.seen:
                row.detail = {name: row.detail[name] for name in ("what", "way") if name in row.detail}


@needs("cases.restrict")
@with_case
def readers(request: StaffRequest, case: Case) -> HttpResponse:
    return show_list(request, ReaderList(case), {"case": case})


@needs("records.audit")
def readings(request: StaffRequest) -> HttpResponse:
    return show_list(request, ReadingList())
