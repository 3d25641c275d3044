"""Letters to people who are off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from moothall.absence.models import Episode
from moothall.absence.rules import writing as rules
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.way_back import way_back
from moothall.people.requests import StaffRequest

from .episodes import address_of
from .finding import find_to_record

MOST = 200


@require_POST
@needs("absence.record")
def write_to_absent(request: StaffRequest) -> HttpResponse:
    """To each that is ticked, the letter that their certificates ask for."""
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdigit()][:MOST]
    rows = Episode.objects.standing().recorded_for(request.user, on=today()).filter(pk__in=ids)
    chosen = list(rows.select_related("employment__person").order_by("pk"))
    told = rules.write_about_certificates(chosen, by=request.user, at=now())
    words = [
        ngettext(
            "%(count)d letter leaves in 15 seconds.", "%(count)d letters leave in 15 seconds.", told.sent
        ) % {"count": told.sent}
    ]  # fmt: skip
    if told.before:
        words.append(_("%(count)d had it already.") % {"count": told.before})
    if told.unreachable:
        words.append(_("%(count)d have no address.") % {"count": told.unreachable})
    if told.covered:
        words.append(_("%(count)d need no letter.") % {"count": told.covered})
    messages.success(request, " ".join(words))
    return redirect(way_back(request, request.POST.get("back", ""), reverse("absence_list")))


@signed_in
@require_POST
def warn_of_half_pay(request: StaffRequest, number: int) -> HttpResponse:
    episode, sight = find_to_record(request, number)
    if not sight.desk:
        raise PermissionDenied
    rules.warn_of_half_pay(episode, by=request.user, at=now())
    messages.success(request, _("Your letter leaves in 15 seconds."))
    return redirect(address_of(episode))
