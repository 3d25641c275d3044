"""What duty planning gets: who is taken off duty for training, as files and as a calendar of a team."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, public, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.lists.exporting import KINDS
from moothall.people.requests import StaffRequest
from moothall.training.forms.duties import DutyRuleForm
from moothall.training.models import Abstraction, AbstractionFetch, DutyRule, TeamFeed
from moothall.training.rules import duty_abstractions, team_feed
from moothall.training.rules.duty_arrivals import set_duty_rule

SHOWN = 100


@require_GET
@needs("training.manage")
def abstractions(request: StaffRequest) -> HttpResponse:
    """Who is taken off duty from today on, and what has changed since this account fetched it."""
    rows = Abstraction.objects.standing().filter(day__gte=today())
    last = AbstractionFetch.objects.filter(account=request.user).first()
    context = {
        "rows": rows.in_full()[:SHOWN], "count": rows.count(), "last": last, "shown": SHOWN,
        "changed": Abstraction.objects.changed_since(last.mark).count() if last else None,
        "said": duty_abstractions.fetched_words(last),
    }  # fmt: skip
    return render(request, "training/abstractions.html", context)


@require_POST
@needs("training.manage")
def fetch_abstractions(request: StaffRequest) -> FileResponse:
    """The file, all of it or what is new; that it was fetched is kept."""
    kind = request.POST.get("kind", "csv")
    if kind not in KINDS:
        raise Http404
    file = BytesIO()
    duty_abstractions.fetch_abstractions(
        file, kind=kind, only_new=request.POST.get("only_new") == "on", by=request.user, at=now(),
        today=today(),
    )  # fmt: skip
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"abstractions-{today():%Y-%m-%d}.{kind}",
        content_type=KINDS[kind][1],
    )  # fmt: skip


@needs("training.manage")
def change_duty_rule(request: StaffRequest) -> HttpResponse:
    """When a file that came by itself waits for a person."""
    rule = DutyRule.objects.first() or DutyRule()
    form = filled(request, DutyRuleForm, initial={"fewer": rule.fewer, "unreadable": rule.unreadable})

    def save(data: dict[str, Any]) -> DutyRule:
        return set_duty_rule(by=request.user, at=now(), **data)

    return show_form(
        request, form, title=_("When a file waits for a person"), words=_("It holds from the next file on."),
        back=reverse("duty_files"), rule=save,
    )  # fmt: skip


@require_POST
@signed_in
def open_team_feed(request: StaffRequest) -> HttpResponse:
    """A new address, shown this once."""
    address = team_feed.open_team_feed(account=request.user, at=now())
    full = request.build_absolute_uri(reverse("team_feed_file", args=[address]))
    return render(request, "training/team_feed.html", {"address": full})


@require_POST
@signed_in
def withdraw_team_feed(request: StaffRequest) -> HttpResponse:
    team_feed.withdraw_team_feed(account=request.user, at=now())
    messages.success(request, _("The address answers no more."))
    return redirect("team_training")


@require_GET
@public
def team_feed_file(request: HttpRequest, address: str) -> HttpResponse:
    """The calendar at an address nobody can guess; none of that address is a plain 404."""
    feed: TeamFeed | None = team_feed.team_feed_at(address)
    if feed is None:
        raise Http404
    return HttpResponse(
        team_feed.team_feed_file(feed, at=now()), content_type="text/calendar; charset=utf-8",
        headers={"X-Robots-Tag": "noindex"},
    )  # fmt: skip
