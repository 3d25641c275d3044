"""Asking: what can be asked, and one question a page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from moothall.core import fields
from moothall.core.clock import now
from moothall.core.door import public
from moothall.core.questions import answers_in, form_of, initial_of
from moothall.core.rate_limits import limited
from moothall.core.refusals import Refusal
from moothall.core.signed_links import sign
from moothall.portal import forms
from moothall.portal.models import Request
from moothall.portal.models.kinds import FORM
from moothall.portal.rules import asking, pages
from moothall.portal.rules.offered import offered
from moothall.portal.rules.refusals import NotOffered

from .finding import BEGINNING, FILES, account_of, find_form, language_now, where_from


@require_GET
@public
def ask_list(request: HttpRequest) -> HttpResponse:
    """What can be asked, found by what people call it."""
    form = forms.SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    language = language_now()
    found = [
        (each.key, each.definition.name_in(language), each.definition.description_in(language))
        for each in offered(account_of(request))
        if each.is_about(words)
    ]
    rows = sorted(found, key=lambda row: row[1].lower())
    return render(request, "portal/ask_list.html", {"form": form, "services": rows, "searched": words})


@public
@limited(BEGINNING)
def ask_start(request: HttpRequest, key: str) -> HttpResponse:
    account, language = account_of(request), language_now()
    found = next((each for each in offered(account) if each.key == key), None)
    if found is None:
        raise NotOffered
    if request.method == "POST":
        service = found.version.service
        asked = asking.begin_request(service, account=account, language=language, at=now())
        return redirect("ask_question", signed=sign(asked.token, FORM), page=pages.pages_of(asked)[0])
    context = {
        "service": found.definition.name_in(language), "key": key, "questions": found.questions(language),
        "description": found.definition.description_in(language), "kept_for": asking.KEPT_FOR.days,
    }  # fmt: skip
    return render(request, "portal/ask_start.html", context)


def page_form(asked: Request, page: str, *sent: Any) -> fields.Form:
    """The form of one page, filled in with what is known."""
    if page == pages.NAME:
        return forms.NameForm(*sent, initial={"name": asked.name})
    if page == pages.REACH:
        return forms.ReachForm(*sent, initial={"email": asked.email, "phone": asked.phone})
    question = pages.questions_of(asked)[page]
    required = [page] if pages.is_required(asked, page) else []
    kind = form_of([(page, question)], language=language_now(), required=required)
    form = kind(*sent, initial=initial_of(asked.answers, [(page, question)]))
    form.label_size, form.page_heading = "l", page
    return form


@public
def ask_question(request: HttpRequest, signed: str, page: str) -> HttpResponse:
    """One thing a page."""
    asked = find_form(request, signed)
    if not asked.is_draft:
        return redirect("ask_sent", signed=signed)
    if page == pages.FILES:
        return redirect("ask_files", signed=signed)
    if page not in pages.pages_of(asked):
        raise Http404
    form = page_form(asked, page, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
        found = form.cleaned_data if page in pages.ABOUT_THEM else answers_in(form.cleaned_data, form.fields)
        asked = asking.answer_page(asked, page=page, typed=typed, found=found, at=now())
        return _go_on(request, asked, signed, page)
    context = {"form": form, **_place(asked, signed, page)}
    return render(request, "portal/ask_question.html", context, status=422 if form.errors else 200)


def _go_on(request: HttpRequest, asked: Request, signed: str, page: str) -> HttpResponse:
    """The next question, or back to the answers when one of them was being changed."""
    then = None if "change" in request.GET else pages.next_page(asked, after=page)
    if then is None:
        return redirect("ask_check", signed=signed)
    return redirect("ask_question", signed=signed, page=then)


def _place(asked: Request, signed: str, page: str) -> dict[str, Any]:
    """Where in the form a page stands."""
    every = pages.pages_of(asked)
    number = every.index(page) + 1
    return {
        "asked": asked, "signed": signed, "page": page, "service": asked.service.name_in(language_now()),
        "number": number, "total": len(every), "before": every[number - 2] if number > 1 else None,
    }  # fmt: skip


@public
@limited(FILES, by=where_from)
def ask_files(request: HttpRequest, signed: str) -> HttpResponse:
    """Files that go with the form, one at a time, each checked before it is kept."""
    asked = find_form(request, signed)
    if not asked.is_draft:
        return redirect("ask_sent", signed=signed)
    form = forms.UploadForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file is None:
            asked = asking.answer_page(asked, page=pages.FILES, typed={}, found={}, at=now())
            return _go_on(request, asked, signed, pages.FILES)
        try:
            asking.add_file(
                asked, content=file, name=file.name, declared_type=file.content_type or "", at=now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("ask_files", signed=signed)
    files = asked.files.filter(removed_at=None).select_related("document")
    context = {"form": form, "files": files, **_place(asked, signed, pages.FILES)}
    return render(request, "portal/ask_files.html", context, status=422 if form.errors else 200)


@require_POST
@public
def remove_file(request: HttpRequest, signed: str, file_id: int) -> HttpResponse:
    asking.remove_file(find_form(request, signed), file_id=file_id, at=now())
    return redirect("ask_files", signed=signed)
