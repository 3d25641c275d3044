"""What letters about a request, a leave or a reference may say, in the language of the letter."""

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from clocks.family import KEEPING_IN_TOUCH_DAYS, family_pay, maternity_dates
from clocks.flexible_working import load_grounds
from clocks.shared_parental import weeks_of
from moothall.core.clock import in_london
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest, SharedNotice

from .family import MATERNITY, name_of
from .shared import rule_of as rule_of_shared


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
        places = {True: _("At home"), False: _("At the workplace"), None: ""}
        place = str(places[request.is_home_based])
    return {
        "flexible.received_on": _day(language, request.received_on), "flexible.asks_for": request.asks_for,
        "flexible.decide_by": _day(language, request.decide_by),
        "flexible.agreed_from": _day(language, request.agreed_from),
        "flexible.trial_until": _day(language, request.trial_until),
        "flexible.ground": ground_name(request.ground, language), "flexible.reasons": request.reasons,
        "flexible.meeting_day": _day(language, starts.date() if starts else None),
        "flexible.meeting_time": f"{starts:%H:%M}" if starts else "",
        "flexible.meeting_place": meeting.place if meeting else "",
        "flexible.who": request.employment.person.full_name,
        "flexible.hours": str(request.weekly_hours or ""),
        "flexible.pattern": request.pattern.name_in(language) if request.pattern else "",
        "flexible.place": place,
        "flexible.appeal_result": upheld if request.appeal_decided_on else "",
        "flexible.appeal_reasons": request.appeal_reasons,
    }  # fmt: skip


def of_family(leave: FamilyLeave, language: str) -> dict[str, str]:
    return _of_leave(leave, language) | _of_maternity(leave, language) | _of_pay(leave, language)


def _of_leave(leave: FamilyLeave, language: str) -> dict[str, str]:
    return {
        "family.kind": name_of(leave.kind, language), "family.event_on": _day(language, leave.event_on),
        "family.notified_on": _day(language, leave.notified_on),
        "family.starts_on": _day(language, leave.starts_on), "family.ends_on": _day(language, leave.ends_on),
        "family.returns_on": _day(language, leave.returns_on),
        "family.touch_days": str(KEEPING_IN_TOUCH_DAYS),
    }  # fmt: skip


def _of_maternity(leave: FamilyLeave, language: str) -> dict[str, str]:
    dates = maternity_dates(leave.event_on) if leave.kind == MATERNITY else None
    return {
        "family.certificate_from": _day(language, dates.certificate_from if dates else None),
        "family.notice_by": _day(language, dates.notice_by if dates else None),
        "family.earliest_start": _day(language, dates.earliest_start if dates else None),
    }


def _of_pay(leave: FamilyLeave, language: str) -> dict[str, str]:
    """The figures of the first day away, as far as anybody has confirmed them."""
    figures = family_pay(leave.starts_on)
    if figures is None:
        return {}
    last = leave.starts_on + dt.timedelta(weeks=figures.weeks) - dt.timedelta(days=1)
    flat = figures.flat_rate if "flat_rate" not in figures.unconfirmed else None
    return {
        "family.pay_weeks": str(figures.weeks), "family.pay_first_weeks": str(figures.first_weeks),
        "family.pay_share": f"{figures.share_of_earnings * 100:.0f}%",
        "family.paid_until": _day(language, min(last, leave.ends_on)),
        "family.flat_rate": f"£{flat:,.2f}" if flat is not None else "",
        "family.least_earnings": f"£{figures.least_earnings:,.2f}",
    }  # fmt: skip


def of_reference(reference: ReferenceRequest, language: str) -> dict[str, str]:
    return {
        "reference.organisation": reference.organisation, "reference.contact": reference.contact_name,
        "reference.employee": reference.employment.person.full_name,
        "reference.received_on": _day(language, reference.received_on), "reference.text": reference.text,
    }  # fmt: skip


def of_shared(notice: SharedNotice, language: str) -> dict[str, str]:
    spans, rule = notice.spans, rule_of_shared(notice.employment, notice.event_on)
    blocks = [f"{_day(language, first)} – {_day(language, last)}" for first, last in spans]
    return {
        "shared.received_on": _day(language, notice.received_on), "shared.weeks": str(weeks_of(spans)),
        "shared.blocks": "\n".join(blocks), "shared.because": notice.because,
        "shared.touch_days": str(rule.touch_days) if rule is not None else "",
        "shared.withdraw_by": _day(language, notice.withdraw_by),
        "shared.choose_by": _day(language, notice.choose_by),
    }  # fmt: skip


PROVIDERS: dict[type[Any], Any] = {
    FlexibleRequest: of_flexible, FamilyLeave: of_family, ReferenceRequest: of_reference,
    SharedNotice: of_shared,
}  # fmt: skip
