"""Mailboxes: how each is reached, how fetching goes, and what an administrator can do about it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import Column, Empty, Link, Listing, show_list
from moothall.core.refusals import Refusal
from moothall.enquiries.forms.mailboxes import ConnectionForm, MailboxForm
from moothall.enquiries.models import Connection, Mailbox, RemoteMessage, mailboxes_for
from moothall.enquiries.models.connection import state_in_words
from moothall.enquiries.rules import mailboxes as rules
from moothall.enquiries.rules.looking import ask_for_a_look
from moothall.enquiries.rules.presets import preset, presets
from moothall.enquiries.rules.trying import Check, try_mailbox
from moothall.people.requests import StaffRequest

MOST_SHOWN = 20


class MailboxList(Listing[Mailbox]):
    key, title = "mailboxes", gettext_lazy("Mailboxes")
    sort = "address"
    columns = (
        Column("address", gettext_lazy("Address"), sort="address"),
        Column("team", gettext_lazy("Team")),
        Column("state", gettext_lazy("State"), value=lambda box: str(state_in_words(box).words)),
        Column("looked_at", gettext_lazy("Last fetched"), value=lambda box: box.went("looked_at")),
        Column("waiting", gettext_lazy("Waiting"), numeric=True, value=lambda box: box.went("waiting")),
        Column("problem", gettext_lazy("What went wrong"), value=lambda box: box.went("problem")),
    )
    row_template = "enquiries/parts/mailbox_row.html"
    empty = Empty(gettext_lazy("There is no mailbox yet"), gettext_lazy("Add the first one."))

    def rows(self, request: StaffRequest) -> QuerySet[Mailbox]:
        return mailboxes_for(request.user)

    def prepare(self, rows: list[Mailbox], request: Any) -> None:
        for row in rows:
            row.shown = state_in_words(row)

    def address(self, row: Mailbox) -> str:
        return reverse("mailbox_page", args=[row.key])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Add a mailbox"), reverse("add_mailbox"))]


@needs("enquiries.mailboxes")
def mailbox_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, MailboxList())


def _find(request: StaffRequest, key: str) -> Mailbox:
    mailbox = mailboxes_for(request.user).filter(key=key).first()
    if mailbox is None:
        raise Http404
    return mailbox


def _connection_of(mailbox: Mailbox) -> Connection:
    connection = Connection.objects.filter(mailbox=mailbox).select_related("mailbox").first()
    if connection is None:
        raise rules.NotConnected
    return connection


@require_GET
@needs("enquiries.mailboxes")
def mailbox_page(request: StaffRequest, key: str) -> HttpResponse:
    return _show(request, _find(request, key))


def _show(request: StaffRequest, mailbox: Mailbox, checks: list[Check] | None = None) -> HttpResponse:
    context = {
        "box": mailbox,
        "connection": Connection.objects.filter(mailbox=mailbox).select_related("changed_by").first(),
        "state": mailbox.state_or_none(),
        "shown": state_in_words(mailbox),
        "not_fetched": RemoteMessage.objects.filter(mailbox=mailbox).not_fetched()[:MOST_SHOWN],
        "checks": checks,
    }
    return render(request, "enquiries/mailbox.html", context)


@require_http_methods(["GET", "POST"])
@needs("enquiries.mailboxes")
def add_mailbox(request: StaffRequest) -> HttpResponse:
    form = MailboxForm(request.POST if request.method == "POST" else None, initial={"acknowledge": True})
    if form.is_valid():
        key = slugify(form.cleaned_data["address"].partition("@")[0])[:50] or "mailbox"
        try:
            mailbox = rules.add_mailbox(key=key, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("The mailbox is added. Say now how it is reached."))
            return redirect("connect_mailbox", key=mailbox.key)
    return _show_form(request, form, title=_("Add a mailbox"), back=reverse("mailbox_list"))


@require_http_methods(["GET", "POST"])
@needs("enquiries.mailboxes")
def edit_mailbox(request: StaffRequest, key: str) -> HttpResponse:
    mailbox = _find(request, key)
    form = MailboxForm(request.POST if request.method == "POST" else None, mailbox=mailbox)
    if form.is_valid():
        rules.change_mailbox(mailbox, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The mailbox is changed."))
        return redirect("mailbox_page", key=key)
    return _show_form(request, form, title=mailbox.address, back=reverse("mailbox_page", args=[key]))


def _show_form(request: StaffRequest, form: MailboxForm, *, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "enquiries/mailbox_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("enquiries.mailboxes")
def connect_mailbox(request: StaffRequest, key: str) -> HttpResponse:
    mailbox = _find(request, key)
    connection = Connection.objects.filter(mailbox=mailbox).first()
    chosen = preset(request.GET.get("preset", ""))
    given: dict[str, Any] = {"initial": chosen["fields"] | {"user_name": mailbox.address}} if chosen else {}
    sent = request.POST if request.method == "POST" else None
    form = ConnectionForm(sent, connection=None if chosen else connection, **given)
    if form.is_valid():
        try:
            rules.connect_mailbox(mailbox, settings=form.cleaned_data, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The connection is kept. Try it now."))
            return redirect("mailbox_page", key=key)
    context = {"form": form, "box": mailbox, "presets": presets(), "chosen": chosen}
    return render(request, "enquiries/mailbox_connection.html", context, status=422 if form.errors else 200)


@require_POST
@needs("enquiries.mailboxes")
def mailbox_trial(request: StaffRequest, key: str) -> HttpResponse:
    mailbox = _find(request, key)
    return _show(request, mailbox, try_mailbox(_connection_of(mailbox), at=now()))


@require_POST
@needs("enquiries.mailboxes")
def mailbox_fetching(request: StaffRequest, key: str) -> HttpResponse:
    mailbox = _find(request, key)
    _connection_of(mailbox)
    ask_for_a_look([mailbox.pk])
    messages.success(request, _("It is being looked into. What comes of it is shown here in a moment."))
    return redirect("mailbox_page", key=key)


@require_POST
@needs("enquiries.mailboxes")
def mailbox_pause(request: StaffRequest, key: str) -> HttpResponse:
    mailbox = _find(request, key)
    if "end" in request.POST:
        rules.resume_mailbox(mailbox, by=request.user, at=now())
        messages.success(request, _("Mail is fetched from it again."))
    else:
        rules.pause_mailbox(mailbox, by=request.user, at=now())
        messages.success(request, _("Nothing is fetched from it for now."))
    return redirect("mailbox_page", key=key)


@require_POST
@needs("enquiries.mailboxes")
def mailbox_disconnection(request: StaffRequest, key: str) -> HttpResponse:
    rules.disconnect_mailbox(_find(request, key), by=request.user, at=now())
    messages.success(request, _("The connection and its secrets are forgotten. What was fetched stays."))
    return redirect("mailbox_page", key=key)
