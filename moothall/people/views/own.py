"""What is somebody's own: the language of the pages, drafts, and things put away."""

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views import i18n
from django.views.decorators.http import require_POST

from moothall.core.clock import now
from moothall.core.door import public, signed_in
from moothall.core.way_back import way_back
from moothall.people.requests import StaffRequest
from moothall.people.rules import drafts
from moothall.people.rules.accounts import choose_settings


@public
@require_POST
def set_language(request: StaffRequest) -> HttpResponse:
    """Switch between English and Welsh: for this browser, and for the account when there is one."""
    response = i18n.set_language(request)
    chosen = request.POST.get("language", get_language() or "")
    if request.user.is_authenticated:
        choose_settings(request.user, language="cy" if chosen == "cy" else "en", at=now())
    return response


@signed_in
@require_POST
def save_draft(request: StaffRequest) -> HttpResponse:
    """Keep what is typed: the fields are posted as they are, the key stands in the address."""
    key = request.GET.get("key") or request.POST.get("draft_key", "")
    if not key:
        return JsonResponse({"error": "key"}, status=400)
    draft = drafts.save_draft(request.user, key=key, fields=_fields(request.POST), at=now())
    return JsonResponse({"saved_at": draft.saved_at.isoformat() if draft else None})


@signed_in
@require_POST
def discard_draft(request: StaffRequest) -> HttpResponse:
    """Throw a draft away and go back to the page it was written on."""
    drafts.discard_draft(request.user, key=request.GET.get("key") or request.POST.get("draft_key", ""))
    return back_from(request)


@signed_in
@require_POST
def dismiss(request: StaffRequest) -> HttpResponse:
    """Put something away for good, such as the first-visit tour."""
    key = request.GET.get("key") or request.POST.get("key", "")
    if key:
        drafts.dismiss(request.user, key=key, at=now())
    return back_from(request)


def back_from(request: StaffRequest) -> HttpResponse:
    """Where the person came from, if that was here; for a script, nothing to show."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    address = request.POST.get("next") or request.headers.get("referer") or "/"
    return redirect(way_back(request, address, "/"))


def _fields(posted: QueryDict) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name, values in posted.lists():
        if name != "draft_key":
            found[name] = [str(value) for value in values] if len(values) > 1 else str(values[0])
    return found
