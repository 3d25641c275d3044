"""Crew sheets as files: of a duty for the desk, and of one's own runs of today."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.people.requests import StaffRequest
from moothall.transport.models import Duty
from moothall.transport.rules.sheet import Sheet, own_duties, sheet_of
from moothall.transport.rules.sheet_pdf import sheets_pdf
from moothall.transport.templatetags.crews import crew_needs


def _file(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    made = sheets_pdf(sheets, needs_said=crew_needs, at=now())
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@needs("transport.use")
@require_GET
def crew_sheet_pdf(request: StaffRequest, number: int) -> HttpResponse:
    rows = Duty.objects.select_related("run__kind", "run__depot", "vehicle")
    duty = rows.filter(pk=number).first()
    if duty is None:
        raise Http404
    return _file([sheet_of(duty)], f"{duty.run.called}-{duty.day:%Y-%m-%d}")


@signed_in
@require_GET
def my_sheets_pdf(request: StaffRequest) -> HttpResponse:
    """The runs of whoever is signed in, of today alone."""
    day = today()
    return _file([sheet_of(duty) for duty in own_duties(request.user, day)], f"{day:%Y-%m-%d}")
