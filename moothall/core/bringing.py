"""What the pages that bring a file in have in common: sent, looked at, compared, carried out, sent back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from .fields import Form
from .refusals import Refusal

FIRST = 3


def sent_on(
    form: Form, rule: Callable[[dict[str, Any]], Any], *, to: Callable[[Any], str], at: str | None = None
) -> HttpResponse | None:
    """Onward, once the form is right and the rule went through; a refusal is said on it, at this field."""
    if not form.is_valid():
        return None
    try:
        done = rule(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(at, str(refusal))
        return None
    return redirect(to(done))


def first_cells(table: Any) -> list[tuple[str, list[str]]]:
    """Each column of the file with what stands in its first rows, to say what it means by."""
    rows = list(table.lines.order_by("number").values_list("cells", flat=True)[:FIRST])
    return [(column, [cells[place] for cells in rows]) for place, column in enumerate(table.columns)]


def stepped(request: HttpRequest, act: Callable[[], Any], *, to: str) -> HttpResponse:
    """The next step begun, or the sentence why it is not; either way back to the page of the file."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(to)


def refused_file(number: int, rows: bytes) -> HttpResponse:
    """The rows that could not be read, with the reasons: to be mended and sent again."""
    response = HttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(True, f"refused-{number}.csv"))
    return response
