"""Letters, mailboxes and what comes in by them in the table: their addresses, and what is sent to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.letters.models import Letter

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
MESSAGE = b"From: a@example.org\nSubject: Hello\n\nHello\n"
NOWHERE = 999_999_999
CONNECTION: Parts = {
    "imap_host": "127.0.0.1", "imap_port": 9, "imap_security": "NONE", "user_name": "box", "password": "word",
    "sign_in": "PASSWORD", "folder": "INBOX", "afterwards": "SEEN", "done_folder": "", "sent_folder": "",
    "smtp_host": "", "smtp_port": 25, "smtp_security": "NONE", "smtp_user_name": "", "token_url": "",
    "client_id": "", "scope": "",
}  # fmt: skip
NEEDED_STATE = {
    "letter_approval": Letter.FOR_APPROVAL,
    "letter_refusal": Letter.FOR_APPROVAL,
    "letter_settlement": Letter.MAYBE_SENT,
    "letter_retry": Letter.FAILED,
    "letter_abandonment": Letter.FAILED,
}


def _letter(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    furnished = office.cases[relation]
    letter = furnished.letters[NEEDED_STATE.get(route, Letter.QUEUED)]
    document = {"document_id": furnished.document.document_id} if route == "letter_document" else {}
    return {"id": letter.pk, **document}


def _no_letter(route: str) -> Parts:
    return {"id": NOWHERE} | ({"document_id": NOWHERE} if route == "letter_document" else {})


def _api_letter(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"letter_id": office.cases[relation].letters[Letter.QUEUED].pk}


def _box(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    if route == "import_progress":
        return {"import_id": office.imports[relation].pk}
    return {"raw_id": office.quarantined[relation].pk}


def _no_box(route: str) -> Parts:
    return {"import_id" if route == "import_progress" else "raw_id": NOWHERE}


def _of_mailbox(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"key": office.mailboxes[relation].key}


def _letterhead(_office: "Office") -> Parts:
    return {"name": "Caer Gybi Council"}


def _mailbox(office: "Office") -> Parts:
    return {"name": "Another", "team": office.home.pk, "service": office.rows["service"].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "letter": _letter,
    "api letter": _api_letter,
    "mailbox": _box,
    "connection of a mailbox": _of_mailbox,
    "api mailbox": _of_mailbox,
    "print run": lambda office, _route, relation, _seat: {"id": office.runs[relation].pk},
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "letter": _no_letter,
    "api letter": lambda _route: {"letter_id": NOWHERE},
    "mailbox": _no_box,
    "connection of a mailbox": lambda _route: {"key": "no-such-box"},
    "api mailbox": lambda _route: {"key": "no-such-box"},
    "print run": lambda _route: {"id": NOWHERE},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "log_contact": {"channel": "PHONE", "subject": "Opening hours", "result": "ANSWERED"},
    "import_mail": lambda o: {
        "mailbox": o.mailboxes["own"].pk,
        "file": SimpleUploadedFile("one.eml", MESSAGE),
    },
    "letterhead": _letterhead,
    "template_add": {"key": "new-place", "name": "A new place"},
    "template_texts": {"subject_en": "A place", "body_en": "You have a place.", "version": "1"},
    "template_settings": {"name": "A place, said otherwise"},
    "settle": {"how": "NOTHING", "words": "It is only noise."},
    "add_mailbox": lambda o: _mailbox(o) | {"address": "another@example.org"},
    "edit_mailbox": lambda o: _mailbox(o),
    "connect_mailbox": {**CONNECTION, "since": "1/1/2026"},
    "print_run_settlement": {"was_posted": "yes"},
}
