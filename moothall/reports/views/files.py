"""The figures of a month as a file: the month, the units, and the twelve months before."""

import io
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.audit import write_down
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists.exporting import KINDS, Cell, cell
from moothall.people.requests import StaffRequest
from moothall.reports.rules.figures import BY_KEY

from .finding import Asked, asked_for
from .putting import put_together


@require_POST
@needs("workforce.view")
def export_figures(request: StaffRequest, month: str) -> HttpResponse:
    """CSV or Excel, written down in the audit."""
    asked, kind = asked_for(request, month), request.POST.get("kind", "csv")
    if kind not in KINDS:
        raise Http404
    write, media_type = KINDS[kind]
    file = io.BytesIO()
    lines = list(_lines(asked, put_together(asked, request.user)))
    count = write(file, [_("Month"), _("Of whom"), _("Figure"), _("Value"), _("Now, if it differs")], lines)
    detail = {"list": "figures", "kind": kind, "query": asked.query, "rows": count}
    write_down("list.exported", by=request.user, at=now(), detail=detail)
    answer = HttpResponse(file.getvalue(), content_type=media_type)
    name = f"figures-{asked.month.key}.{kind}"
    answer["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def _lines(asked: Asked, found: dict[str, Any]) -> Iterator[list[Cell]]:
    month, whole = asked.month.key, asked.unit_name or _("Everybody")
    for line in found["lines"]:
        yield [
            month,
            whole,
            str(line.figure.name),
            cell(line.value),
            cell(line.now) if line.differs else None,
        ]
    for words, days, people in found["reasons"]:
        yield [month, whole, f"{BY_KEY['days_lost'].name}: {words} ({people})", cell(days), None]
    for words, number in found["leaving"]:
        yield [month, whole, f"{BY_KEY['leavers'].name}: {words}", cell(number), None]
    for _pk, name, values in found["units"]:
        for words, value in values:
            yield [month, name, str(words), cell(value), None]
    for past in found["past"]:
        for words, value in past.values:
            yield [date_format(past.month, "Y-m"), whole, str(words), cell(value), None]
