"""The letter that confirms a change of details, and what it may say."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field, date_in
from moothall.workforce.models import DetailChange

DECLARED: Final = (
    Field("change.kind", _("What was changed"), "Address", "Cyfeiriad"),
    Field("change.from", _("From which day it holds"), "5 May 2026", "5 Mai 2026"),
    Field(
        "change.report",
        _("What else must be reported"),
        "Tell Vetting as well.",
        "Rhowch wybod i'r uned fetio hefyd.",
    ),
)

CONFIRMED: Final = BuiltIn(
    key="change-confirm",
    name="A change of personal details is made",
    name_cy="Mae newid i fanylion personol wedi'i wneud",
    subject_en="Your details were changed: {change.kind}",
    body_en="""{person.greeting}

We have changed this on your staff record, from {change.from}: {change.kind}.

[[{change.report}]]

If you did **not** ask for this, tell us at once. [[Ring {office.phone}.]]""",
    subject_cy="Newidiwyd eich manylion: {change.kind}",
    body_cy="""{person.greeting}

Rydym wedi newid hyn ar eich cofnod staff, o {change.from}: {change.kind}.

[[{change.report}]]

Os **na** ofynnoch chi am hyn, rhowch wybod i ni ar unwaith. [[Ffoniwch {office.phone}.]]""",
)


def fields_of(change: Any, language: str) -> dict[str, str]:
    held: DetailChange = change
    reported = held.employment.workforce in held.kind.reported_by
    return {
        "change.kind": held.kind.name_in(language),
        "change.from": date_in(language, held.from_on),
        "change.report": held.kind.report_in(language) if reported else "",
    }
