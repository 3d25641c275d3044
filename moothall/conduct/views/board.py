"""Employee casework at a glance, and as a list; both hold only the matters on which one is named."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from moothall.conduct.models import Matter, MatterKind
from moothall.conduct.rules import board
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import of_staff_fitting


@require_GET
@needs("conduct.work")
def matter_board(request: StaffRequest) -> HttpResponse:
    """What is due, who is met this week, what still counts."""
    account, day = request.user, today()
    context = {
        "today": day, "due": board.due_matters(account, on=day),
        "meetings": board.meetings_soon(account, at=now()), "live": board.live_outcomes(account, on=day),
        "suspensions": board.suspensions_to_review(account, on=day),
        "windows": board.windows_closing(account, on=day), "figures": board.figures(account),
    }  # fmt: skip
    return render(request, "conduct/board.html", context)


def _kinds(_request: HttpRequest) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(each.key, each.said("name", language)) for each in MatterKind.objects.all()]


def _kind_name(row: Matter) -> str:
    return row.kind.said("name", get_language() or "en")


class MatterList(Listing[Matter]):
    key, title = "matters", _("Employee casework")
    sort, opens_with = "began", "open=1"
    ready_views = ((_("Open"), "open=1"), (_("All"), ""))
    columns = (
        Column("who", _("Whom it is about"), value=lambda row: row.employment.person.full_name),
        Column("kind", _("Kind"), value=_kind_name),
        Column("case", _("Reference"), value=lambda row: row.case.reference),
        Column("began", _("Began"), sort="began_on", descending=True, value=lambda row: row.began_on),
        Column("due", _("Due"), value=lambda row: row.case.due_on),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("Name"), apply=of_staff_fitting),
        ChoiceFilter(
            "kind", _("Kind"), options=_kinds, apply=lambda rows, values: rows.filter(kind__key__in=values)
        ),
        FlagFilter("open", _("Open"), apply=lambda rows: rows.open()),
    )  # fmt: skip
    empty = Empty(_("No matters"), _("You see the matters that name you. Open one under Employee casework."))

    def rows(self, request: StaffRequest) -> QuerySet[Matter]:
        return Matter.objects.visible_to(request.user).in_full()

    def address(self, row: Matter) -> str:
        return reverse("matter_page", args=[row.case.reference])


@needs("conduct.work")
def matter_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, MatterList())
