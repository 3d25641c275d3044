"""Enquiries handed in by other systems in the table: the coordinator's own, and a colleague's."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now
from moothall.enquiries.rules.incoming import hand_in
from moothall.people.models import Account

Parts = dict[str, Any]
NOWHERE = 999_999_999


def make_rows(office: Any) -> None:
    for relation, account in (("own", office.account("C")), ("other", office.cases["own"].colleague)):
        office.rows[f"incoming {relation}"] = _handed_in(office, account)


def _handed_in(office: Any, account: Account) -> Any:
    said = {
        "channel": "API", "service": office.rows["service"].key, "case": "", "title": "A place",
        "text": "Is there one?", "answers": {}, "language": "", "received_at": "", "received_because": "",
        "external": "", "sender": {"person": "", "name": "Nia Okafor", "email": "", "phone": ""},
    }  # fmt: skip
    kept, _new = hand_in(said, [], key=None, by=account, at=now())
    return kept


def of_incoming(office: Any, _route: str, relation: str, _seat: str) -> Parts:
    return {"number": office.rows[f"incoming {relation}"].pk}


def no_incoming(_route: str) -> Parts:
    return {"number": NOWHERE}


KEYS = {"api handed in": of_incoming}
NOTHING = {"api handed in": no_incoming}
BY_A_PROGRAM: dict[str, Callable[[Any], Parts]] = {
    "api_incoming": lambda o: {
        "service": o.rows["service"].key,
        "text": "Is there a place?",
        "sender": {"name": "Nia Okafor"},
    },
    "api_incoming_files": lambda _o: {"file": SimpleUploadedFile("note.txt", b"A note.")},
    "api_contacts": lambda _o: {"channel": "PHONE", "subject": "Opening hours", "result": "ANSWERED"},
}
