"""Employee casework in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.cases.rules.access import give_access
from moothall.cases.rules.timeline import write_note
from moothall.conduct.models import Matter, MatterKind, Meeting, Outcome, Party
from moothall.conduct.rules.appealing import decide_appeal, lodge_appeal
from moothall.conduct.rules.bundling import Choice, bind_bundle, give_copy, make_bundle
from moothall.conduct.rules.deciding import tell_outcome
from moothall.conduct.rules.linking import link_matters
from moothall.conduct.rules.suspending import review_suspension
from moothall.conduct.tests.make import (
    by_hand,
    level_of,
    make_caseworker,
    make_held,
    make_kind,
    make_matter,
    make_meeting,
    make_notice,
    make_outcome,
    make_party,
    make_suspension,
)
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_person
from moothall.workforce.tests.make import make_employment, make_post

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
# What is asked of a second matter, in which there is a suspension, a notice, a link and a decided appeal.
MEASURED = {
    "tell_appeal", "tell_suspension", "review_suspension", "end_suspension", "tell_suspension_review",
    "end_matter_link", "extend_improvement_window", "judge_improvement",
}  # fmt: skip
ROWS = {
    "end_part": "party", "record_finding": "issue", "invite_to_meeting": "meeting",
    "name_companion": "meeting",
    "postpone_meeting": "meeting", "hold_meeting": "begun", "cancel_matter_meeting": "meeting",
    "meeting_calendar": "meeting", "tell_outcome": "outcome", "lodge_appeal": "told",
    "decide_matter_appeal": "appealed",
    "tell_appeal": "decided appeal", "tell_suspension": "suspension", "review_suspension": "suspension",
    "end_suspension": "suspension", "tell_suspension_review": "review", "end_matter_link": "link",
    "extend_improvement_window": "notice", "judge_improvement": "notice",
    "bundle_page": "bundle", "bundle_file": "bundle", "give_bundle": "bundle",
}  # fmt: skip


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    by, kind = make_caseworker(name="Caseworker"), make_kind()
    office.rows["matter kind"] = kind
    for relation in ("named", "unnamed"):
        person = make_person(full_name=f"Ysolde{relation} Matterman")
        matter = make_matter(
            employment=make_employment(person), kind=kind, by=by, issues=(f"Quillon{relation} was late",)
        )
        party = make_party(matter, Party.WITNESS, name=f"Quillon{relation} witness")
        outcome = make_outcome(matter)
        note = write_note(matter.case, text=f"Quillon{relation} note", by=by, at=now())
        bundle = make_bundle(
            matter,
            title=f"Quillon{relation}",
            language="en",
            choices=[Choice(f"e{note.pk}")],
            by=by,
            at=now(),
        )
        bind_bundle(bundle.pk, at=now())
        bundle.refresh_from_db()
        told, appealed = (_told(matter, by) for _again in range(2))
        lodge_appeal(
            appealed, lodged_on=today(), grounds=f"Quillon{relation}", late_because="", by=by, at=now()
        )
        heard = make_held(matter, kind=Meeting.APPEAL, days=31)
        copy = give_copy(bundle, name="", theirs=True, given_on=today(), by=by, at=now())
        if relation == "named":
            office.rows |= {"matter paper": note, "matter appeal hearing": heard}
        else:
            office.rows |= {"matter copy": copy, "matter heard": heard}
        begun = make_meeting(matter)
        span = {"starts_at": now() - dt.timedelta(hours=2), "ends_at": now() - dt.timedelta(hours=1)}
        Meeting.objects.filter(pk=begun.pk).update(**span)
        rows = {
            "begun": begun, "held": outcome.meeting,
            "told": told, "appealed": appealed,
            "bundle": bundle,
            "party": party, "issue": matter.issues.get(), "meeting": make_meeting(matter), "outcome": outcome,
        }  # fmt: skip
        office.rows[f"matter {relation}"] = matter
        office.rows |= {f"matter {relation} {name}": row for name, row in rows.items()}
        measured = _measured(office, relation, by, kind)
        if relation == "named":
            for account in filter(None, office.seats.values()):
                for each in (matter, measured):
                    give_access(each.case, to=account, because="Named for the test", by=by, at=now())
    linkable = make_matter(kind=kind, by=by)
    for account in filter(None, office.seats.values()):
        give_access(linkable.case, to=account, because="Named for the test", by=by, at=now())
    office.rows["matter linkable"] = linkable
    office.rows["matter level"] = level_of(office.rows["matter named"], "none")
    office.rows["matter employee"] = make_employment(
        make_person(full_name="Ysolde Newcomer"), post=make_post(team=office.home)
    )


def _measured(office: "Office", relation: str, by: Account, kind: MatterKind) -> Matter:
    """A matter with what is done while it lasts, linked to the first."""
    person = make_person(full_name=f"Ysolde{relation} Measured")
    matter = make_matter(employment=make_employment(person), kind=kind, by=by)
    outcome = _told(matter, by)
    at = now()
    appeal = lodge_appeal(outcome, lodged_on=today(), grounds=relation, late_because="", by=by, at=at)
    heard = make_held(matter, kind=Meeting.APPEAL, days=31)
    decide_appeal(
        appeal, meeting=heard, decision="DISMISSED", reasons=f"Quillon{relation}", decided_on=today(),
        level=None, by=by, at=at,
    )  # fmt: skip
    kept = make_suspension(matter, from_on=today() - dt.timedelta(days=9), because=f"Quillon{relation}")
    review = review_suspension(
        kept, held_on=today() - dt.timedelta(days=2), decision="CONTINUES", reasons=relation, by=by, at=at
    )
    first = office.rows[f"matter {relation}"]
    link = link_matters(matter, other=first, because=f"Quillon{relation}", by=by, at=at)
    rows = {
        "decided appeal": outcome, "suspension": kept, "review": review, "link": link,
        "notice": make_notice(matter, targets=f"Quillon{relation}"),
    }  # fmt: skip
    office.rows |= {f"matter {relation} {name}": row for name, row in rows.items()}
    office.rows[f"measured {relation}"] = matter
    return matter


def _told(matter: Matter, by: Account) -> Outcome:
    outcome = make_outcome(matter, meeting=None, level=level_of(matter, "none"))
    tell_outcome(outcome, sent=by_hand(), by=by, at=now())
    return outcome


def _own(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    kind = "copy" if route == "my_bundle" else "heard"
    return {"number": office.rows[f"matter {kind}"].pk}


def _matter(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    which = "measured" if route in MEASURED else "matter"
    found: Parts = {"reference": office.rows[f"{which} {relation}"].case.reference}
    if route in ROWS:
        found["number"] = office.rows[f"matter {relation} {ROWS[route]}"].pk
    return found


def _nothing(route: str) -> Parts:
    return {"reference": "TST-26-99999"} | ({"number": NOWHERE} if route in ROWS else {})


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of conduct": lambda _office, _route, _relation, _seat: {}, "matter": _matter, "own matter": _own,
}  # fmt: skip
NOTHING: dict[str, Callable[[str], Parts]] = {
    "matter": _nothing, "own matter": lambda _route: {"number": NOWHERE},
}  # fmt: skip


def _when(days: int) -> Parts:
    return {"day": _day(days), "begins": "10:00", "ends": "12:00", "place": "Room 2"}


LETTER = {"channel": "HAND", "language": "en", "subject": "Meeting", "text": "Please come."}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "open_matter": lambda o: {
        "employee-key": o.rows["matter employee"].pk, "kind": o.rows["matter kind"].pk, "began_on": _day(0),
        "summary": "Late",
    },
    "give_part": {"part": "WITNESS", "name": "Emrys Puw"},
    "add_issue": {"text": "Late"},
    "record_finding": {"finding": "FOUND", "reason": "Seen by two"},
    "arrange_matter_meeting": lambda _o: _when(40) | {"kind": "HEARING"},
    "invite_to_meeting": LETTER,
    "name_companion": {"state": "NONE"},
    "postpone_meeting": lambda _o: _when(31) | {"because": "The companion is away"},
    "hold_meeting": {"attended": "yes", "outcome": "Heard"},
    "cancel_matter_meeting": {"because": "It is not needed."},
    "decide_matter": lambda o: {
        "level": o.rows["matter level"].pk, "decided_on": _day(0), "reasons": "Nothing was found",
    },
    "tell_outcome": LETTER,
    "lodge_appeal": lambda _o: {"lodged_on": _day(0), "grounds": "It was too hard."},
    "decide_matter_appeal": lambda o: {
        "decision": "DISMISSED", "meeting": o.rows["matter appeal hearing"].pk, "decided_on": _day(0),
        "reasons": "It was fair.",
    },
    "tell_appeal": LETTER,
    "suspend_employee": lambda _o: {
        "kind": "SUSPENDED", "from_on": _day(0), "because": "Witnesses are heard", "terms": "Pay goes on",
    },
    "tell_suspension": LETTER,
    "review_suspension": lambda _o: {"held_on": _day(0), "decision": "CONTINUES", "reasons": "Still needed"},
    "tell_suspension_review": LETTER,
    "end_suspension": lambda _o: {"ended_on": _day(0), "because": "Everybody was heard"},
    "give_improvement_notice": lambda o: {
        "meeting": o.rows["matter named held"].pk, "targets": "Be at work at nine", "reasons": "Late",
        "from_on": _day(0), "until_on": _day(60),
    },
    "extend_improvement_window": lambda _o: {"until_on": _day(80), "because": "Ill"},
    "judge_improvement": lambda _o: {"reviewed_on": _day(0), "result": "IMPROVED", "because": "On time"},
    "link_matter": lambda o: {"other-key": o.rows["matter linkable"].pk, "because": "The same meeting"},
    "make_bundle": lambda o: {
        "title": "Hearing", "language": "en", f"take-e{o.rows['matter paper'].pk}": "on",
    },
    "give_bundle": lambda _o: {"whom": "OTHER", "name": "Emrys Puw", "given_on": _day(0)},
}  # fmt: skip
