"""Following what was asked: by a link without an account, or signed in."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.cases.models import Case
from moothall.core.clock import now
from moothall.core.door import public, signed_in
from moothall.core.rate_limits import limited
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.core.signed_links import sign
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.portal import forms
from moothall.portal.models import Request
from moothall.portal.models.kinds import FORM
from moothall.portal.models.messages import messages_between
from moothall.portal.rules import following_up
from moothall.portal.rules.links import link_behind
from moothall.portal.rules.own import own_cases
from moothall.portal.rules.progress import case_to_follow, progress_of
from moothall.records.rules.documents import download_response, keep_document

from .finding import LETTERS, LETTERS_ABOUT_ONE, WRITING, account_of, language_now


def _show(request: HttpRequest, case: Case, *, address: str, file_route: str, key: str) -> HttpResponse:
    """The page of a case for whoever asked, and what they write on it."""
    sent = [request.POST, request.FILES] if request.method == "POST" else []
    form = forms.WriteForm(*sent, initial={"once": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        try:
            _write(case, form.cleaned_data, account_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We have your message. You will see our answer here."))
            return redirect(address)
    context = {
        "progress": progress_of(case, language=language_now(), at=now()), "form": form, "address": address,
        "file_route": file_route, "key": key,
    }  # fmt: skip
    return render(request, "portal/progress.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _write(case: Case, given: dict[str, Any], account: Account | None) -> None:
    """What is refused leaves no file behind."""
    at = now()
    documents = [
        keep_document(file, name=file.name, by=account, at=at, declared_type=file.content_type or "")
        for file in given["attachments"]
    ]
    following_up.write_again(
        case, text=given["text"], documents=documents, once=given["once"], by=account, at=at
    )


def _by_link(request: HttpRequest, signed: str) -> str:
    """A link that is over is told first, and counts for nothing."""
    return str(link_behind(signed, at=now()).pk)


@public
@limited(WRITING, by=_by_link)
@for_the_office()
def progress(request: HttpRequest, signed: str) -> HttpResponse:
    link = link_behind(signed, at=now())
    address = reverse("progress", args=[signed])
    return _show(request, case_to_follow(link.case), address=address, file_route="progress_file", key=signed)


@require_GET
@public
@for_the_office()
def progress_file(request: HttpRequest, signed: str, attached_id: int) -> FileResponse:
    return _file(case_to_follow(link_behind(signed, at=now()).case), attached_id)


def _file(case: Case, attached_id: int) -> FileResponse:
    """A file of a message that is between the office and whoever asked."""
    for entry in messages_between(case, at=now()):
        for attached in entry.attached.all():
            if attached.pk == attached_id:
                return download_response(attached.document, name=attached.name)
    raise Http404


@public
@limited(LETTERS)
@limited(LETTERS_ABOUT_ONE, by=lambda request: request.POST.get("reference", "").strip().upper()[:20])
def send_link(request: HttpRequest) -> HttpResponse:
    """A new link to a case. The answer is the same whether reference and address fit together or not."""
    form = forms.LinkForm(request.POST or None)
    if form.is_valid():
        following_up.ask_for_link(**form.cleaned_data, at=now())
        messages.success(request, _("If the two fit together, a new link is on its way to that address."))
        return redirect("send_link")
    return render(request, "portal/send_link.html", {"form": form}, status=422 if form.errors else 200)


@for_the_office()
def _own_case(request: StaffRequest, reference: str) -> Case:
    found = own_cases(request.user).filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


@require_GET
@signed_in
@for_the_office()
def own_requests(request: StaffRequest) -> HttpResponse:
    """What somebody with an account asked for, and what they began to ask."""
    language = language_now()
    cases = [(case, case.service.name_in(language)) for case in own_cases(request.user)[:200]]
    begun = Request.objects.of(request.user).being_filled_in(now()).select_related("service")[:50]
    drafts = [
        {"request": each, "called": each.service.name_in(language), "address": sign(each.token, FORM)}
        for each in begun
    ]
    context = {"cases": cases, "drafts": drafts, "known": request.user.person_id is not None}
    return render(request, "portal/own_requests.html", context)


def _by_account(request: StaffRequest, reference: str) -> str:
    _own_case(request, reference)
    return f"account {request.user.pk}"


@signed_in
@limited(WRITING, by=_by_account)
@for_the_office()
def own_request(request: StaffRequest, reference: str) -> HttpResponse:
    case = _own_case(request, reference)
    address = reverse("own_request", args=[case.reference])
    return _show(request, case_to_follow(case), address=address, file_route="own_file", key=case.reference)


@require_GET
@signed_in
@for_the_office()
def own_file(request: StaffRequest, reference: str, attached_id: int) -> FileResponse:
    return _file(case_to_follow(_own_case(request, reference)), attached_id)
