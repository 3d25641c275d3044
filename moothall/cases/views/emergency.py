"""Opening a restricted case in an emergency, and judging whether that was right."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from moothall.cases import forms
from moothall.cases.models import EmergencyOpening, EmergencyRules
from moothall.cases.rules import emergency as rules
from moothall.cases.rules.acting import is_named
from moothall.cases.rules.called import name_cases
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import Column, DateFilter, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.core.rate_limits import Limit, TooOften, count
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.requests import StaffRequest
from moothall.people.session_limits import confirm_first, signed_in_lately

TRIES = Limit("emergency", most=10, per=dt.timedelta(hours=1))
LARGEST_ID = 2**63


@needs("cases.break_glass")
@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """By its exact reference, never from a list: whether a case exists is told to nobody it does not name."""
    in_force = EmergencyRules.in_force()
    if not signed_in_lately(request, within=dt.timedelta(minutes=in_force.signed_in_minutes)):
        return confirm_first(request)
    if request.method == "POST":
        try:
            count(TRIES, str(request.user.pk), at=now())
        except TooOften as refusal:
            return _too_often(request, refusal)
    return show_form(
        request, filled(request, forms.EmergencyForm), title=_("Open a restricted case in an emergency"),
        rule=lambda data: _open(request, data), words=_("Open to you. Everybody concerned has been told."),
        back=reverse("my_work"), button=_("Open the case"), warning=True,
        template="cases/emergency.html", context={"minutes": in_force.lasts_minutes},
        onward=lambda opening: reverse("case_page", args=[opening.case.reference]),
    )  # fmt: skip


def _open(request: StaffRequest, data: dict[str, Any]) -> EmergencyOpening:
    try:
        return rules.open_in_emergency(
            reference=data["reference"], reason=data["reason"], by=request.user, at=now()
        )
    except Refusal:
        _write_down_the_try(request, data["reference"], data["reason"])
        raise


def _too_often(request: StaffRequest, refusal: TooOften) -> HttpResponse:
    _write_down_the_try(request, request.POST.get("reference", ""), request.POST.get("reason", ""))
    response = render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)
    response["Retry-After"] = str(refusal.seconds)
    return response


def _write_down_the_try(request: StaffRequest, reference: str, reason: str) -> None:
    rules.note_refused_try(reference=reference, because=reason[:1000], by=request.user, at=now())


def _by_whom(rows: Any, words: str) -> Any:
    return rows.filter(account__name__icontains=words) | rows.filter(account__email__icontains=words)


def case_words(row: EmergencyOpening) -> str:
    """The reference for those who may see the case; for others no more than its team."""
    return row.called or _("A restricted case of %s") % row.case.team.name


def judged_words(row: EmergencyOpening) -> str:
    if row.judged_at is None:
        return _("Not yet")
    return _("Justified") if row.justified else _("Not justified")


class EmergencyList(Listing[EmergencyOpening]):
    key, title = "emergencies", gettext_lazy("Openings in an emergency")
    columns = (
        Column("opened_at", gettext_lazy("When"), sort="opened_at", descending=True),
        Column("account", gettext_lazy("Who")),
        Column("case", gettext_lazy("Case"), value=case_words),
        Column("reason", gettext_lazy("Reason")),
        Column("until", gettext_lazy("Until"), value=lambda row: row.access.ended_at or row.until),
        Column("judged", gettext_lazy("Judged"), value=judged_words),
        Column("judgement", gettext_lazy("Why"), shown=False),
        Column("judged_by", gettext_lazy("Judged by"), shown=False, value=lambda row: row.judged_by or ""),
    )
    sort = "-opened_at"
    filters = (
        SearchFilter("q", gettext_lazy("Who"), apply=_by_whom),
        FlagFilter("waiting", gettext_lazy("Not judged"), apply=lambda rows: rows.filter(judged_at=None)),
        DateFilter("opened", gettext_lazy("When"), field="opened_at"),
    )
    row_template = "cases/parts/emergency_row.html"
    empty = Empty(
        gettext_lazy("No restricted case was opened in an emergency"),
        gettext_lazy("When somebody opens one, it stands here until a second person has judged it."),
    )

    def rows(self, request: Any) -> QuerySet[EmergencyOpening]:
        return EmergencyOpening.objects.select_related("account", "access", "case__team", "judged_by")

    def prepare(self, rows: list[EmergencyOpening], request: Any) -> None:
        names = name_cases(request.user, [row.case_id for row in rows])
        for row in rows:
            named = names.get(row.case_id)
            row.called, row.address = (named.words, named.address) if named else ("", "")
            row.still_open, row.own = row.is_open(now()), row.account_id == request.user.pk


@needs("records.audit")
def emergencies(request: StaffRequest) -> HttpResponse:
    with for_the_office():  # each is listed, but which case it was is told only to those who may see it
        return show_list(request, EmergencyList())


@needs("records.audit")
@require_http_methods(["GET", "POST"])
def emergency_judgement(request: StaffRequest, opening_id: int) -> HttpResponse:
    opening = _found(opening_id)

    def judge(data: dict[str, Any]) -> EmergencyOpening:
        return rules.judge_emergency(opening, **data, by=request.user, at=now())

    return show_form(
        request, filled(request, forms.JudgementForm), title=_("Judge an opening"), rule=judge,
        words=_("Your judgement has been written down."), back=reverse("emergencies"),
        template="cases/judgement.html", context={"opening": opening},
    )  # fmt: skip


@for_the_office()
def _found(opening_id: int) -> EmergencyOpening:
    rows = EmergencyOpening.objects.select_related("account", "access", "case__team")
    opening = rows.filter(pk=opening_id).first() if opening_id < LARGEST_ID else None
    if opening is None:
        raise Http404
    return opening


@require_POST
@needs("cases.view")
def end_emergency(request: StaffRequest, opening_id: int) -> HttpResponse:
    """Whoever opened the case is done; or somebody it names wants them out."""
    opening = _found(opening_id)
    own = opening.account_id == request.user.pk
    if not own and not is_named(opening.case, request.user):
        raise Http404
    rules.end_emergency(opening, by=request.user, at=now())
    messages.success(
        request, _("The case is closed to them again.") if not own else _("Closed to you again.")
    )
    return redirect("my_work") if own else redirect("case_page", reference=opening.case.reference)


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def emergency_rules(request: StaffRequest) -> HttpResponse:
    in_force = EmergencyRules.in_force()
    initial = {name: getattr(in_force, name) for name in ("lasts_minutes", "signed_in_minutes")}
    return show_form(
        request, filled(request, forms.EmergencyRulesForm, initial=initial),
        title=_("Rules for opening restricted cases in an emergency"),
        rule=lambda data: rules.set_emergency_rules(**data, by=request.user, at=now()),
        words=_("The rules are in force from now on."), back=reverse("accounts"),
        lead=_("Cases that are open in this way keep their end."),
    )  # fmt: skip
