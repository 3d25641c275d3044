"""Holding replies: cases that will not be answered in time, and telling whoever asked."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.cases.visiting import act, bound, case_address, may_act_here, with_case
from moothall.casework import forms
from moothall.casework.models import HoldingReply
from moothall.casework.rules import holding as rules
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import BulkAction, Column, Empty, FlagFilter, Listing, show_list
from moothall.core.refusals import Refusal
from moothall.core.way_back import way_back
from moothall.people.requests import StaffRequest


class HoldingList(Listing[HoldingReply]):
    """Cases whose day is near with no answer yet, the nearest first."""

    key, title = "holding", gettext_lazy("Holding replies")
    sort, opens_with = "due", "open=1"
    ready_views = ((gettext_lazy("To send"), "open=1"), (gettext_lazy("All"), ""))
    columns = (
        Column("title", gettext_lazy("Title"), value=lambda row: row.case.title),
        Column("who", gettext_lazy("Who asked"),
               value=lambda row: row.case.requester.full_name if row.case.requester else ""),
        Column("due", gettext_lazy("Due"), sort="due_on", value=lambda row: row.due_on),
        Column("assignee", gettext_lazy("Assigned to"),
               value=lambda row: row.case.assignee.name if row.case.assignee else ""),
        Column("promised", gettext_lazy("Told they will hear by"), value=lambda row: row.promised_on),
        Column("sent", gettext_lazy("Sent"), value=lambda row: row.sent_at),
        Column("reference", gettext_lazy("Reference"), value=lambda row: row.case.reference),
    )  # fmt: skip
    filters = (FlagFilter("open", gettext_lazy("To send"), apply=lambda rows: rows.to_send()),)
    bulk = (
        BulkAction(
            "hold", gettext_lazy("Send the holding reply"), permission="letters.write",
            url_name="send_holding_replies",
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No holding reply is needed"),
        gettext_lazy("A case that nobody has answered appears here shortly before its day."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[HoldingReply]:
        rows = HoldingReply.objects.visible_to(request.user)
        return rows.select_related("case__requester", "case__assignee")

    def address(self, row: HoldingReply) -> str:
        return case_address(row.case)

    def row_name(self, row: HoldingReply) -> str:
        return row.case.reference


@needs("cases.view")
def holding_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, HoldingList())


@needs("letters.write")
@with_case
def holding_reply(request: StaffRequest, case: Case) -> HttpResponse:
    """Tell whoever asked that it takes longer, in their language."""
    initial: dict[str, Any] = {"promised_on": rules.day_to_promise(today())}
    try:
        initial["subject"], initial["text"] = rules.words_of(case, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))

    def send(data: dict[str, Any]) -> str:
        made = rules.send_holding_reply(case, **data, by=request.user, at=now())
        return reverse("undo_holding_reply", args=[made.pk])

    return act(
        request, case, bound(request, forms.HoldingForm, initial=initial), title=_("Holding reply"),
        button=_("Send"), words=_("Your holding reply leaves in 15 seconds."), rule=send, contact=True,
    )  # fmt: skip


def _chosen(request: StaffRequest) -> list[Case]:
    """The cases of the rows ticked that this person may answer; a sealed one never in passing."""
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdecimal() and len(each) < 19][:200]
    rows = HoldingReply.objects.visible_to(request.user).to_send().filter(pk__in=ids)
    cases = Case.objects.filter(pk__in=rows.values("case")).select_related("requester", "team", "version")
    found = cases.select_related("service").order_by("due_on", "id")
    return [
        case for case in found
        if may_act(case, request.user, "letters.write") and may_read(case, request.user, at=now())
    ]  # fmt: skip


@require_POST
@needs("letters.write")
def send_holding_replies(request: StaffRequest) -> HttpResponse:
    """From the list: the usual words to each of those ticked."""
    sent, left = rules.send_usual_words(_chosen(request), by=request.user, at=now())
    words = ngettext(
        "%d holding reply leaves in 15 seconds.", "%d holding replies leave in 15 seconds.", sent
    )
    messages.success(request, words % sent)
    if left:
        names = ", ".join(case.reference for case in left)
        messages.warning(request, _("Ring these, or add an address: %s.") % names)
    return redirect(way_back(request, request.POST.get("back", ""), reverse("holding_list")))


@require_POST
@needs("letters.write")
def undo_holding_reply(request: StaffRequest, number: int) -> HttpResponse:
    rows = HoldingReply.objects.filter(case__in=Case.objects.visible_to(request.user), pk=number)
    row = rows.select_related("case", "letter").first()
    if row is None or not may_read(row.case, request.user, at=now()):
        raise Http404
    if not may_act_here(request, row.case):
        raise PermissionDenied
    rules.undo_holding_reply(row, by=request.user, at=now())
    messages.success(request, _("Called back: the letter has not left."))
    return redirect(case_address(row.case))
