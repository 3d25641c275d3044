"""What everybody may read, signed in or not: who else can help."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import public
from moothall.knowledge.models import Signpost

MOST = 100


@require_GET
@public
def who_can_help(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    entries = Signpost.objects.in_force(today()).filter(public=True)
    if words:
        entries = entries.mentioning(words)
    return render(request, "knowledge/who_can_help.html", {"entries": list(entries[:MOST]), "words": words})


@require_GET
@public
def helper(request: HttpRequest, key: str) -> HttpResponse:
    entry = Signpost.objects.in_force(today()).filter(public=True, key=key).first()
    if entry is None:
        raise Http404
    return render(request, "knowledge/helper.html", {"entry": entry})
