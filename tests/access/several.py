"""One action for many applications in the table: looked at and done, in one's own team and elsewhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from moothall.core.clock import now
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.recruitment.models import Application, BulkAct
from moothall.recruitment.rules import bulk, tagging

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
STATE_OF = {"undo_bulk": "done", "bulk_letter": "letters"}


def make_rows(office: "Office") -> None:
    somebody = make_account(name="Somebody of the office")
    for relation in ("home", "other"):
        one: Application = office.rows[f"job application {relation}"]
        office.rows[f"bulk act {relation} ready"] = _said(one, BulkAct.TAG, somebody, words="Ready")
        letter = {"subject_en": "Soon", "body_en": "Soon.", "subject_cy": "", "body_cy": ""}
        office.rows[f"bulk act {relation} letters"] = _said(one, BulkAct.LETTER, somebody, **letter)
        done = office.rows[f"bulk act {relation} done"] = _said(one, BulkAct.TAG, somebody, words="Done")
        bulk.begin(done, by=somebody, at=now())
        bulk.carry_on(done.pk, clock=now)
        office.rows[f"tag {relation} on"] = tagging.add_tag(one, words="On", by=somebody, at=now())
        off = office.rows[f"tag {relation} off"] = tagging.add_tag(one, words="Off", by=somebody, at=now())
        tagging.remove_tag(off, by=somebody, at=now())


def _said(one: Application, kind: str, by: Account, **given: str) -> BulkAct:
    act = bulk.choose([one.pk], by=by, at=now())
    return bulk.say(act, kind=kind, given=given, by=by, at=now())


def _of_act(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    act: BulkAct = office.rows[f"bulk act {relation} {STATE_OF.get(route, 'ready')}"]
    more: Parts = {"kind": BulkAct.TAG} if route == "say_bulk" else {}
    return {"number": act.pk} | more | ({"row": act.rows.get().pk} if route == "bulk_letter" else {})


def _of_tag(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    return {"number": office.rows[f"tag {relation} {'off' if route == 'put_tag_back' else 'on'}"].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "choosing applications": lambda _office, _route, _relation, _seat: {},
    "action for many applications": _of_act,
    "tag on an application": _of_tag,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "action for many applications": lambda route: (
        {"number": NOWHERE}
        | ({"kind": BulkAct.TAG} if route == "say_bulk" else {})
        | ({"row": NOWHERE} if route == "bulk_letter" else {})
    ),
    "tag on an application": lambda _route: {"number": NOWHERE},
}


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "choose_applications": lambda o: {"ids": [str(o.rows["job application home"].pk)]},
    "choose_all_applications": lambda o: {
        "back": reverse("pipeline", args=[o.rows["campaign home applied"].pk])
    },
    "say_bulk": {"words": "Reserve"},
}  # fmt: skip
