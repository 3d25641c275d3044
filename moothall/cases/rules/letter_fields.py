"""What letters about a case may say, and who may see them."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Service
from moothall.core.clock import in_london
from moothall.letters.rules.fields import Field
from moothall.people.models import Account, Team

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
    """The fields of a case."""
    return worded(
        case.reference, case.title, case.service, case.team, in_london(case.received_at).date(), answer_due,
        language,
    )  # fmt: skip


def worded(
    reference: str, title: str, service: Service, team: Team, received: dt.date, due: dt.date | None,
    language: str,
) -> dict[str, str]:  # fmt: skip
    """The fields of a case that need not be in the database yet."""
    return {
        "case.reference": reference,
        "case.title": title,
        "case.service": service.name_in(language),
        "case.team": team.name_in(language),
        "case.received": said_day(received, language),
        "case.due": said_day(due, language) if due else "",
    }


@lru_cache(maxsize=4096)
def said_day(day: dt.date, language: str) -> str:
    with translation.override("cy" if language == "cy" else "en-gb"):
        return date_format(day, "j F Y")


def answer_due_on(case: Case) -> dt.date | None:
    """The day the answer itself is due, whatever is due before it, such as the acknowledgement."""
    first = {each.key for each in definition_of(case.version).clocks if each.met_on == ACKNOWLEDGED}
    running = case.clocks.filter(met_at=None, stopped_at=None).exclude(key__in=first).exclude(due_on=None)
    return running.order_by("due_on").values_list("due_on", flat=True).first()


def visible_case_ids(account: Account) -> Any:
    return Case.objects.visible_to(account).values("pk")
