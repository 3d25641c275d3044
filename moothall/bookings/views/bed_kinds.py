"""Kinds of bedroom: what is sold, how many rooms there are of each, and what is put right."""

from collections import defaultdict

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.bed_kinds import BedKindForm, CorridorForm
from moothall.bookings.models import BedKind, Resource, Stay
from moothall.bookings.rules import bed_kinds as rules
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest


@require_GET
@needs("bookings.manage")
def bed_kinds(request: StaffRequest) -> HttpResponse:
    """The plainest first, with its rooms in use, those without steps, and who is still to come."""
    sold = dict(Stay.objects.to_come().order_by("kind").values_list("kind").annotate(Count("pk")))
    rooms: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    rows = Resource.objects.filter(bed_kind__isnull=False, retired_at=None).order_by(
        "bed_kind", "place__name"
    )
    for kind, place, number, step_free in rows.values_list("bed_kind", "place__name").annotate(
        number=Count("pk"), easy=Count("pk", filter=Q(step_free=True))
    ):
        rooms[kind].append((place, number, step_free))
    kinds = [(each, rooms[each.pk], sold.get(each.pk, 0)) for each in BedKind.objects.order_by("level")]
    context = {"kinds": kinds, "more": len(kinds) < rules.LEVELS}
    return render(request, "bookings/bed_kinds.html", context)


def _find(kind_id: int) -> BedKind:
    found = BedKind.objects.filter(pk=kind_id).first()
    if found is None:
        raise Http404
    return found


@needs("bookings.manage")
def add_bed_kind(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, BedKindForm), title=_("Add a kind of bedroom"), back=reverse("bed_kinds"),
        words=_("The kind is there. Add its bedrooms."),
        rule=lambda data: rules.add_bed_kind(by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("bookings.manage")
def edit_bed_kind(request: StaffRequest, kind_id: int) -> HttpResponse:
    kind = _find(kind_id)
    given = {name: getattr(kind, name) for name in ("name", "name_cy", "rate")}
    return show_form(
        request, filled(request, BedKindForm, kind=kind, initial=given), title=kind.name,
        back=reverse("bed_kinds"), words=_("Saved."),
        rule=lambda data: rules.change_bed_kind(kind, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("bookings.manage")
def add_bedrooms(request: StaffRequest, kind_id: int) -> HttpResponse:
    """A corridor of them at once."""
    kind = _find(kind_id)
    form = filled(request, CorridorForm)
    return show_form(
        request, form, title=_("Add bedrooms"), lead=kind.name, back=reverse("bed_kinds"), button=_("Add"),
        words=_("The bedrooms are added."),
        rule=lambda _data: rules.add_bedrooms(kind, form.content(), by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def retire_bed_kind(request: StaffRequest, kind_id: int) -> HttpResponse:
    """Sell it no more, or, if it is not sold, sell it again."""
    kind = _find(kind_id)
    if kind.retired_at is None:
        rules.retire_bed_kind(kind, by=request.user, at=now())
        undo = reverse("retire_bed_kind", args=[kind.pk])
        messages.success(request, _("%s is not sold any more.") % kind.name, extra_tags=undo)
    else:
        rules.restore_bed_kind(kind, by=request.user, at=now())
        messages.success(request, _("%s is sold again.") % kind.name)
    return redirect("bed_kinds")
