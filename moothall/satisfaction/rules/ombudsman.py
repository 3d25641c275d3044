"""Who looks at a complaint after us: what letters about complaints may say of them, and where it is kept."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.letters.rules.fields import Field, date_in
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.satisfaction.models import Complaint, Ombudsman

DECLARED = (
    Field("ombudsman.name", _("Who looks at a complaint after us"), "The Ombudsman", "Yr Ombwdsmon"),
    Field("ombudsman.how", _("How to reach them"), "Telephone 01632 960200", "Ffôn 01632 960200"),
    Field("ombudsman.website", _("Their page"), "www.ombudsman.example"),
    Field("complaint.first", _("Reference of the first stage"), "LOD-26-00042"),
    Field("complaint.until", _("Day until which the answer is extended"), "20 May 2026", "20 Mai 2026"),
    Field("complaint.reason", _("Why the answer takes longer"), "We wait for a record"),
)


def fields_of(case: Case, language: str) -> Mapping[str, str]:
    """Nothing for a letter about anything but a complaint."""
    if not definition_of(case.version).complaint_stage:
        return {}
    found: dict[str, str] = {}
    body = Ombudsman.objects.current()
    if body is not None:
        found |= {"ombudsman.name": body.said("name", language), "ombudsman.how": body.said("how", language),
                  "ombudsman.website": body.website}  # fmt: skip
    complaint = Complaint.objects.filter(case=case).select_related("first__case").first()
    if complaint is not None and complaint.first is not None:
        found["complaint.first"] = complaint.first.case.reference
    longer = complaint.extensions.order_by("-id").first() if complaint is not None else None
    if longer is not None:
        found |= {"complaint.until": date_in(language, longer.until), "complaint.reason": longer.reason}
    return found


@transaction.atomic
def save_ombudsman(
    *,
    name: str,
    name_cy: str,
    how: str,
    how_cy: str,
    website: str,
    source: str,
    source_read_on: dt.date | None,
    by: Account | None,
    at: dt.datetime,
) -> Ombudsman:
    """From now on letters name this body; those sent before stay as they are."""
    row = Ombudsman.objects.create(
        name=name, name_cy=name_cy, how=how, how_cy=how_cy, website=website, source=source,
        source_read_on=source_read_on, saved_by=by, saved_at=at,
    )  # fmt: skip
    append_audit("satisfaction.ombudsman", about=row, by=by, at=at, detail={"name": name})
    return row
