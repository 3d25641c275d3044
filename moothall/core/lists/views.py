"""Keeping and removing one's own views of a list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.door import signed_in
from moothall.core.way_back import way_back

from .filters import read_words
from .saved import store


@signed_in
@require_POST
def saved_views(request: HttpRequest, list_key: str) -> HttpResponse:
    """Keep the list as it stands, under a name, as the view it opens with, or both."""
    name = read_words(request.POST, "name")[:80]
    query = read_words(request.POST, "query", longest=2000)
    if name:
        store().keep(request.user, list_key=list_key, name=name, query=query)
        messages.success(request, _("The view “%s” is kept.") % name)
    if request.POST.get("opens"):
        store().keep(request.user, list_key=list_key, name="", query=query)
        messages.success(request, _("The list will open like this."))
    if not name and not request.POST.get("opens"):
        messages.error(request, _("Give the view a name, or tick that the list opens with it."))
    return redirect(_back(request))


@signed_in
@require_POST
def saved_view_removal(request: HttpRequest, view_id: int) -> HttpResponse:
    store().forget(request.user, view_id=view_id)
    messages.success(request, _("The view is removed."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    return way_back(request, request.POST.get("back", ""), "/")
