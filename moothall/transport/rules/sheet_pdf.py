"""Crew sheets as PDF: the same as on the page, in the language that is set; protected addresses never."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.letters.rules.printing import fonts, soft
from moothall.transport.models import Needs

from .sheet import Rider, Sheet, Stop

LAYOUT = Path(__file__).parents[1] / "templates" / "transport" / "sheet.typ"
NeedsSaid = Callable[[Needs], str]


def sheets_pdf(sheets: Sequence[Sheet], *, needs_said: NeedsSaid, at: dt.datetime) -> bytes:
    """Each run on a page of its own, as a tagged PDF; a name no font can show costs the tags alone."""
    import typst  # a large library, only loaded by whoever prints

    language = "cy" if get_language() == "cy" else "en"
    data = {
        "language": language, "title": _("Crew sheet"),
        "words": {"time": _("Time"), "where": _("Where"), "who": _("Who"),
                  "nobody": _("You have no run today.")},
        "sheets": [_printed(sheet, needs_said) for sheet in sheets],
    }  # fmt: skip
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(LAYOUT, font_paths=fonts(), sys_inputs=inputs)
    stamp = int(at.timestamp())
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    except typst.TypstError:
        made = compiler.compile(format="pdf", timestamp=stamp)
    if not isinstance(made, bytes):
        raise TypeError(f"typst made {type(made).__name__}, not a PDF.")
    return made


def _printed(sheet: Sheet, needs_said: NeedsSaid) -> dict[str, Any]:
    duty, run = sheet.duty, sheet.duty.run
    vehicle = str(duty.vehicle or run.kind) + (f", {run.depot}" if run.depot else "")
    crew = [(str(post.get_role_display()), str(post.member or "–")) for post in sheet.crew]
    return {
        "title": _("Run %(number)s") % {"number": run.called},
        "said": f"{date_format(duty.day, 'l j F Y')}, {run.leaves_at:%H:%M}–{run.back_at:%H:%M}",
        "facts": [[_("Vehicle"), vehicle], *(list(pair) for pair in crew)],
        "stops": [_stop(stop, needs_said) for stop in sheet.stops],
    }


def _stop(stop: Stop, needs_said: NeedsSaid) -> dict[str, Any]:
    where = _("Ask the office for the address.") if stop.is_protected else stop.where
    return {
        "time": f"{stop.call.at:%H:%M}", "where": soft(where).splitlines(),
        "who": [soft(_rider(rider, needs_said)) for rider in stop.riders],
    }  # fmt: skip


def _rider(rider: Rider, needs_said: NeedsSaid) -> str:
    words = f"{_('On:') if rider.gets_on else _('Off:')} {rider.initials}"
    if rider.is_off:
        return f"{words} ({_('Not today')})"
    said = needs_said(rider.needs) if rider.gets_on and rider.needs else ""
    return f"{words} – {said}" if said else words
