"""Fast entry: one certificate after another, by keyboard alone."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clocks import sickness
from moothall.absence.forms.entering import EntryForm
from moothall.absence.models import Certificate, Episode, Figure
from moothall.absence.rules import entering as rules
from moothall.absence.templatetags.absence import days_between
from moothall.core.clock import LONDON, now, today
from moothall.core.door import needs
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment

from .certificates import begun_with, kept_scan, with_files
from .finding import connect_employee_lookup, describe_employee, look_up_employees

SHOWN = 10


@needs("absence.record")
def enter_certificate(request: StaffRequest) -> HttpResponse:
    """The form; sent and right, the certificate is kept and the next begins."""
    about = _asked_about(request)
    initial = _begun(about) if about is not None else {}
    form = with_files(request, EntryForm, initial=initial)
    connect_employee_lookup(form.field("employee"), by=request.user, url=reverse("absence_lookup"))
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            about = form.cleaned_data["employee"]
    form.field("until" if about else "employee").widget.attrs["autofocus"] = True
    context = {"form": form, **_about(about)}
    if request.headers.get("HX-Request"):
        return render(request, "absence/parts/entry_fields.html", context)
    status = 422 if form.errors else 200
    return render(request, "absence/entry.html", context | _entered_today(request.user), status=status)


def _enter(request: StaffRequest, form: EntryForm) -> HttpResponse:
    employment = form.cleaned_data["employee"]
    entered = rules.enter_certificate(
        employment, paper=form.as_paper(), reason=form.as_reason(),
        document=kept_scan(form.cleaned_data, by=request.user), by=request.user, at=now(),
    )  # fmt: skip
    made = entered.certificate
    words = [_("Kept for %(name)s: %(days)s.") % {
        "name": employment.person.full_name, "days": days_between(made.from_on, made.until_on),
    }]  # fmt: skip
    if entered.begun:
        words.append(_("The absence begins with it."))
    words += _found_wrong(made.episode)
    messages.success(request, " ".join(words), extra_tags=reverse("undo_entry", args=[made.pk]))
    return redirect("enter_certificate")


def _found_wrong(episode: Episode) -> list[str]:
    """The gaps and overlaps there are now, in a sentence each."""
    covers = [each.cover for each in episode.certificates.standing().in_order()]
    self_days = Figure.objects.on(episode.first_day).whole("self_days")
    notes = [each for each in covers if each.kind == sickness.NOTE]
    until = max((each.last for each in covers), default=episode.first_day)
    reached = sickness.gaps(episode.spell, covers, min(until, today()), self_days=self_days)
    found = [
        (_("A fit note is missing for %(days)s.") if gap.needs == sickness.NOTE
         else _("A self-certificate is missing for %(days)s."))
        % {"days": days_between(gap.first, gap.last)}
        for gap in reached
    ]  # fmt: skip
    found += [
        _("Two certificates speak of %(days)s. Check that both are right.")
        % {"days": days_between(each.first, each.last)}
        for each in sickness.overlaps(notes)
    ]
    return found


def _asked_about(request: StaffRequest) -> Employment | None:
    """Whom the address names: chosen from the list, or the only one that fits what was typed."""
    key, text = request.GET.get("employee-key", ""), request.GET.get("employee", "")
    found = look_up_employees(request.user, key or text)
    exact = [each for each in found if each.number.lower() == (key or text).strip().lower()]
    return (exact or found)[0] if exact or len(found) == 1 else None


def _begun(employment: Employment) -> dict[str, Any]:
    episode = rules.open_absence(employment)
    begun: dict[str, Any] = {"employee": employment}
    if episode is None or not episode.is_open:
        return begun | {"kind": Certificate.SELF, "from_on": episode and episode.lacking_from}
    first = begun_with(episode)
    return begun | {"kind": first["kind"], "from_on": first["from_on"], "issued_on": None}


def _about(employment: Employment | None) -> dict[str, Any]:
    if employment is None:
        return {"about": None}
    episode = rules.open_absence(employment)
    return {"about": employment, "says": describe_employee(employment).detail, "episode": episode}


def _entered_today(account: Account) -> dict[str, Any]:
    """How many this account has entered today, and the last of them."""
    begins = dt.datetime.combine(today(), dt.time(), tzinfo=LONDON)
    rows = Certificate.objects.standing().filter(recorded_by=account, recorded_at__gte=begins)
    last = rows.select_related("episode__employment__person", "issuer").order_by("-recorded_at", "-id")
    return {"count": rows.count(), "entered": list(last[:SHOWN])}


@require_POST
@needs("absence.record")
def undo_entry(request: StaffRequest, certificate_id: int) -> HttpResponse:
    rows = Certificate.objects.standing().filter(pk=certificate_id, recorded_by=request.user)
    found = rows.filter(episode__in=Episode.objects.recorded_for(request.user, on=today())).first()
    if found is None:
        raise Http404
    rules.undo_entry(found, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect("enter_certificate")
