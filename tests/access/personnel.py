"""Requests of staff for the table: of each seat's own, of somebody it manages, and of a stranger."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest, ReferenceRequest
from moothall.personnel.rules import deciding, family, flexible, references, shared
from moothall.personnel.rules.in_touch import add_touch_day
from moothall.personnel.rules.telling import send_once
from moothall.personnel.rules.wording.flexible import ACKNOWLEDGED
from moothall.personnel.tests.make import (
    DAY,
    as_mail,
    make_leave,
    make_meeting,
    make_notice,
    make_reference,
    make_request,
)
from moothall.workforce.models import Employment

from .workforce import employment_of

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
ON_A_STATE = {
    "appeal_flexible": "refused",
    "decide_flexible_appeal": "appealed",
    "withdraw_flexible": "missed",
    "put_back_flexible": "withdrawn",
    "put_back_family_leave": "withdrawn",
    "check_reference": "drafted",
    "write_reference": "drafted",
    "send_reference": "checked",
    "write_shared_letter": "refused",
}
LETTER = {
    "write_flexible_letter": "fw_ack",
    "write_family_letter": "family_ack",
    "write_reference_letter": "ref_consent",
    "write_shared_letter": "shared_refused",
}


def _day(days: int) -> str:
    return (today() + days * DAY).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    desk, second = (make_account("workforce.edit", name=f"Keeper {n}") for n in (1, 2))
    office.rows["requests desk"] = desk
    _about(office, office.rows["staff other"], desk, second)
    for seat, account in office.seats.items():
        if account is not None:
            for relation in ("own", "managed"):
                _about(office, employment_of(office, relation, seat), desk, second)
            office.rows[f"request letter {seat}"] = _letter(employment_of(office, "managed", seat), account)
    office.rows["request letter other"] = _letter(office.rows["staff other"], desk)


def _letter(employment: Employment, by: Account) -> int:
    request = make_request(employment, outside=True, asks_for="Mornings")
    return send_once(request, ACKNOWLEDGED, sent=as_mail(), about_on=today(), by=by, at=now()).pk


def _about(office: "Office", employment: Employment, desk: Account, second: Account) -> None:
    rows = {
        **_flexible(employment, desk),
        **_family(employment, desk),
        **_shared(employment, desk),
        **_references(employment, desk, second),
    }
    office.rows |= {f"{name} of {employment.pk}": row for name, row in rows.items()}


def _flexible(employment: Employment, desk: Account) -> Parts:
    def made() -> FlexibleRequest:
        return make_request(employment, outside=True, asks_for="Quillon mornings")

    asked, missed, withdrawn, refused, appealed = (made() for _each in range(5))
    FlexibleRequest.objects.filter(pk=asked.pk).update(decide_by=today() + 20 * DAY)
    meeting = make_meeting(asked, FlexibleMeeting.PLANNED, by=desk)
    for _twice in range(2):
        make_meeting(missed, FlexibleMeeting.MISSED, by=desk)
    FlexibleRequest.objects.filter(pk=withdrawn.pk).update(state="WITHDRAWN", withdrawn_on=today())
    no = deciding.Decision(FlexibleRequest.REFUSED, reasons="Nobody on Fridays")
    for each in (refused, appealed):
        deciding.decide(each, no, by=desk, at=now())
    flexible.appeal(appealed, words="Cover was found", on=today(), by=desk, at=now())
    return {
        "flexible": asked,
        "flexible missed": missed,
        "flexible withdrawn": withdrawn,
        "flexible refused": refused,
        "flexible appealed": appealed,
        "flexible meeting": meeting,
    }


def _family(employment: Employment, desk: Account) -> Parts:
    due = today() + 20 * DAY
    withdrawn = make_leave(
        employment, kind="parental", starts_on=today() + 500 * DAY, ends_on=today() + 510 * DAY
    )
    with_nobody = make_account("workforce.private")
    family.withdraw_leave(withdrawn, by=with_nobody, at=now())
    leave = make_leave(employment, event_on=due, starts_on=due - 10 * DAY, late_because="Not known")
    touch = add_touch_day(leave, day=due + 60 * DAY, what="Training", by=with_nobody, at=now())
    return {"family": leave, "family withdrawn": withdrawn, "touch day": touch}


def _shared(employment: Employment, desk: Account) -> Parts:
    """Of two children, so that each has its notices: one waits, one was refused."""
    waiting = make_notice(employment, event_on=today() + 200 * DAY, first=400)
    refused = make_notice(employment, event_on=today() + 201 * DAY, first=470)
    shared.refuse_blocks(refused, because="Nobody else can drive it", by=desk, at=now())
    return {"shared": waiting, "shared refused": refused}


def _references(employment: Employment, desk: Account, second: Account) -> Parts:
    fresh = make_reference(employment, asks=ReferenceRequest.FULL)
    drafted, checked = make_reference(employment), make_reference(employment)
    for each in (drafted, checked):
        references.verify(each, how="Rang them", address="hr@example.org", by=desk, at=now())
        references.draft(
            each, text="Worked here.", days_absent=None, protected_left_out=False, by=desk, at=now()
        )
    references.check(checked, by=second, at=now())
    return {"reference": fresh, "reference drafted": drafted, "reference checked": checked}


def _keys(kind: str) -> Callable[["Office", str, str, str], Parts]:
    def keys(office: "Office", route: str, relation: str, seat: str) -> Parts:
        employment = employment_of(office, relation, seat)
        name = f"{kind} {ON_A_STATE[route]}" if route in ON_A_STATE else kind
        found: Parts = {"number": office.rows[f"{name} of {employment.pk}"].pk}
        if route == "write_down_flexible_meeting":
            found["meeting"] = office.rows[f"flexible meeting of {employment.pk}"].pk
        if route == "remove_touch_day":
            found["day_id"] = office.rows[f"touch day of {employment.pk}"].pk
        return found | ({"key": LETTER[route]} if route in LETTER else {})

    return keys


def _nothing(route: str) -> Parts:
    found: Parts = {"number": NOWHERE}
    if route == "write_down_flexible_meeting":
        found["meeting"] = NOWHERE
    if route == "remove_touch_day":
        found["day_id"] = NOWHERE
    return found | ({"key": LETTER[route]} if route in LETTER else {})


def _letter_keys(office: "Office", _route: str, relation: str, seat: str) -> Parts:
    name = "other" if relation == "other" or office.seats[seat] is None else seat
    return {"number": office.rows[f"request letter {name}"]}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of requests": lambda _office, _route, _relation, _seat: {},
    "request for flexible working": _keys("flexible"),
    "family leave": _keys("family"),
    "notice of shared leave": _keys("shared"),
    "reference": _keys("reference"),
    "letter about a request": _letter_keys,
}
NOTHING: dict[str, Callable[[str], Parts]] = dict.fromkeys(
    (
        "request for flexible working",
        "family leave",
        "notice of shared leave",
        "reference",
        "letter about a request",
    ),
    _nothing,
)


def _who(office: "Office") -> Parts:
    other: Employment = office.rows["staff other"]
    return {"employee-key": other.pk, "employee": other.number}


LEAVE: Parts = {"kind": "parental", "event_on": "today", "starts_on": _day(700), "ends_on": _day(704)}
BLOCKS: Parts = {"event_on": _day(202), "weeks": 20, "first1": _day(520), "last1": _day(533)}
REQUEST: Parts = {"asks_for": "Only mornings", "wanted_from": _day(60)}
MAIL: Parts = {
    "channel": "MAIL",
    "address": "hr@example.org",
    "language": "en",
    "subject": "Reference",
    "text": "Worked here.",
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "ask_flexible": REQUEST,
    "enter_flexible": lambda o: _who(o) | REQUEST | {"received_on": "today", "outside": "on"},
    "ask_family_leave": LEAVE,
    "enter_family_leave": lambda o: _who(o) | LEAVE | {"notified_on": "today"},
    "enter_reference": lambda o: (
        _who(o)
        | {
            "received_on": "today",
            "organisation": "Cwm Books",
            "address": "jobs@example.org",
            "asks": "FACTUAL",
        }
    ),
    "arrange_flexible_meeting": {"day": _day(9), "begins": "10:00", "place": "Room 2"},
    "write_down_flexible_meeting": {"state": "HELD", "notes": "Cover"},
    "decide_flexible": {"outcome": "AGREED", "agreed_from": _day(60)},
    "extend_flexible": {"until": _day(40), "agreed": "By mail"},
    "appeal_flexible": {"words": "Cover was found", "on": "today"},
    "decide_flexible_appeal": {"upheld": "no", "reasons": "Still nobody on Fridays"},
    "write_flexible_letter": MAIL,
    "write_family_letter": MAIL,
    "write_reference_letter": MAIL,
    "write_shared_letter": MAIL,
    "ask_shared_leave": BLOCKS,
    "enter_shared_leave": lambda o: _who(o) | BLOCKS | {"received_on": "today"},
    "choose_one_block": {"day": _day(410)},
    "refuse_shared": {"because": "Nobody else can drive it"},
    "send_reference": MAIL,
    "decline_reference": MAIL | {"because": "Not who they say"},
    "change_family_start": {"day": _day(12), "late_because": "The child came sooner"},
    "record_birth": {"day": "today"},
    "record_pregnancy_illness": {"day": "today"},
    "see_family_evidence": {"day": "today"},
    "assess_family_risk": {"day": "today"},
    "add_touch_day": {"day": _day(90), "what": "Training"},
    "return_early": {"returns_on": _day(200), "told_on": "today"},
    "verify_reference": {"address": "hr@example.org", "how": "Rang them"},
    "record_reference_consent": {"consent": "GIVEN", "on": "today"},
    "keep_reference_wording": {"agreed_on": "today", "text": "A valued colleague."},
    "write_reference": {"text": "Worked here."},
}
