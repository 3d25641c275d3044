"""Samples of records: drawn, checked by a second person field by field, and what came of it."""

import datetime as dt
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.reports.forms import CheckForm, DrawForm
from moothall.reports.models import QualitySample, SampledRecord
from moothall.reports.rules import sampling
from moothall.reports.rules.months import Scope, scope_of
from moothall.reports.rules.quality import read_records
from moothall.workforce.models import Assignment, Employment

from .finding import units_in
from .quality import FIELDS

A_PAGE = 50
DAYS: Final = {"first day", "last day", "date of birth", "contract ends"}


@require_GET
@needs("workforce.edit")
def quality_samples(request: StaffRequest) -> HttpResponse:
    """Every sample: how far it is checked, and in how many records something was wrong."""
    rows = QualitySample.objects.select_related("drawn_by", "unit").annotate(
        drawn=Count("records"), checked=Count("records", filter=Q(records__checked_at__isnull=False)),
        faulty=Count("records", filter=~Q(records__wrong={})),
    )  # fmt: skip
    page = Paginator(rows.order_by("-drawn_at", "-id"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/samples.html", {"page": page})


@needs("workforce.edit")
def draw_quality_sample(request: StaffRequest) -> HttpResponse:
    scope = scope_of(request.user)
    form = filled(request, DrawForm, units=units_in(scope), initial={"size": 20, "seed": f"{today():%d%m}"})

    def rule(data: dict[str, Any]) -> QualitySample:
        of = Scope(scope.teams, int(data["unit"]) if data["unit"] else None)
        given = {"size": int(data["size"]), "seed": int(data["seed"])}
        return sampling.draw_sample(of, **given, by=request.user, at=now(), today=today())

    return show_form(
        request, form, rule=rule, title=_("Draw a sample"),
        words=_("Drawn. Each is checked by somebody else."),
        back=reverse("quality_samples"), onward=lambda made: reverse("quality_sample", args=[made.pk]),
    )  # fmt: skip


@require_GET
@needs("workforce.edit")
def quality_sample(request: StaffRequest, number: int) -> HttpResponse:
    """The records of one sample that this account sees."""
    sample = QualitySample.objects.select_related("drawn_by", "unit").filter(pk=number).first()
    if sample is None:
        raise Http404
    seen = Employment.objects.visible_to(request.user).order_by()
    rows = sample.records.select_related("employment__person", "checked_by")
    shown = [
        (
            row,
            [
                (FIELDS.get(key, key), _spoken(key, row.said[key]), right)
                for key, right in sorted(row.wrong.items())
            ],
        )
        for row in rows.filter(employment__in=seen)
    ]
    return render(request, "reports/sample.html", {"sample": sample, "rows": shown})


@needs("workforce.edit")
def check_sampled_record(request: StaffRequest, number: int) -> HttpResponse:
    """What stands on the record; beside what is wrong, what is right is typed."""
    rows = SampledRecord.objects.select_related("employment__person", "sample")
    seen = Employment.objects.visible_to(request.user).order_by()
    record = rows.filter(pk=number, employment__in=seen).first()
    if record is None:
        raise Http404
    said = read_records([record.employment_id], on=today())[record.employment_id][0]
    form = filled(
        request,
        CheckForm,
        said=[(key, FIELDS.get(key, key), _spoken(key, value)) for key, value in said.items()],
    )
    return show_form(
        request, form, title=record.employment.person.full_name,
        lead=_("Compare each with its paper. Leave empty what is right; else type what it should be."),
        words=_("Checked."), back=reverse("quality_sample", args=[record.sample_id]),
        rule=lambda _data: sampling.check_record(
            record, wrong=form.wrong(), by=request.user, at=now(), today=today()
        ),
    )  # fmt: skip


def _spoken(key: str, value: str) -> str:
    """What is kept by its key or as 2026-11-01, as people say it."""
    if key in DAYS and value:
        return date_format(dt.date.fromisoformat(value), "j F Y")
    return str(dict(Assignment.CONTRACTS).get(value, value)) if key == "contract" else value
