"""What letters about a request, a leave or a reference may say, in the language of the letter."""

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from clocks.family import KEEPING_IN_TOUCH_DAYS, maternity_dates
from clocks.flexible_working import load_grounds
from moothall.core.clock import in_london
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest

from .family import MATERNITY, name_of


def _day(language: str, day: dt.date | None) -> str:
    return date_in(language, day) if day is not None else ""


def ground_name(key: str, language: str) -> str:
    return next((each.name_in(language) for each in load_grounds() if each.key == key), key)


def of_flexible(request: FlexibleRequest, language: str) -> dict[str, str]:
    meeting = request.meetings.order_by("-starts_at", "-id").first()
    starts = in_london(meeting.starts_at) if meeting is not None else None
    with translation.override(LANGUAGES[language]):
        upheld = (
            _("The refusal is set aside")
            if request.state != FlexibleRequest.REFUSED
            else _("It stays refused")
        )
    return {
        "flexible.received_on": _day(language, request.received_on), "flexible.asks_for": request.asks_for,
        "flexible.decide_by": _day(language, request.decide_by),
        "flexible.agreed_from": _day(language, request.agreed_from),
        "flexible.trial_until": _day(language, request.trial_until),
        "flexible.ground": ground_name(request.ground, language), "flexible.reasons": request.reasons,
        "flexible.meeting_day": _day(language, starts.date() if starts else None),
        "flexible.meeting_time": f"{starts:%H:%M}" if starts else "",
        "flexible.meeting_place": meeting.place if meeting else "",
        "flexible.appeal_result": upheld if request.appeal_decided_on else "",
        "flexible.appeal_reasons": request.appeal_reasons,
    }  # fmt: skip


def of_family(leave: FamilyLeave, language: str) -> dict[str, str]:
    issued = maternity_dates(leave.event_on).certificate_from if leave.kind == MATERNITY else None
    return {
        "family.kind": name_of(leave.kind, language), "family.event_on": _day(language, leave.event_on),
        "family.notified_on": _day(language, leave.notified_on),
        "family.starts_on": _day(language, leave.starts_on), "family.ends_on": _day(language, leave.ends_on),
        "family.returns_on": _day(language, leave.returns_on),
        "family.certificate_from": _day(language, issued), "family.touch_days": str(KEEPING_IN_TOUCH_DAYS),
    }  # fmt: skip


def of_reference(reference: ReferenceRequest, language: str) -> dict[str, str]:
    return {
        "reference.organisation": reference.organisation, "reference.contact": reference.contact_name,
        "reference.employee": reference.employment.person.full_name,
        "reference.received_on": _day(language, reference.received_on), "reference.text": reference.text,
    }  # fmt: skip


PROVIDERS: dict[type[Any], Any] = {
    FlexibleRequest: of_flexible, FamilyLeave: of_family, ReferenceRequest: of_reference,
}  # fmt: skip
