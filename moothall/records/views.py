"""The audit, for those who may read it."""

from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib import messages
from django.db.models import F, Func, IntegerField, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from moothall.core import fields
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import Bound, ChoiceFilter, Column, DateFilter, Empty, Listing, TextFilter, show_list
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.models import AuditCheck, AuditEvent, AuditSeal, Standstill
from moothall.records.rules.naming import find, withhold
from moothall.records.rules.standing import end_standstill
from moothall.records.rules.verifying import count_unsealed, proof_of

LARGEST_ID = 2**63


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


class SealList(Listing[AuditSeal]):
    key, title = "seals", _("Seals of the audit")
    columns = (
        Column("number", _("Seal"), sort="number", descending=True, numeric=True),
        Column("sealed_at", _("When")),
        Column("many", _("Rows"), numeric=True),
        Column("upto_id", _("Up to row"), numeric=True),
        Column("head", _("Head"), classes="mh-hash"),
    )
    sort = "-number"
    page_template = "records/seals.html"
    empty = Empty(_("Nothing is sealed yet"), _("The worker seals the audit every five minutes."))

    def rows(self, _request: HttpRequest) -> QuerySet[AuditSeal]:
        many = Func(F("ids"), function="cardinality", output_field=IntegerField())
        return AuditSeal.objects.defer("ids", "leaves").annotate(many=many)


def states() -> dict[str, str]:
    return {"whole": gettext("whole"), "fault": gettext("not whole")}


@needs("records.audit")
def seals(request: StaffRequest) -> HttpResponse:
    """What was sealed, what came of the last look, and how much is too new."""
    context = {"check": AuditCheck.objects.first(), "unsealed": count_unsealed(), **states()}
    return show_list(request, SealList(), context)


@require_GET
@needs("records.audit")
def proof(request: StaffRequest, event_id: int) -> HttpResponse:
    """The way from one row to the head it was sealed under."""
    event = AuditEvent.objects.filter(pk=event_id).first() if event_id < LARGEST_ID else None
    if event is None:
        raise Http404
    found = proof_of(event_id)
    rows = []
    if found is not None:
        rows = [
            (_("Hash of the row"), found.leaf),
            (_("Seal"), found.seal.number),
            (_("Root of the seal"), found.seal.root),
            (_("Head"), found.seal.head),
        ]
    return render(request, "records/proof.html", {"event": event, "proof": found, "rows": rows, **states()})


class EndForm(fields.Form):
    because = fields.TextField(label=_("Why things may go out again"), max_length=300)


@needs("people.administer")
def standstill(request: StaffRequest) -> HttpResponse:
    """What stands still since a backup was put back, and the end of it, with a reason."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        end_standstill(because=form.cleaned_data["because"], by=request.user, at=now())
        messages.success(request, gettext("Letters, mailboxes and the timetable go on."))
        return redirect("standstill")
    rows = Standstill.objects.select_related("ended_by").order_by("-id")[:20]
    standing = Standstill.objects.standing().exists()
    context = {"form": form, "rows": rows, "standing": standing}
    return render(request, "records/standstill.html", context, status=422 if form.errors else 200)
