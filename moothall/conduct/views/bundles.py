"""Bundles of a matter: papers chosen and ordered, the making watched, the file read, copies given."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.cases.rules.reading import FILE, note_read
from moothall.conduct.forms import formal as forms
from moothall.conduct.models import Bundle, Matter
from moothall.conduct.rules import bundling as rules
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response

from .finding import one_of, page_of, with_matter


def _address(bundle: Bundle) -> str:
    return reverse("bundle_page", args=[bundle.matter.case.reference, bundle.pk])


def _bundle(matter: Matter, number: int) -> Bundle:
    bundle: Bundle = one_of(matter.bundles.select_related("document", "asked_by"), number)
    bundle.matter = matter
    return bundle


@needs("conduct.work")
@with_matter
def make_bundle(request: StaffRequest, matter: Matter) -> HttpResponse:
    """Tick what goes in, number it in the order it is read, and name the pages that stay out."""
    rows = _rows(request, rules.candidates_of(matter))
    initial = {"title": _("Bundle"), "language": matter.employment.person.language or "en"}
    return show_form(
        request, filled(request, forms.BundleForm, initial=initial), title=_("Make a bundle"),
        lead=str(matter), back=page_of(matter), button=_("Make the bundle"), onward=_address,
        words=_("The bundle is being made."), template="conduct/bundle_form.html", context={"rows": rows},
        rule=lambda data: rules.make_bundle(
            matter, title=data["title"], language=data["language"], choices=_choices(rows), by=request.user,
            at=now(),
        ),
    )  # fmt: skip


def _rows(request: StaffRequest, candidates: list[rules.Candidate]) -> list[dict[str, Any]]:
    """Each paper with what was filled in beside it."""
    sent = request.POST
    return [
        {
            "paper": each, "taken": f"take-{each.key}" in sent if sent else False,
            "place": sent.get(f"place-{each.key}", str(place)),
            "left_out": sent.get(f"out-{each.key}", ""),
        }
        for place, each in enumerate(candidates, start=1)
    ]  # fmt: skip


def _choices(rows: list[dict[str, Any]]) -> list[rules.Choice]:
    """Those that are ticked, by the number beside them; two of one number stay as they stood."""

    def place(row: dict[str, Any]) -> int:
        typed = str(row["place"]).strip()
        return int(typed) if typed.isdecimal() and len(typed) < 6 else 10**6

    taken = sorted((row for row in rows if row["taken"]), key=place)
    return [rules.Choice(row["paper"].key, row["left_out"]) for row in taken]


@require_GET
@signed_in
@with_matter
def bundle_page(request: StaffRequest, matter: Matter, number: int) -> HttpResponseBase:
    """How far the making is; once it is ready its papers, its file and who was given a copy."""
    bundle = _bundle(matter, number)
    context = {
        "matter": matter, "case": matter.case, "bundle": bundle, "items": bundle.items.all(),
        "copies": bundle.copies.select_related("by"), "total": bundle.items.count(),
        "may_work": request.user.may("conduct.work"),
    }  # fmt: skip
    return render_page_or_part(request, "conduct/bundle.html", "conduct/parts/bundle_state.html", context)


@require_GET
@signed_in
@with_matter
def bundle_file(request: StaffRequest, matter: Matter, number: int) -> HttpResponseBase:
    bundle = _bundle(matter, number)
    if bundle.document is None:
        raise Http404
    note_read(matter.case, by=request.user, at=now(), what=FILE, name=bundle.document.name)
    return download_response(bundle.document)


@needs("conduct.work")
@with_matter
def give_bundle(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    bundle = _bundle(matter, number)
    form = filled(request, forms.CopyForm, initial={"given_on": today()})
    return show_form(
        request, form, title=_("Give a copy"), lead=str(bundle), back=_address(bundle),
        words=_("It is written down who has it."),
        rule=lambda data: rules.give_copy(
            bundle, name=data["name"], theirs=data["whom"] == "THEM", given_on=data["given_on"],
            by=request.user, at=now(),
        ),
    )  # fmt: skip
