"""What letters about a case may say, and who may see them."""

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.clock import in_london
from moothall.letters.rules.fields import Field
from moothall.people.models import Account

from .clocks import ACKNOWLEDGED
from .definition import definition_of

DECLARED = (
    Field("case.reference", _("Reference of the case"), "LOD-26-00042"),
    Field("case.title", _("What the case is about"), "Fire warden training", "Hyfforddiant warden tân"),
    Field("case.service", _("Name of the service"), "Course booking", "Archebu cwrs"),
    Field("case.team", _("Name of the team"), "Learning and development", "Dysgu a datblygu"),
    Field("case.received", _("Day the case was received"), "20 November 2026", "20 Tachwedd 2026"),
    Field("case.due", _("Day an answer is due"), "4 December 2026", "4 Rhagfyr 2026"),
)


def fields_of(case: Case, language: str) -> dict[str, str]:
    return described(case, language, answer_due=answer_due_on(case))


def described(case: Case, language: str, *, answer_due: dt.date | None) -> dict[str, str]:
    """The fields of a case that need not be in the database yet."""
    with translation.override("cy" if language == "cy" else "en-gb"):
        received = date_format(in_london(case.received_at).date(), "j F Y")
        due = date_format(answer_due, "j F Y") if answer_due else ""
    return {
        "case.reference": case.reference,
        "case.title": case.title,
        "case.service": case.service.name_in(language),
        "case.team": case.team.name_in(language),
        "case.received": received,
        "case.due": due,
    }


def answer_due_on(case: Case) -> dt.date | None:
    """The day the answer itself is due, whatever is due before it, such as the acknowledgement."""
    first = {each.key for each in definition_of(case.version).clocks if each.met_on == ACKNOWLEDGED}
    running = case.clocks.filter(met_at=None, stopped_at=None).exclude(key__in=first).exclude(due_on=None)
    return running.order_by("due_on").values_list("due_on", flat=True).first()


def visible_case_ids(account: Account) -> Any:
    return Case.objects.visible_to(account).values("pk")
