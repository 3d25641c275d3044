"""Webhooks: who is told, of what, and what became of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.cases.models import Service
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.fields import Form
from moothall.core.refusals import Refusal, Words
from moothall.people.models import Team
from moothall.people.requests import StaffRequest

from .forms import EndpointForm, HostForm, PauseForm
from .models import AllowedHost, Delivery, Endpoint
from .rules import endpoints as rules
from .rules import telling

SHOWN = 100


@needs("webhooks.manage")
@require_GET
def webhooks(request: StaffRequest) -> HttpResponse:
    context = {"endpoints": list(Endpoint.objects.in_use()), "hosts": list(AllowedHost.objects.in_force())}
    return render(request, "webhooks/webhooks.html", context)


@needs("webhooks.manage")
@require_http_methods(["GET", "POST"])
def allow_host(request: StaffRequest) -> HttpResponse:
    return _act(
        request, HostForm(request.POST if request.method == "POST" else None), _("Allow a host"),
        lambda data: rules.allow_host(**data, by=request.user, at=now()),
        words=_("The host may be told."), back=reverse("webhooks"),
    )  # fmt: skip


@needs("webhooks.manage")
@require_POST
def end_host(request: StaffRequest, host_id: int) -> HttpResponse:
    host = AllowedHost.objects.in_force().filter(pk=host_id).first()
    if host is None:
        raise Http404
    rules.end_host(host, by=request.user, at=now())
    messages.success(request, _("%(host)s is told nothing any more.") % {"host": host})
    return redirect("webhooks")


@needs("webhooks.manage")
@require_http_methods(["GET", "POST"])
def add_endpoint(request: StaffRequest) -> HttpResponse:
    """The answer shows the secret, this once: so it is a page, not a way back."""
    services = {str(row.pk): row for row in Service.objects.order_by("key")}
    teams = {str(row.pk): row for row in Team.objects.order_by("name", "pk")}
    form = EndpointForm(request.POST if request.method == "POST" else None, services=services, teams=teams)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint, secret = rules.add_endpoint(**form.cleaned_data, by=request.user, at=now())
            return _show_secret(request, endpoint, secret)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {"form": form, "title": _("Add an endpoint"), "back": reverse("webhooks")}
    return render(request, "webhooks/form.html", shown, status=422 if form.errors else 200)


@needs("webhooks.manage")
@require_GET
def endpoint(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    found = _find(endpoint_id)
    rows = list(Delivery.objects.filter(endpoint=found).newest_first()[:SHOWN])
    chosen = dict(EndpointForm.base_fields["verbs"].choices)  # type: ignore[attr-defined]
    context = {
        "endpoint": found,
        "deliveries": rows,
        "verbs": [chosen.get(verb, verb) for verb in found.verbs],
        "services": list(found.services.order_by("key")),
        "teams": list(found.teams.order_by("name", "pk")),
    }
    return render(request, "webhooks/endpoint.html", context)


@needs("webhooks.manage")
@require_POST
def change_secret(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    found = _find(endpoint_id)
    return _show_secret(request, found, rules.change_secret(found, by=request.user, at=now()), changed=True)


@needs("webhooks.manage")
@require_http_methods(["GET", "POST"])
def pause(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    found = _find(endpoint_id)
    return _act(
        request, PauseForm(request.POST if request.method == "POST" else None), _("Pause"),
        lambda data: rules.pause_endpoint(found, **data, by=request.user, at=now()),
        words=_("It is told nothing for now."), back=_page_of(found),
    )  # fmt: skip


@needs("webhooks.manage")
@require_POST
def resume(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    found = _find(endpoint_id)
    rules.resume_endpoint(found, by=request.user, at=now())
    messages.success(request, _("It is told again, beginning with what waited."))
    return redirect(_page_of(found))


@needs("webhooks.manage")
@require_POST
def send_test(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    found = _find(endpoint_id)
    telling.send_test(found, by=request.user, at=now())
    messages.success(request, _("A test is on its way: look here again in half a minute."))
    return redirect(_page_of(found))


@needs("webhooks.manage")
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    found = _find(endpoint_id)
    return _act(
        request, Form(request.POST if request.method == "POST" else None),
        _("End %(name)s?") % {"name": found},
        lambda _data: rules.end_endpoint(found, by=request.user, at=now()),
        words=_("It is told nothing any more."), back=reverse("webhooks"),
    )  # fmt: skip


@needs("webhooks.manage")
@require_POST
def tell_again(request: StaffRequest, delivery_id: int) -> HttpResponse:
    delivery = Delivery.objects.filter(pk=delivery_id, endpoint__ended_at=None).newest_first().first()
    if delivery is None:
        raise Http404
    telling.tell_again(delivery, by=request.user, at=now())
    messages.success(request, _("It is told once more."))
    return redirect("webhook_endpoint", delivery.endpoint_id)


def _find(endpoint_id: int) -> Endpoint:
    found = Endpoint.objects.in_use().filter(pk=endpoint_id).first()
    if found is None:
        raise Http404
    return found


def _page_of(endpoint: Endpoint) -> str:
    return reverse("webhook_endpoint", args=[endpoint.pk])


def _show_secret(
    request: StaffRequest, endpoint: Endpoint, secret: str, *, changed: bool = False
) -> HttpResponse:
    context = {"endpoint": endpoint, "secret": secret, "changed": changed}
    return render(request, "webhooks/secret.html", context)


def _act(
    request: StaffRequest, form: Form, title: Words, rule: Callable[[Any], Any], *, words: Words, back: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            rule(form.cleaned_data)
            messages.success(request, str(words))
            return redirect(back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {"form": form, "title": title, "back": back}
    return render(request, "webhooks/form.html", shown, status=422 if form.errors else 200)
