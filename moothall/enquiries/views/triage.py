"""Triage: one enquiry at a time with what is likely about it, each accepted or rejected with one key."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.cases.offering import Offer, offers_for
from moothall.cases.visiting import case_address, with_case
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.parts import is_part, render_page_or_part
from moothall.core.refusals import Refusal, Words
from moothall.enquiries.models import Suggestion, Triaged
from moothall.enquiries.rules.triage import deciding
from moothall.enquiries.rules.triage.quality import quality_now
from moothall.enquiries.rules.triage.queue import place_of, waiting
from moothall.enquiries.rules.triage.showing import shown_for
from moothall.enquiries.rules.triage.texts import first_words_of
from moothall.knowledge.models import Signpost
from moothall.people.requests import StaffRequest

OWN_KEYS = {"t", "d", "o", "u", "x", "j", "k", "m"}
ENDING_KEYS = {"r", "s", "a", "h", "c"}
PAGE, PART = "enquiries/triage.html", "enquiries/parts/triage.html"


@require_GET
@needs("enquiries.log")
def triage(request: StaffRequest) -> HttpResponse:
    """The case asked for, or the one that has waited longest."""
    return _show(request, request.GET.get("at", "")[:20])


def _show(request: StaffRequest, reference: str) -> HttpResponse:
    place = place_of(request.user, reference)
    context: dict[str, Any] = {"place": place, "case": place.case, "oob": is_part(request)}
    if place.case is not None:
        context |= {
            "shown": shown_for(request.user, place.case),
            "words": first_words_of(place.case),
            "unsure": Triaged.objects.get(case=place.case).unsure,
            "back": _address_at(place.case.reference),
        }
        context |= dict(zip(("offers", "others"), _offers(request, place.case), strict=True))
    undoable = deciding.last_decision(request.user, at=now())
    return render_page_or_part(request, PAGE, PART, context | {"undoable": undoable})


@require_POST
@needs("cases.work")
@with_case
def accept_suggestion(request: StaffRequest, case: Case, suggestion_id: int) -> HttpResponse:
    found = _suggestion(request, case, suggestion_id)
    return _decided(
        request, case, lambda: deciding.accept_suggestion(found, by=request.user, at=now()),
        _("Accepted on %s.") % case.reference, onward=_answering(found),
    )  # fmt: skip


def _answering(suggestion: Suggestion) -> str:
    """Where an answer that was accepted is read and sent."""
    reference = suggestion.case.reference
    if suggestion.kind == Suggestion.ARTICLE:
        return f"{reverse('reply', args=[reference])}?{urlencode({'article': suggestion.value})}"
    if suggestion.kind == Suggestion.SIGNPOST:
        entry = Signpost.objects.filter(key=suggestion.value).first()
        return f"{reverse('signpost', args=[reference])}?{urlencode({'signpost': entry.pk})}" if entry else ""
    return ""


@require_POST
@needs("cases.work")
@with_case
def reject_suggestion(request: StaffRequest, case: Case, suggestion_id: int) -> HttpResponse:
    found = _suggestion(request, case, suggestion_id)
    return _decided(
        request, case, lambda: deciding.reject_suggestion(found, by=request.user, at=now()),
        _("Rejected on %s.") % case.reference,
    )  # fmt: skip


@require_POST
@needs("cases.work")
@with_case
def settle_triage(request: StaffRequest, case: Case) -> HttpResponse:
    """Nothing more to triage here: it stays as it is, or is taken."""
    take = "take" in request.POST
    said = _("%s is yours.") if take else _("%s stays as it is.")
    return _decided(
        request, case, lambda: deciding.settle_triage(case, by=request.user, at=now(), take=take),
        said % case.reference, undo=False,
    )  # fmt: skip


@require_POST
@needs("cases.work")
def undo_triage(request: StaffRequest) -> HttpResponse:
    try:
        undone = deciding.undo_decision(by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return _go_on(request, "")
    messages.success(request, _("Taken back on %s.") % undone.case.reference)
    return _go_on(request, undone.case.reference)


def _suggestion(request: StaffRequest, case: Case, suggestion_id: int) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.user).filter(pk=suggestion_id, case=case)
    found = rows.select_related("case", "other", "person").first()
    if found is None:
        raise Http404
    return found


def _decided(
    request: StaffRequest, case: Case, act: Callable[[], Any], words: Words, *, undo: bool = True,
    onward: str = "",
) -> HttpResponse:  # fmt: skip
    """Do it, say so, and go on: to the same case while it has suggestions, then to the one after it."""
    after = place_of(request.user, case.reference).after
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(words), extra_tags=reverse("undo_triage") if undo else "")
        if onward:
            return _leave_for(request, onward)
    if request.POST.get("back") == "case":
        return _back_to(case)
    if waiting(request.user).filter(pk=case.pk).exists():
        return _go_on(request, case.reference)
    return _go_on(request, after.reference if after else "")


def _leave_for(request: StaffRequest, address: str) -> HttpResponse:
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _back_to(case: Case) -> HttpResponse:
    return redirect(case_address(case))


def _go_on(request: StaffRequest, reference: str) -> HttpResponse:
    if is_part(request):
        return _show(request, reference)
    return redirect(_address_at(reference))


def _address_at(reference: str) -> str:
    return f"{reverse('triage')}?{urlencode({'at': reference})}" if reference else reverse("triage")


def _offers(request: StaffRequest, case: Case) -> tuple[list[Offer], list[Offer]]:
    """What its own page offers and triage has no key for; what ends most enquiries comes first."""
    first, rest = offers_for(request, case)
    found = [each for each in (*first, *rest) if not each.post and each.key not in OWN_KEYS]
    ending = [each for each in found if each.key and each.key in ENDING_KEYS]
    return ending, [each for each in found if each not in ending]


@require_GET
@needs("cases.manage")
def triage_quality(request: StaffRequest) -> HttpResponse:
    """How often suggestions are right, how often there are any, and what people made of them."""
    return render_page_or_part(
        request, "enquiries/triage_quality.html", "enquiries/parts/triage_quality.html",
        {"quality": quality_now(at=now())},
    )  # fmt: skip
