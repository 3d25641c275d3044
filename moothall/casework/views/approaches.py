"""Letters to other bodies: written from a case, listed by how they stand, chased and answered."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.visiting import act, bound, case_address, may_act_here, with_case
from moothall.casework import forms
from moothall.casework.models import Approach
from moothall.casework.rules import approaching as rules
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, SearchFilter, show_list
from moothall.knowledge.models import Signpost
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response, keep_document

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
STATES = {
    "WAITING": gettext_lazy("Waiting"),
    "LATE": gettext_lazy("Late"),
    "ANSWERED": gettext_lazy("Answered"),
    "CLOSED": gettext_lazy("Let be"),
    "UNSENT": gettext_lazy("Not sent"),
}
SHOWN = [
    ("open", gettext_lazy("Not answered")),
    ("waiting", gettext_lazy("Waiting")),
    ("late", gettext_lazy("Late")),
    ("answered", gettext_lazy("Answered")),
    ("closed", gettext_lazy("Let be")),
]


def _standing_so(rows: Any, values: list[str]) -> Any:
    day = today()
    found = {
        "open": rows.open(),
        "waiting": rows.waiting(day),
        "late": rows.late(day),
        "answered": rows.filter(answered_at__isnull=False),
        "closed": rows.filter(closed_at__isnull=False),
    }
    return found[values[0]]


class ApproachList(Listing[Approach]):
    """Every letter to another body on a case one may see, the next due first."""

    key, title = "approaches", gettext_lazy("Approaches")
    sort, opens_with = "reply_by", "state=open"
    ready_views = (
        (gettext_lazy("Not answered"), "state=open"),
        (gettext_lazy("Waiting"), "state=waiting"),
        (gettext_lazy("Late"), "state=late"),
        (gettext_lazy("Answered"), "state=answered"),
        (gettext_lazy("All"), ""),
    )
    row_template = "casework/parts/approach_row.html"
    columns = (
        Column("body", gettext_lazy("Department or body"), value=lambda row: row.body),
        Column("state", gettext_lazy("How it stands"), value=lambda row: STATES[row.state(today())]),
        Column("reply_by", gettext_lazy("Answer asked for by"), sort="reply_by",
               value=lambda row: row.reply_by),
        Column("sent", gettext_lazy("Written"), sort="sent_at", descending=True,
               value=lambda row: row.sent_at),
        Column("chasers", gettext_lazy("Reminders"), value=lambda row: len(row.chasers.all()), numeric=True),
        Column("case", gettext_lazy("Case"), value=lambda row: row.case.reference),
        Column("assignee", gettext_lazy("Assigned to"),
               value=lambda row: row.case.assignee.name if row.case.assignee else ""),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Search"), field="body"),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=SHOWN, apply=_standing_so, several=False
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No letters to other bodies"),
        gettext_lazy("Write to a department from a case: under More, choose Write to another body."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Approach]:
        rows = Approach.objects.visible_to(request.user)
        return rows.select_related("case__assignee", "letter").prefetch_related("chasers")

    def prepare(self, rows: list[Approach], request: StaffRequest) -> None:
        for row in rows:
            row.stands = row.state(today())  # type: ignore[attr-defined]


@needs("cases.view")
def approach_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, ApproachList())


def find_approach(request: StaffRequest, number: int) -> Approach:
    """The approach of this number, if it exists for this person; to change it, their role holds there."""
    rows = Approach.objects.known_to(request.user)
    rows = rows.select_related("case__team", "letter", "signpost", "document", "sent_by", "answered_by")
    found = rows.select_related("case__requester", "case__subject", "closed_by").filter(pk=number).first()
    if found is None or not may_read(found.case, request.user, at=now()):
        raise Http404
    if not may_act_here(request, found.case):
        raise PermissionDenied
    return found


def address_of(approach: Approach) -> str:
    return reverse("approach", args=[approach.pk])


@require_GET
@needs("cases.view")
def approach(request: StaffRequest, number: int) -> HttpResponse:
    found = find_approach(request, number)
    context = {
        "approach": found, "state": found.state(today()), "today": today(),
        "chasers": found.chasers.select_related("letter", "by"),
    }  # fmt: skip
    return render(request, "casework/approach.html", context)


@require_GET
@needs("cases.view")
def approach_document(request: StaffRequest, number: int) -> Any:
    found = find_approach(request, number)
    if found.document is None:
        raise Http404
    return download_response(found.document)


@needs("letters.write")
@with_case
def approach_body(request: StaffRequest, case: Case) -> HttpResponse:
    """Write to another body; a choice from the directory fills in what it says of them."""
    form = bound(request, forms.ApproachForm, initial=_begun(request, case))

    def write(_data: dict[str, Any]) -> str:
        data = form.cleaned_data
        made = rules.approach_body(
            case, body=form.as_body(), subject=data["subject"],  # type: ignore[attr-defined]
            text=data["text"], reply_by=data["reply_by"], by=request.user, at=now(),
        )  # fmt: skip
        return reverse("undo_approach", args=[made.pk])

    return act(
        request, case, form, title=_("Write to another body"), button=_("Send"),
        words=_("Your letter leaves in 15 seconds."), rule=write, contact=True,
        extra={"fields_template": "casework/parts/approach_fields.html"},
    )  # fmt: skip


def _begun(request: StaffRequest, case: Case) -> dict[str, Any]:
    """What the form begins with, for the body and the language the address names."""
    language = "cy" if request.GET.get("language") == "cy" else "en"
    chosen = request.GET.get("signpost", "")
    signpost = Signpost.objects.in_force(today()).filter(pk=int(chosen)).first() if chosen.isdigit() else None
    subject, text = rules.first_words(case, language=language, by=request.user, at=now())
    begun = {
        "subject": subject, "text": text, "language": language, "channel": "MAIL",
        "reply_by": rules.day_for_answer(today()),
    }  # fmt: skip
    if signpost is None:
        return begun
    found = MAIL.search(signpost.how)
    return begun | {
        "signpost": str(signpost.pk), "body": signpost.said("name", language),
        "address": found[0].rstrip(".") if found else signpost.said("where", language),
        "channel": "MAIL" if found or not signpost.where else "PRINT",
    }  # fmt: skip


@needs("letters.write")
def chase_approach(request: StaffRequest, number: int) -> HttpResponse:
    found = find_approach(request, number)
    subject, text = rules.chaser_words(found, by=request.user, at=now())
    day = rules.day_for_answer(today(), chaser=True)
    form = bound(request, forms.LetterForm, initial={"subject": subject, "text": text, "reply_by": day})
    return show_form(
        request, form, title=_("Send a reminder"), button=_("Send the reminder"), lead=str(found),
        back=address_of(found),
        words=_("The reminder leaves in 15 seconds."),
        rule=lambda data: rules.chase(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("cases.work")
def answer_approach(request: StaffRequest, number: int) -> HttpResponse:
    found = find_approach(request, number)

    def record(data: dict[str, Any]) -> None:
        file = data["attached"]
        kept = keep_document(file, name=file.name, by=request.user, at=now()) if file else None
        rules.record_answer(found, answer=data["answer"], document=kept, by=request.user, at=now())

    return show_form(
        request, bound(request, forms.AnswerForm), title=_("They have answered"), rule=record,
        words=_("Written down. Tell whoever asked by a reply on the case."), lead=str(found),
        back=address_of(found), undo=lambda _done: reverse("reopen_approach", args=[found.pk]),
    )  # fmt: skip


@needs("cases.work")
def close_approach(request: StaffRequest, number: int) -> HttpResponse:
    found = find_approach(request, number)
    return show_form(
        request, bound(request, forms.LetBeForm), title=_("Let it be"), button=_("Let it be"),
        words=_("No answer is waited for any more."), lead=str(found), back=address_of(found),
        undo=lambda _done: reverse("reopen_approach", args=[found.pk]),
        rule=lambda data: rules.let_be(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def reopen_approach(request: StaffRequest, number: int) -> HttpResponse:
    found = find_approach(request, number)
    rules.wait_again(found, by=request.user, at=now())
    messages.success(request, _("An answer is waited for again."))
    return redirect(address_of(found))


@require_POST
@needs("letters.write")
def undo_approach(request: StaffRequest, number: int) -> HttpResponse:
    found = find_approach(request, number)
    rules.undo_approach(found, by=request.user, at=now())
    messages.success(request, _("Called back: the letter has not left."))
    return redirect(case_address(found.case))
