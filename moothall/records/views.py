"""The audit, for those who may read it."""

from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from moothall.core.door import needs
from moothall.core.lists import Bound, ChoiceFilter, Column, DateFilter, Empty, Listing, TextFilter, show_list
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.models import AuditEvent
from moothall.records.rules.naming import find, withhold


def by_person(rows: Any, words: str) -> Any:
    """Events of the accounts whose name or address has these words in it."""
    accounts = Account.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return rows.filter(actor__in=accounts.order_by().values("pk"))


def called(event: AuditEvent) -> str:
    return event.named.words if event.named else event.about_kind


def told(event: AuditEvent) -> str:
    """The particulars as one line of words."""
    return "; ".join(f"{key}: {value}" for key, value in event.particulars())


@dataclass(frozen=True)
class RecordFilter(TextFilter):
    """What was done to one record, found by what this person calls it."""

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        account = cast(Account, request.user)
        found = replace(self, apply=lambda rows, words: rows.about_any(find(account, words)))
        return TextFilter.bind(found, params, request)


class AuditList(Listing[AuditEvent]):
    key, title = "audit", _("Audit")
    columns = (
        Column("at", _("When"), sort="id", descending=True),
        Column("actor_name", _("Who")),
        Column("verb", _("What")),
        Column("about", _("Record"), value=called),
        Column("detail", _("Particulars"), value=told),
    )
    sort = "-at"
    filters = (
        TextFilter("person", _("Person"), apply=by_person),
        ChoiceFilter(
            "verb",
            _("What"),
            several=False,
            options=lambda _request: [(verb, verb) for verb in AuditEvent.objects.verbs()],
        ),
        RecordFilter("record", _("Record"), hint=_("A reference, or a kind and its number: cases.case 42")),
        DateFilter("at", _("When")),
    )
    row_template = "records/audit_row.html"
    empty = Empty(_("Nothing was done that fits"), _("Widen the dates, or clear what narrows the list."))

    def rows(self, _request: HttpRequest) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.all()

    def prepare(self, rows: list[AuditEvent], request: StaffRequest) -> None:
        withhold(request.user, rows)


@needs("records.audit")
def audit(request: StaffRequest) -> HttpResponse:
    return show_list(request, AuditList())
