"""What letters about a case may say, and who may see them."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.clock import in_london
from moothall.letters.rules.fields import Field
from moothall.people.models import Account

DECLARED = (
    Field("case.reference", _("Reference of the case"), "LOD-26-00042"),
    Field("case.title", _("What the case is about"), "Fire warden training", "Hyfforddiant warden tân"),
    Field("case.service", _("Name of the service"), "Course booking", "Archebu cwrs"),
    Field("case.team", _("Name of the team"), "Learning and development", "Dysgu a datblygu"),
    Field("case.received", _("Day the case was received"), "20 November 2026", "20 Tachwedd 2026"),
    Field("case.due", _("Day an answer is due"), "4 December 2026", "4 Rhagfyr 2026"),
)


def fields_of(case: Case, language: str) -> dict[str, str]:
    with translation.override("cy" if language == "cy" else "en-gb"):
        received = date_format(in_london(case.received_at).date(), "j F Y")
        due = date_format(case.due_on, "j F Y") if case.due_on else ""
    return {
        "case.reference": case.reference,
        "case.title": case.title,
        "case.service": case.service.name_in(language),
        "case.team": case.team.name_in(language),
        "case.received": received,
        "case.due": due,
    }


def visible_case_ids(account: Account) -> Any:
    return Case.objects.visible_to(account).values("pk")
