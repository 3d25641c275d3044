"""How each route of the table is asked: its address for one relation, and what is sent to it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from moothall.cases.models import Case
from moothall.core.clock import today
from moothall.core.lists.saved import store
from moothall.letters.models import Letter
from moothall.people.models import SavedView
from moothall.records.models import AuditEvent

from . import desk, incoming, knowledge, leave, people, problems, triage, webhooks, workforce
from .absence import KEYS as ABSENCE_KEYS
from .absence import NOTHING as ABSENCE_NOTHING
from .absence import OTHERWISE as ABSENCE_OTHERWISE
from .appraisal import KEYS as APPRAISAL_KEYS
from .appraisal import NOTHING as APPRAISAL_NOTHING
from .appraisal import OTHERWISE as APPRAISAL_OTHERWISE
from .bookings import KEYS as BOOKING_KEYS
from .bookings import NOTHING as BOOKING_NOTHING
from .bookings import OTHERWISE as BOOKING_OTHERWISE
from .casework import KEYS as CASEWORK_KEYS
from .casework import NOTHING as CASEWORK_NOTHING
from .casework import ON_A_CASE as CASEWORK_ON_A_CASE
from .casework import OTHERWISE as CASEWORK_OTHERWISE
from .conduct import KEYS as CONDUCT_KEYS
from .conduct import NOTHING as CONDUCT_NOTHING
from .conduct import OTHERWISE as CONDUCT_OTHERWISE
from .credentials import KEYS as CREDENTIAL_KEYS
from .credentials import NOTHING as CREDENTIAL_NOTHING
from .credentials import OTHERWISE as CREDENTIAL_OTHERWISE
from .office import CONNECTION, Furnished, Office
from .pathways import KEYS as PATHWAY_KEYS
from .pathways import NOTHING as PATHWAY_NOTHING
from .pathways import OTHERWISE as PATHWAY_OTHERWISE
from .pathways import PROGRAMS as PATHWAY_PROGRAMS
from .personnel import KEYS as PERSONNEL_KEYS
from .personnel import NOTHING as PERSONNEL_NOTHING
from .personnel import OTHERWISE as PERSONNEL_OTHERWISE
from .portal import KEYS as PORTAL_KEYS
from .portal import NOTHING as PORTAL_NOTHING
from .portal import ON_A_CASE as PORTAL_ON_A_CASE
from .portal import OTHERWISE as PORTAL_OTHERWISE
from .reports import KEYS as REPORT_KEYS
from .reports import NOTHING as REPORT_NOTHING
from .reports import OTHERWISE as REPORT_OTHERWISE
from .satisfaction import KEYS as SATISFACTION_KEYS
from .satisfaction import NOTHING as SATISFACTION_NOTHING
from .satisfaction import ON_A_CASE as ON_A_COMPLAINT
from .satisfaction import OTHERWISE as SATISFACTION_OTHERWISE
from .table import Area
from .terms import KEYS as TERM_KEYS
from .terms import NOTHING as TERM_NOTHING
from .terms import OTHERWISE as TERM_OTHERWISE
from .training import KEYS as TRAINING_KEYS
from .training import NOTHING as TRAINING_NOTHING
from .training import OTHERWISE as TRAINING_OTHERWISE
from .transport import KEYS as TRANSPORT_KEYS
from .transport import NOTHING as TRANSPORT_NOTHING
from .transport import OTHERWISE as TRANSPORT_OTHERWISE

Parts = dict[str, Any]
MESSAGE = b"From: a@example.org\nSubject: Hello\n\nHello\n"
NOWHERE = 999_999_999


def address(office: Office, area: Area, route: str, relation: str, seat: str) -> str:
    named = f"api:{route}" if area.kind.startswith("api") or route in API_PAPERS else route
    return reverse(named, kwargs=KEYS[area.kind](office, route, relation, seat))


def nowhere(office: Office, area: Area, route: str, relation: str) -> str:
    """The address of a record that does not exist."""
    if area.kind == "person":
        return reverse(route, kwargs=people.no_person(office.rows[f"person {relation}"], route))
    named = f"api:{route}" if area.kind.startswith("api") else route
    return reverse(named, kwargs=NOTHING[area.kind](route))


def has_nowhere(area: Area) -> bool:
    return area.kind == "person" or area.kind in NOTHING


def sent(
    office: Office, area: Area, route: str, relation: str, method: str = "POST"
) -> Mapping[str, Any] | bytes:
    """What a person would send who is allowed to, so that a door left open would let it happen."""
    if area.kind in {"case", "api case"}:
        return ON_A_CASE[route](office, office.cases[relation])
    if route == "api_messages":
        return MESSAGE
    if area.kind in {"api of problems", "api problem"} and method == "POST":
        return problems.sent_by_a_program(office, route, relation)
    if area.kind.startswith("api") and method == "POST":
        return BY_A_PROGRAM[route](office)
    if area.kind == "letter":
        return {"reason": "Not yet", "to_address": "new@example.org", "was_sent": "yes"}
    if area.kind in {"person", "pages of people", "account"}:
        return people.sent(route, office.rows)
    if route == "api_people":
        return {"q": "Ysolde"}
    if area.kind == "pages of knowledge":
        return knowledge.sent(office, route)
    if area.kind in {"pages of problems", "problem"}:
        return problems.sent(office, route, relation)
    made = OTHERWISE.get(route, {})
    return made(office) if callable(made) else made


def sent_to_nothing(
    office: Office, area: Area, route: str, relation: str, method: str
) -> Mapping[str, Any] | bytes:
    """The same, to a record that does not exist: a program is told first what it sent wrongly."""
    told_first = area.kind.startswith("api") and method == "POST"
    return sent(office, area, route, relation, method) if told_first else {}


def sent_as(area: Area, route: str) -> str:
    """The content type of what is sent."""
    if route == "api_messages":
        return "message/rfc822"
    with_file = route in {"api_incoming_files", "api_duties"}
    return "application/json" if area.kind.startswith("api") and not with_file else MULTIPART_CONTENT


def stand(office: Office, relation: str, seat: str, area: Area) -> None:
    """What has to be so for this seat before it asks."""
    account = office.seats[seat]
    if relation == "mine" and "own" in area.relations and "mine" in area.relations:
        Case.objects.filter(pk=office.cases["mine"].case.pk).update(assignee=account)
    if area.kind == "saved view" and account is not None:
        for owner in (account, office.rows["other_account"]):
            store().keep(owner, list_key="cases", name=f"View of {owner.pk}", query="late=1")


def _case(office: Office, route: str, relation: str, _seat: str) -> Parts:
    furnished = office.cases[relation]
    if route.endswith("_many"):
        return {}
    if route == "undo_change":
        return {"entry_id": furnished.change.pk}
    return {"reference": furnished.case.reference} | {
        name: find(furnished) for name, find in OF_A_CASE.get(route, {}).items()
    }


OF_A_CASE: dict[str, dict[str, Callable[[Furnished], Any]]] = {
    "message_frame": {"entry_id": lambda found: found.message.pk},
    "split": {"entry_id": lambda found: found.message.pk},
    "case_document": {"attached_id": lambda found: found.document.pk},
    "complete_step": {"step_id": lambda found: found.step.pk},
    "reopen_step": {"step_id": lambda found: found.done_step.pk},
    "clock_page": {"key": lambda found: found.clock.key},
    "move_clock": {"key": lambda found: found.clock.key},
    "end_link": {"link_id": lambda found: found.link.pk},
}


def _no_case(route: str) -> Parts:
    if route == "undo_change":
        return {"entry_id": NOWHERE}
    extra: Parts = {name: "answer" if name == "key" else NOWHERE for name in OF_A_CASE.get(route, {})}
    return {"reference": "TST-26-99999", **extra}


NEEDED_STATE = {
    "letter_approval": Letter.FOR_APPROVAL,
    "letter_refusal": Letter.FOR_APPROVAL,
    "letter_settlement": Letter.MAYBE_SENT,
    "letter_retry": Letter.FAILED,
    "letter_abandonment": Letter.FAILED,
}


def _letter(office: Office, route: str, relation: str, _seat: str) -> Parts:
    furnished = office.cases[relation]
    letter = furnished.letters[NEEDED_STATE.get(route, Letter.QUEUED)]
    document = {"document_id": furnished.document.document_id} if route == "letter_document" else {}
    return {"id": letter.pk, **document}


def _no_letter(route: str) -> Parts:
    return {"id": NOWHERE} | ({"document_id": NOWHERE} if route == "letter_document" else {})


def _box(office: Office, route: str, relation: str, _seat: str) -> Parts:
    if route == "import_progress":
        return {"import_id": office.imports[relation].pk}
    return {"raw_id": office.quarantined[relation].pk}


def _no_box(route: str) -> Parts:
    return {"import_id" if route == "import_progress" else "raw_id": NOWHERE}


def _view(office: Office, _route: str, relation: str, seat: str) -> Parts:
    account = office.seats[seat]
    owner = office.rows["other_account"] if relation == "other" or account is None else account
    found = SavedView.objects.filter(account=owner).first()
    return {"view_id": found.pk if found else NOWHERE}


def _plain(_office: Office, route: str, _relation: str, _seat: str) -> Parts:
    return PLAIN.get(route, {})


OF_A_TEMPLATE = ("template_texts", "template_settings", "template_history", "template_retirement")
PLAIN: dict[str, Parts] = {
    "saved_views": {"list_key": "cases"},
    "template_restoration": {"key": "old-words"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "mfa_remove_webauthn": {"pk": NOWHERE},
    "mfa_edit_webauthn": {"pk": NOWHERE},
    "openid_connect_login": {"provider_id": "office"},
    "openid_connect_callback": {"provider_id": "office"},
    **{name: {"key": "a-place"} for name in OF_A_TEMPLATE},
}
API_PAPERS = {"openapi-json", "openapi-view", "api-root"}


def _person(office: Office, route: str, relation: str, _seat: str) -> Parts:
    return people.of_person(office.rows[f"person {relation}"], route)


def _account(office: Office, route: str, relation: str, _seat: str) -> Parts:
    return people.of_account(office.rows[f"account {relation}"], route)


def _of_people(office: Office, route: str, _relation: str, _seat: str) -> Parts:
    found: dict[str, Parts] = {
        "edit_organisation": {"organisation_id": office.rows["organisation"].pk},
        "edit_team": {"key": office.home.key},
        "edit_office_role": {"key": "reader"},
    }
    return found.get(route, {})


def _api_of_people(office: Office, route: str, _relation: str, _seat: str) -> Parts:
    return {"reference": office.cases["own"].person.reference} if route == "api_person" else {}


def _api_case(office: Office, route: str, relation: str, _seat: str) -> Parts:
    furnished = office.cases[relation]
    step = {"step_id": furnished.step.pk} if route == "api_completion" else {}
    return {"reference": furnished.case.reference, **step}


def _no_api_case(route: str) -> Parts:
    step = {"step_id": NOWHERE} if route == "api_completion" else {}
    return {"reference": "TST-26-99999", **step}


def _api_letter(office: Office, _route: str, relation: str, _seat: str) -> Parts:
    return {"letter_id": office.cases[relation].letters[Letter.QUEUED].pk}


def _audited() -> int:
    return AuditEvent.objects.order_by("pk").values_list("pk", flat=True)[0]


KEYS: dict[str, Callable[[Office, str, str, str], Parts]] = {
    **desk.KEYS,
    **webhooks.KEYS,
    **leave.KEYS,
    **workforce.KEYS,
    **triage.KEYS,
    "case": _case,
    "letter": _letter,
    "mailbox": _box,
    "connection of a mailbox": lambda office, _route, relation, _seat: {
        "key": office.mailboxes[relation].key
    },
    "print run": lambda office, _route, relation, _seat: {"id": office.runs[relation].pk},
    "saved view": _view,
    "row of the audit": lambda _office, _route, _relation, _seat: {"event_id": _audited()},
    "person": _person,
    "api of people": _api_of_people,
    "api letter": _api_letter,
    "api case": _api_case,
    "api of cases and enquiries": _plain,
    "api handed in": incoming.of_incoming,
    "api of knowledge": lambda _o, route, _r, _s: {"key": "lending"} if route == "api_article" else {},
    "api of problems": _plain,
    "api problem": problems.of_problem,
    "api mailbox": lambda office, _route, relation, _seat: {"key": office.mailboxes[relation].key},
    "account": _account,
    "pages of people": _of_people,
    "pages of cases": _plain,
    "pages of emergencies": _plain,
    "emergency": lambda office, _route, relation, _seat: {
        "opening_id": office.rows[f"emergency {relation}"].pk
    },
    "pages of enquiries": _plain,
    "pages of knowledge": knowledge.of_knowledge,
    "pages of problems": _plain,
    "problem": problems.of_problem,
    "pages of letters": _plain,
    "own things": _plain,
    "library": _plain,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    **desk.NOTHING,
    **leave.NOTHING,
    **workforce.NOTHING,
    **triage.NOTHING,
    "case": _no_case,
    "letter": _no_letter,
    "mailbox": _no_box,
    "connection of a mailbox": lambda _route: {"key": "no-such-box"},
    "api letter": lambda _route: {"letter_id": NOWHERE},
    "api case": _no_api_case,
    "api handed in": incoming.no_incoming,
    "api problem": problems.no_problem,
    "api mailbox": lambda _route: {"key": "no-such-box"},
    "print run": lambda _route: {"id": NOWHERE},
    "row of the audit": lambda _route: {"event_id": NOWHERE},
    "emergency": lambda _route: {"opening_id": NOWHERE},
    "problem": problems.no_problem,
}

Sending = Callable[[Office, Furnished], Mapping[str, Any]]


def _nothing(_office: Office, _found: Furnished) -> Mapping[str, Any]:
    return {}


def _why(_office: Office, _found: Furnished) -> Mapping[str, Any]:
    return {"because": "It has to be so."}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def _many(_office: Office, found: Furnished) -> Mapping[str, Any]:
    return {"ids": [found.case.pk], "back": "/cases/", "to": found.colleague.pk, "outcome": "answered"}


def _other_team(office: Office, found: Furnished) -> int:
    return office.home.pk if found.case.team_id == office.away.pk else office.away.pk


ON_A_CASE: dict[str, Sending] = {
    **desk.ON_A_CASE,
    "case_page": _nothing,
    "message_frame": _nothing,
    "case_document": _nothing,
    "clock_page": _nothing,
    "ask_to_read": _why,
    "add_note": lambda _o, _f: {"text": "A note."},
    "add_call": lambda _o, _f: {"text": "They rang."},
    "hold": lambda _o, _f: {"until": _day(9), "because": "They are away.", "waiting_on": "PERSON"},
    "resume": _nothing,
    "edit_details": lambda o, f: {
        "title": "Another title", "service": f.case.service_id, "priority": 2, "language": "en",
    },
    "correct_received": lambda _o, _f: {"received": _day(-2), "because": "It came on Friday."},
    "link": lambda o, _f: {"reference": o.rows["kin"].reference, "kind": "RELATED"},
    "end_link": _nothing,
    "complete_step": lambda _o, _f: {"note": "Done."},
    "reopen_step": _why,
    "move_clock": lambda _o, _f: {"kind": "paused", "on": _day(0), "reason": "We wait for them."},
    "undo_change": _nothing,
    "take": _nothing,
    "assign": lambda _o, f: {"to": f.colleague.pk},
    "hand_over": lambda o, f: {"team": _other_team(o, f), "because": "It is theirs."},
    "close": lambda _o, _f: {"outcome": "answered", "reason": "Told them."},
    "reopen": _why,
    "restrict": lambda _o, f: {"level": "RESTRICTED", "named": [f.colleague.pk], "because": "Delicate."},
    "reply": lambda _o, _f: {
        "to_address": "ysolde@example.org", "subject": "Re: course", "text": "There is a place.",
        "language": "en", "then": "PERSON",
    },
    "suggested": _nothing,
    "readers": _nothing,
    "link_to_problem": lambda o, _f: {"problem": o.rows["problem own"].pk},
    "signpost": lambda o, _f: {"signpost": o.rows["signpost"].pk, "text": "The library has it."},
    "split": lambda o, _f: {"title": "The second question", "service": o.rows["service"].pk},
    "assign_many": _many,
    "take_many": _many,
    "close_many": _many,
    "api_case": _nothing,
    "api_entries": _nothing,
    "api_notes": lambda _o, _f: {"text": "A note."},
    "api_completion": lambda _o, _f: {"note": "Done."},
    "api_assignment": lambda _o, f: {"to": f.colleague.email},
    "api_hold": lambda _o, _f: {
        "until": (today() + dt.timedelta(days=9)).isoformat(), "because": "They are away.",
    },
    "api_closure": lambda _o, _f: {"outcome": "answered", "reason": "Told them."},
}  # fmt: skip
BY_A_PROGRAM: dict[str, Callable[[Office], Parts]] = {
    **desk.BY_A_PROGRAM,
    "api_cases": lambda o: {"service": o.rows["service"].key, "title": "A new question"},
    "api_incoming": lambda o: {
        "service": o.rows["service"].key,
        "text": "Is there a place?",
        "sender": {"name": "Nia Okafor"},
    },
    "api_incoming_files": lambda _o: {"file": SimpleUploadedFile("note.txt", b"A note.")},
    "api_contacts": lambda _o: {"channel": "PHONE", "subject": "Opening hours", "result": "ANSWERED"},
}


def _letterhead(_office: Office) -> Parts:
    return {"name": "Caer Gybi Council"}


def _mailbox(office: Office) -> Parts:
    return {"name": "Another", "team": office.home.pk, "service": office.rows["service"].pk}


OTHERWISE: dict[str, Parts | Callable[[Office], Parts]] = {
    **desk.OTHERWISE,
    **triage.OTHERWISE,
    **webhooks.OTHERWISE,
    **leave.OTHERWISE,
    **workforce.OTHERWISE,
    "emergency": lambda o: {
        "reference": o.cases["unnamed"].case.reference,
        "reason": "Somebody is in danger and nobody can be reached.",
    },
    "emergency_rules": {"lasts_minutes": 30, "signed_in_minutes": 5},
    "emergency_judgement": {"justified": "yes", "because": "They were in danger, as the notes say."},
    "open_case": lambda o: {"service": o.rows["service"].pk, "title": "A new question", "priority": 3},
    "account_reset_password": {"email": "nobody@example.org"},
    "log_contact": {"channel": "PHONE", "subject": "Opening hours", "result": "ANSWERED"},
    "import_mail": lambda o: {
        "mailbox": o.mailboxes["own"].pk,
        "file": SimpleUploadedFile("one.eml", MESSAGE),
    },
    "letterhead": _letterhead,
    "template_add": {"key": "new-place", "name": "A new place"},
    "template_texts": {"subject_en": "A place", "body_en": "You have a place.", "version": "1"},
    "template_settings": {"name": "A place, said otherwise"},
    "my_settings": {"language": "cy"},
    "save_draft": {"draft_key": "/cases/new/", "title": "Half a title"},
    "discard_draft": {"draft_key": "/cases/new/"},
    "dismiss": {"key": "first-visit"},
    "saved_views": {"name": "Late ones", "query": "late=1"},
    "set_language": {"language": "cy"},
    "settle": {"how": "NOTHING", "words": "It is only noise."},
    "add_mailbox": lambda o: _mailbox(o) | {"address": "another@example.org"},
    "edit_mailbox": lambda o: _mailbox(o),
    "connect_mailbox": {**CONNECTION, "since": "1/1/2026"},
    "print_run_settlement": {"was_posted": "yes"},
}

KEYS |= PORTAL_KEYS
NOTHING |= PORTAL_NOTHING
ON_A_CASE |= PORTAL_ON_A_CASE
OTHERWISE |= PORTAL_OTHERWISE
KEYS |= SATISFACTION_KEYS
NOTHING |= SATISFACTION_NOTHING
OTHERWISE |= SATISFACTION_OTHERWISE
ON_A_CASE |= ON_A_COMPLAINT
KEYS |= CASEWORK_KEYS | CONDUCT_KEYS
NOTHING |= CASEWORK_NOTHING | CONDUCT_NOTHING
OTHERWISE |= CASEWORK_OTHERWISE | CONDUCT_OTHERWISE
ON_A_CASE |= CASEWORK_ON_A_CASE
KEYS |= REPORT_KEYS
NOTHING |= REPORT_NOTHING
OTHERWISE |= REPORT_OTHERWISE
KEYS |= ABSENCE_KEYS | CREDENTIAL_KEYS
NOTHING |= ABSENCE_NOTHING | CREDENTIAL_NOTHING
OTHERWISE |= ABSENCE_OTHERWISE | CREDENTIAL_OTHERWISE
KEYS |= TERM_KEYS
NOTHING |= TERM_NOTHING
OTHERWISE |= TERM_OTHERWISE
KEYS |= APPRAISAL_KEYS
KEYS |= BOOKING_KEYS
NOTHING |= APPRAISAL_NOTHING
NOTHING |= BOOKING_NOTHING
OTHERWISE |= APPRAISAL_OTHERWISE
OTHERWISE |= BOOKING_OTHERWISE
KEYS |= PERSONNEL_KEYS
NOTHING |= PERSONNEL_NOTHING
OTHERWISE |= PERSONNEL_OTHERWISE
KEYS |= TRAINING_KEYS
NOTHING |= TRAINING_NOTHING
OTHERWISE |= TRAINING_OTHERWISE
BY_A_PROGRAM |= PATHWAY_PROGRAMS
KEYS |= PATHWAY_KEYS
NOTHING |= PATHWAY_NOTHING
OTHERWISE |= PATHWAY_OTHERWISE
KEYS |= TRANSPORT_KEYS
NOTHING |= TRANSPORT_NOTHING
OTHERWISE |= TRANSPORT_OTHERWISE
