"""The one question as its reader sees it, and what came of it for those who may see that."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Service
from moothall.cases.visiting import case_address
from moothall.core.clock import now
from moothall.core.door import needs, public
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Empty, FlagFilter, Listing, show_list
from moothall.core.rate_limits import Limit, limited
from moothall.people.requests import StaffRequest
from moothall.satisfaction import forms
from moothall.satisfaction.models import SurveyAnswer
from moothall.satisfaction.models.survey import cases_behind
from moothall.satisfaction.rules import answering
from moothall.satisfaction.rules.results import DIMENSIONS, results_for

ANSWERING = Limit("satisfaction.answer", most=20, per=dt.timedelta(hours=1))
BY = {
    "service": gettext_lazy("Service"),
    "team": gettext_lazy("Team"),
    "channel": gettext_lazy("How they asked"),
    "month": gettext_lazy("Month"),
}
CHANNELS = {
    "mail": gettext_lazy("by mail"),
    "phone": gettext_lazy("by phone"),
    "counter": gettext_lazy("at the counter"),
    "form": gettext_lazy("by form"),
    "staff": gettext_lazy("opened by staff"),
    "api": gettext_lazy("through the API"),
}


def _language() -> str:
    return "cy" if get_language() == "cy" else "en"


def _which(request: HttpRequest, signed: str) -> str:
    """One survey; one that is over is told first, and counts for nothing."""
    return str(answering.survey_behind(signed, at=now()).pk)


@public
@limited(ANSWERING, by=_which)
def survey(request: HttpRequest, signed: str) -> HttpResponse:
    """One question. Answered again, the answer is changed."""
    asked = answering.survey_behind(signed, at=now())
    given = answering.answer_of(asked)
    initial: dict[str, Any] = {}
    if given is not None:
        initial = {"score": str(given.score), "comment": given.comment, "anonymous": given.anonymous}
    form = forms.SurveyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        answering.answer_survey(
            asked, score=int(data["score"]), comment=data["comment"], anonymous=data["anonymous"],
            language=_language(), at=now(),
        )  # fmt: skip
        messages.success(request, _("Thank you. We have your answer."))
        return redirect("survey", signed=signed)
    context = {"form": form, "given": given, "until": asked.expires_at,
               "service": asked.case.service.name_in(_language()), "title": asked.case.title}  # fmt: skip
    return render(request, "satisfaction/survey.html", context, status=422 if form.errors else 200)


@require_GET
@needs("satisfaction.view")
def satisfaction_results(request: StaffRequest) -> HttpResponse:
    by = request.GET.get("by", "service")
    by = by if by in DIMENSIONS else "service"
    lines, whole = results_for(request.user, by=by, language=_language())
    if by == "channel":
        for line in lines:
            line.name = str(CHANNELS.get(line.name, line.name)).capitalize()
    tabs = [(key, words, key == by) for key, words in BY.items()]
    context = {"lines": lines, "whole": whole, "tabs": tabs, "heading": BY[by]}
    return render(request, "satisfaction/results.html", context)


class AnswerList(Listing[SurveyAnswer]):
    """What people said, one line each, as their answers stand."""

    key, title = "survey-answers", gettext_lazy("What people said")
    row_template = "satisfaction/parts/answer_row.html"
    sort = "-answered"
    ready_views = ((gettext_lazy("All"), ""), (gettext_lazy("Not content"), "low=1"))
    columns = (
        Column("answered", gettext_lazy("Answered"), sort="answered_at", descending=True,
               value=lambda row: row.answered_at),
        Column("score", gettext_lazy("Score"), value=lambda row: row.score, numeric=True),
        Column("comment", gettext_lazy("What they said"), value=lambda row: row.comment),
        Column("service", gettext_lazy("Service"), value=lambda row: row.service.name_in(_language())),
        Column("team", gettext_lazy("Team"), value=lambda row: row.team.name_in(_language())),
        Column("channel", gettext_lazy("How they asked"),
               value=lambda row: str(CHANNELS.get(row.channel, row.channel))),
        Column("case", gettext_lazy("Case"), value=lambda row: getattr(row, "reference", "")),
    )  # fmt: skip
    filters = (
        FlagFilter(
            "low", gettext_lazy("Not content"), apply=lambda rows: rows.filter(score__lte=answering.LOW)
        ),
        ChoiceFilter(
            "service", gettext_lazy("Service"), field="service__key", several=False,
            options=lambda _request: [
                (each.key, each.name_in(_language())) for each in Service.objects.order_by("name")
            ],
        ),
        DateFilter("answered", gettext_lazy("Answered"), field="answered_at"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody has answered yet"),
        gettext_lazy("People are asked one question some hours after their case is closed."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[SurveyAnswer]:
        standing = SurveyAnswer.objects.visible_to(request.user).standing().values("pk")
        return SurveyAnswer.objects.filter(pk__in=standing).select_related("service", "team")

    def prepare(self, rows: list[SurveyAnswer], request: StaffRequest) -> None:
        """The case of each answer that has a name on it, whether somebody may follow it up, and the names of
        its service, team and channel in the language of the page."""
        cases, language = cases_behind(rows, request.user), _language()
        for row in rows:
            row.about = [  # type: ignore[attr-defined]
                (BY["service"], row.service.name_in(language)),
                (BY["team"], row.team.name_in(language)),
                (BY["channel"], CHANNELS.get(row.channel, row.channel)),
            ]
            case = cases.get(row.pk)
            row.case = case  # type: ignore[attr-defined]
            row.reference = case.reference if case is not None else ""  # type: ignore[attr-defined]
            row.low = row.score <= answering.LOW and request.user.may("cases.work")  # type: ignore[attr-defined]


@needs("satisfaction.view")
def survey_answers(request: StaffRequest) -> HttpResponse:
    return show_list(request, AnswerList())


@require_POST
@needs("satisfaction.view")
def follow_up_answer(request: StaffRequest, answer_id: int) -> HttpResponse:
    """A case about a poor answer, of the same service or as a complaint."""
    found = SurveyAnswer.objects.visible_to(request.user).filter(pk=answer_id).first()
    about = cases_behind([found], request.user).get(found.pk) if found is not None else None
    if found is None or about is None or not request.user.may("cases.work"):
        raise Http404
    complaint = request.POST.get("as") == "complaint"
    service = answering.complaint_service() if complaint else None
    case = answering.follow_up(found, service=service, by=request.user, at=now())
    messages.success(request, _("Case %s is open.") % case.reference)
    return redirect(case_address(case))
