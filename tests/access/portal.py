"""Forms and followed cases in the table: their rows, addresses, and what is sent to them."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now
from moothall.core.signed_links import sign
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.portal.models import FollowLink, Request
from moothall.portal.models.kinds import FOLLOW, FORM
from moothall.portal.rules.asking import add_file, answer_page, begin_request
from moothall.portal.rules.links import make_link
from moothall.portal.rules.sending import send_request

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def make_rows(office: "Office") -> None:
    known = make_account(name="Who asked", person=make_person(full_name="Who Asked"))
    for relation, account in (("drafted", None), ("sent", None), ("theirs", known)):
        office.rows[f"form {relation}"] = _form(office, account)
    send_request(office.rows["form sent"], at=now())
    case = office.cases["own"].case
    for relation in ("linked", "ended"):
        office.rows[f"link {relation}"] = make_link(
            case, person=case.requester, sent_to=f"{relation}@example.org", at=now()
        )
    FollowLink.objects.filter(pk=office.rows["link ended"].pk).update(revoked_at=now())


def _form(office: "Office", account: Account | None) -> Request:
    at = now()
    asked = begin_request(office.rows["service"], account=account, language="en", at=at)
    answer_page(asked, page="course", typed={"course": "x"}, found={"course": "First aid"}, at=at)
    about = {"name": "Ysolde Nobody", "email": "nobody@example.org"}
    answer_page(asked, page="your-name", typed=about, found=about, at=at)
    add_file(asked, content=BytesIO(b"A plan"), name="plan.txt", declared_type="text/plain", at=at)
    asked.refresh_from_db()
    return asked


def _of_form(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    asked: Request = office.rows[f"form {relation}"]
    found: Parts = {"signed": sign(asked.token, FORM)}
    if route == "ask_question":
        found["page"] = "course"
    if route == "remove_file":
        file = asked.files.first()
        found["file_id"] = file.pk if file else NOWHERE
    return found


def _of_link(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    found: Parts = {"signed": sign(office.rows[f"link {relation}"].token, FOLLOW)}
    return found | ({"attached_id": office.cases["own"].document.pk} if route == "progress_file" else {})


def _of_own(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    furnished = office.cases["own"]
    file = {"attached_id": furnished.document.pk} if route == "own_file" else {}
    return {"reference": furnished.case.reference} | file


def _no_own(route: str) -> Parts:
    file = {"attached_id": NOWHERE} if route == "own_file" else {}
    return {"reference": "TST-26-99999"} | file


def _of_public(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"key": office.rows["service"].key} if route == "ask_start" else {}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "public pages": _of_public,
    "form": _of_form,
    "followed case": _of_link,
    "own case": _of_own,
}
NOTHING: dict[str, Callable[[str], Parts]] = {"own case": _no_own}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "open_case": lambda office: {
        "service": office.rows["service"].pk, "title": "A new question", "priority": 3,
        "questions_of": office.rows["service"].key,
    },
    "ask_question": {"course": "Manual handling"},
    "keep_answers": {"email": "nobody@example.org"},
    "progress": {"text": "One thing more."},
    "own_request": {"text": "One thing more."},
    "send_link": lambda office: {
        "reference": office.cases["own"].case.reference, "email": "ysolde@example.org",
    },
}  # fmt: skip
ON_A_CASE: dict[str, Callable[[Any, Any], Parts]] = {
    "edit_answers": lambda _office, _found: {"course": "Another course"},
}
