"""Applying, by anybody: the jobs that are open, one of them, one thing a page, kept for later, sent once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core import fields
from moothall.core.clock import in_london, now, today
from moothall.core.door import public
from moothall.core.questions import answers_in, in_words
from moothall.core.rate_limits import limited
from moothall.core.serving import for_the_office
from moothall.recruitment.forms import applying as forms
from moothall.recruitment.forms import language_now
from moothall.recruitment.models import Campaign, Criterion, Draft, Route
from moothall.recruitment.rules import drafts, entry, sending, telling
from moothall.recruitment.rules.links import link_to_draft, signed_application, signed_draft
from moothall.recruitment.rules.refusals import NotOpen
from moothall.recruitment.rules.timetable import routes_of, stage_names

from .limits import (
    BEGINNING,
    LETTERS,
    LETTERS_ABOUT_ONE,
    SENDING,
    account_of,
    find_draft,
    the_draft,
    where_from,
)


@require_GET
@public
def jobs(request: HttpRequest) -> HttpResponse:
    """What anybody can apply to today, the next to close first."""
    rows = Campaign.objects.advertised(today()).select_related("profile").prefetch_related("places__route")
    return render(request, "recruitment/jobs.html", {"campaigns": rows})


@public
@limited(BEGINNING)
@for_the_office()
def job(request: HttpRequest, number: int) -> HttpResponse:
    """One campaign as it is advertised; by POST an application to it begins, by one of its routes."""
    found = (
        Campaign.objects.select_related("profile", "team")
        .filter(pk=number, published_at__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    routes = routes_of(found)
    if any(each.is_internal for each in routes):
        raise Http404
    if request.method == "POST":
        route = next((each for each in routes if each.key == request.POST.get("route")), None)
        if route is None:
            raise NotOpen
        draft = drafts.begin_draft(
            found, route, account=account_of(request), language=language_now(), at=now()
        )
        return redirect("apply_page", signed=signed_draft(draft), page=drafts.RULES)
    return render(request, "recruitment/job.html", _advertised(found, routes))


def _advertised(campaign: Campaign, routes: list[Route]) -> dict[str, Any]:
    names = {route.pk: stage_names(route, language_now()) for route in routes}
    stages = list(campaign.stages.select_related("route"))
    for each in stages:
        each.words = names.get(each.route_id, {}).get(each.key, each.key)  # type: ignore[attr-defined]
    return {
        "campaign": campaign, "routes": routes, "stages": stages, "is_open": campaign.is_open(today()),
        "criteria": Criterion.objects.standing().filter(profile=campaign.profile_id),
        "vacancies": campaign.vacancies.select_related("post"), "kept_for": drafts.KEPT_FOR.days,
    }  # fmt: skip


def page_form(draft: Draft, page: str, *sent: Any) -> fields.Form:
    """The form of one page, filled with what was answered; what is said for monitoring is not shown again."""
    if page == drafts.RULES:
        rules = entry.rules_of(draft.route, on=in_london(draft.begun_at).date())
        return forms.rules_form(rules)(*sent, initial=draft.facts | {entry.BORN_ON: draft.born_on})
    if page == drafts.SUPPORT:
        given = {name: getattr(draft, name) for name in drafts.ABOUT[page]}
        return forms.SupportForm(*sent, initial=given)
    if page == drafts.NAME:
        return forms.NameForm(*sent, initial={name: getattr(draft, name) for name in drafts.ABOUT[page]})
    if page == drafts.EQUALITY:
        return forms.equality_form()(*sent)
    criterion = next(each for each in drafts.criteria_of(draft) if page == f"criterion-{each.key}")
    return forms.AnswerForm(
        *sent, criterion=criterion, initial={"text": draft.answers.get(criterion.key, "")}
    )


@public
@for_the_office()
def apply_page(request: HttpRequest, signed: str, page: str) -> HttpResponse:
    """One thing a page."""
    draft = find_draft(request, signed)
    if draft.application is not None:
        return redirect("my_application", signed=signed_application(draft.application))
    pages = drafts.pages_of(draft, drafts.criteria_of(draft))
    if page not in pages:
        raise Http404
    form = page_form(draft, page, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid() and _fits(draft, page, form):
        found = _found(page, form)
        draft = drafts.answer_page(draft, page=page, found=found, at=now())
        then = None if "change" in request.GET else drafts.next_page(draft, after=page)
        return redirect("apply_page", signed, then) if then else redirect("apply_check", signed)
    place = pages.index(page)
    context = {
        "form": form,
        "draft": draft,
        "signed": signed,
        "page": page,
        "number": place + 1,
        "total": len(pages),
        "before": pages[place - 1] if place else "",
    }
    return render(request, "recruitment/apply_page.html", context, status=422 if form.errors else 200)


def _found(page: str, form: fields.Form) -> dict[str, Any]:
    if page == drafts.RULES:
        return dict(form.cleaned_data)
    if page == drafts.EQUALITY:
        return answers_in(form.cleaned_data, form.fields)
    return dict(form.cleaned_data)


def _fits(draft: Draft, page: str, form: fields.Form) -> bool:
    """Whoever cannot apply by this route reads why, beside what they answered."""
    if page != drafts.RULES:
        return True
    rules = entry.rules_of(draft.route, on=in_london(draft.begun_at).date())
    unmet = entry.unmet_of(
        rules, form.cleaned_data, born_on=form.cleaned_data.get(entry.BORN_ON),
        on=entry.starts_on(draft.campaign), language=language_now(),
    )  # fmt: skip
    for each in unmet:
        if each.stops:
            name = entry.BORN_ON if each.rule.kind in each.rule.ABOUT_AGE else each.rule.key
            form.add_error(name if name in form.fields else None, each.told)
    return not form.errors


@public
@limited(SENDING, by=where_from)
@for_the_office()
def apply_check(request: HttpRequest, signed: str) -> HttpResponse:
    """Check your answers; sent from here. Pressed twice, or in two windows, it is sent once."""
    draft = find_draft(request, signed)
    if draft.application is not None:
        return redirect("my_application", signed=signed_application(draft.application))
    then = drafts.next_page(draft)
    if request.method == "POST":
        if then is not None:
            return redirect("apply_page", signed=signed, page=then)
        made = sending.send_application(draft, at=now())
        messages.success(request, _("We have your application. Its number is %s.") % made.number)
        return redirect("my_application", signed=signed_application(made))
    context = {"draft": draft, "signed": signed, "then": then, "lines": _lines(draft)}
    return render(request, "recruitment/apply_check.html", context)


def _lines(draft: Draft) -> list[dict[str, str]]:
    """What was answered, each with the page on which it is changed."""
    language = language_now()
    rules = entry.rules_of(draft.route, on=in_london(draft.begun_at).date())
    found = [
        {"page": drafts.RULES, "question": rule.asks_in(language), "words": in_words(
            entry.question_of(rule), draft.facts.get(rule.key), language)}
        for rule in rules if rule.asks and rule.kind not in rule.ABOUT_AGE
    ]  # fmt: skip
    for each in drafts.criteria_of(draft):
        words = draft.answers.get(each.key, "")
        found.append({"page": f"criterion-{each.key}", "question": each.name_in(language), "words": words})
    asked = _("Yes") if draft.guaranteed_interview else _("No")
    found.append(
        {
            "page": drafts.SUPPORT,
            "question": _("Interview guaranteed, if you meet every essential criterion"),
            "words": asked,
        }
    )
    found.append({"page": drafts.SUPPORT, "question": _("What would help you"), "words": draft.adjustments})
    if not draft.account_id:
        reach = "\n".join(each for each in (draft.name, draft.email, draft.phone) if each)
        found.append({"page": drafts.NAME, "question": _("Your name and how we reach you"), "words": reach})
    said = _("Kept apart from your application") if drafts.EQUALITY in draft.reached else ""
    return [*found, {"page": drafts.EQUALITY, "question": _("Equality questions"), "words": said}]


@public
@limited(LETTERS_ABOUT_ONE, by=the_draft)
@limited(LETTERS, by=where_from)
@for_the_office()
def apply_keep(request: HttpRequest, signed: str) -> HttpResponse:
    """Save and come back: the link is shown, and mailed to whoever wants it mailed."""
    draft = find_draft(request, signed)
    if draft.application is not None:
        return redirect("my_application", signed=signed_application(draft.application))
    form = forms.KeepForm(request.POST or None, initial={"email": draft.email})
    if form.is_valid():
        telling.send_draft_link(draft, to_address=form.cleaned_data["email"], at=now())
        messages.success(request, _("We have sent the link to %s.") % form.cleaned_data["email"])
        return redirect("apply_keep", signed=signed)
    context = {"draft": draft, "signed": signed, "form": form, "link": link_to_draft(draft)}
    return render(request, "recruitment/apply_keep.html", context, status=422 if form.errors else 200)


@require_POST
@public
@for_the_office()
def apply_drop(request: HttpRequest, signed: str) -> HttpResponse:
    drafts.drop_draft(find_draft(request, signed), at=now())
    messages.success(request, _("Your application has been thrown away. Nothing of it is kept."))
    return redirect("jobs")
