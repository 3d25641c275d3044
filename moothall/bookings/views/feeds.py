"""Diaries that calendars read along: made and withdrawn by oneself, read at their address by anybody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.models import BroughtCalendar, CalendarFeed, Resource
from moothall.bookings.rules.feeds import feed_at, feed_file, open_feed, withdraw_feed
from moothall.core.clock import now
from moothall.core.door import public, signed_in
from moothall.people.requests import StaffRequest

from .rooms import in_order


@require_GET
@signed_in
def calendar_feeds(request: StaffRequest) -> HttpResponse:
    """Everybody has an address of their own diary; whoever books has those of rooms besides."""
    books = request.user.may("bookings.book")
    rows = CalendarFeed.objects.standing().filter(account=request.user).select_related("resource")
    brought = BroughtCalendar.objects.standing().select_related("resource")
    if not request.user.may("bookings.manage"):
        brought = brought.filter(resource__account=request.user)
    context = {
        "own": next((each for each in rows if each.resource_id is None), None), "books": books,
        "feeds": [each for each in rows if each.resource_id is not None],
        "resources": in_order(Resource.objects.in_use()) if books else (),
        "brought": list(brought) if books else (),
    }  # fmt: skip
    return render(request, "bookings/feeds.html", context)


@require_POST
@signed_in
def open_calendar_feed(request: StaffRequest) -> HttpResponse:
    """A new address, shown this once; the one before ends with it."""
    asked = request.POST.get("resource", "")
    resource = None
    if asked and not request.user.may("bookings.book"):
        raise Http404
    if asked:
        found = Resource.objects.in_use().filter(pk=int(asked) if asked.isdecimal() else 0).first()
        if found is None:
            raise Http404
        resource = found
    feed, address = open_feed(account=request.user, resource=resource, at=now())
    full = request.build_absolute_uri(reverse("calendar_feed", args=[address]))
    return render(request, "bookings/feed_opened.html", {"feed": feed, "address": full})


@require_POST
@signed_in
def withdraw_calendar_feed(request: StaffRequest, feed_id: int) -> HttpResponse:
    feed = CalendarFeed.objects.filter(pk=feed_id, account=request.user).first()
    if feed is None:
        raise Http404
    withdraw_feed(feed=feed, by=request.user, at=now())
    messages.success(request, _("The address answers no more."))
    return redirect("calendar_feeds")


@require_GET
@public
def calendar_feed(request: HttpRequest, address: str) -> HttpResponse:
    """The diary at an address nobody can guess; none of that address is a plain 404."""
    feed = feed_at(address)
    if feed is None:
        raise Http404
    return HttpResponse(
        feed_file(feed, at=now()), content_type="text/calendar; charset=utf-8",
        headers={"X-Robots-Tag": "noindex"},
    )  # fmt: skip
