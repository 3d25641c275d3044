"""The outbox as a list, and the letters that wait for an approver."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Empty, Listing, TextFilter, show_list
from moothall.core.refusals import Words
from moothall.letters.models import CHANNELS, Letter
from moothall.people.requests import StaffRequest
from moothall.records.rules.naming import names_of

SHOWN = ("person", "written_by")


def in_capitals(choices: Iterable[tuple[str, Words]]) -> list[tuple[str, Words]]:
    """Choices as they stand in a list of boxes to tick."""
    return [(value, capfirst(str(words))) for value, words in choices]


class OutboxList(Listing[Letter]):
    key, title = "outbox", _("Outbox")
    columns = (
        Column("state", _("State"), value=lambda letter: str(letter.get_state_display())),
        Column("subject", _("Letter")),
        Column("to", _("To"), value=lambda letter: letter.to_name or letter.to_address),
        Column("about", _("About"), value=lambda letter: letter.named.words if letter.named else ""),
        Column("written_at", _("Written"), sort="id", descending=True),
        Column("written_by", _("By"), value=lambda letter: letter.written_by or "Moothall"),
        Column("problem", _("What went wrong"), shown=False),
        Column("act", _("What to do"), value=lambda _letter: "", exported=False),
    )
    sort = "-written_at"
    filters = (
        ChoiceFilter("state", _("State"), options=lambda _request: in_capitals(Letter.STATES)),
        ChoiceFilter("channel", _("Sent by"), options=lambda _request: in_capitals(CHANNELS)),
        TextFilter("to", _("To"), apply=lambda rows, words: rows.addressed_to(words)),
        DateFilter("written", _("Written"), field="written_at"),
    )
    row_template = "letters/parts/outbox_row.html"
    page_template = "letters/outbox.html"
    empty = Empty(_("No letter is here"), _("Letters appear as soon as somebody writes one."))

    def rows(self, request: Any) -> QuerySet[Letter]:
        return Letter.objects.visible_to(request.user).select_related(*SHOWN)

    def prepare(self, rows: list[Letter], request: Any) -> None:
        names = names_of(request.user, [(row.about_kind, row.about_id) for row in rows])
        for row in rows:
            row.named = names[row.about_kind, row.about_id]


class ApprovalList(OutboxList):
    key, title = "approvals", _("Letters to approve")
    filters: ClassVar[Any] = ()
    page_template = "lists/page.html"
    empty = Empty(_("No letter waits for approval"))

    def rows(self, request: Any) -> QuerySet[Letter]:
        return super().rows(request).filter(state=Letter.FOR_APPROVAL)


@needs("letters.outbox")
def outbox(request: StaffRequest) -> HttpResponse:
    mine = Letter.objects.visible_to(request.user)
    counts = mine.counted()
    queues = [
        (_("To approve"), "?state=FOR_APPROVAL", counts.get(Letter.FOR_APPROVAL, 0), "soon"),
        (_("Maybe sent: check"), "?state=MAYBE_SENT", counts.get(Letter.MAYBE_SENT, 0), "late"),
        (_("Could not be sent"), "?state=FAILED", counts.get(Letter.FAILED, 0), "late"),
        (_("Queued"), "?state=QUEUED", counts.get(Letter.QUEUED, 0), ""),
        (_("Being sent"), "?state=SENDING", counts.get(Letter.SENDING, 0), ""),
    ]
    context = {"queues": queues, "to_print": mine.to_print(now()).count(), "outbox": reverse("outbox")}
    return show_list(request, OutboxList(), context)


@needs("letters.approve")
def approvals(request: StaffRequest) -> HttpResponse:
    return show_list(request, ApprovalList())
