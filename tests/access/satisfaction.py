"""Surveys, answers and complaints in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now
from moothall.core.signed_links import new_token, sign
from moothall.satisfaction.models import Complaint, Lesson, Survey, SurveyAnswer
from moothall.satisfaction.rules.surveying import LINK

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def make_rows(office: "Office") -> None:
    at = now()
    for relation, case, open_for in (("sent", "own", 20), ("over", "closed", -1), ("other", "other", 20)):
        about = office.cases[case].case
        if about.requester_id is None:
            raise LookupError("Nobody asked for this case.")
        Survey.objects.filter(case=about).delete()
        office.rows[f"survey {relation}"] = Survey.objects.create(
            case=about, person_id=about.requester_id, state=Survey.SENT, due_at=at, token=new_token(),
            sheet=uuid.uuid4(), sent_at=at, expires_at=at + dt.timedelta(days=open_for),
        )  # fmt: skip
    for relation, survey, anonymous in (
        ("own", "sent", False),
        ("other", "other", False),
        ("nameless", "sent", True),
    ):
        row: Survey = office.rows[f"survey {survey}"]
        about = row.case
        office.rows[f"survey answer {relation}"] = SurveyAnswer.objects.create(
            sheet=row.sheet or uuid.uuid4(), score=1, comment=f"Quillonsaid{relation}", anonymous=anonymous,
            answered_at=at, service_id=about.service_id, team_id=about.team_id, channel="mail",
            closed_on=at.date(),
        )  # fmt: skip
    for relation in ("own", "other"):
        furnished = office.cases[relation]
        complaint = Complaint.objects.create(case=furnished.case, stage=1)
        office.rows[f"lesson {relation}"] = Lesson.objects.create(
            complaint=complaint, text=f"Quillonlearned{relation}", by=furnished.colleague, at=at
        )


def _survey(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"signed": sign(office.rows[f"survey {relation}"].token, LINK)}


def _answer(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"answer_id": office.rows[f"survey answer {relation}"].pk}


def _lesson(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"lesson_id": office.rows[f"lesson {relation}"].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of satisfaction": lambda _office, _route, _relation, _seat: {},
    "survey": _survey,
    "survey answer": _answer,
    "lesson": _lesson,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "survey answer": lambda _route: {"answer_id": NOWHERE},
    "lesson": lambda _route: {"lesson_id": NOWHERE},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "survey": {"score": "4", "comment": "Kind and quick."},
    "follow_up_answer": {"as": "case"},
    "ombudsman": {"name": "The Ombudsman", "source": "Their page", "source_read_on": "22/11/2026"},
}
ON_A_CASE: dict[str, Callable[[Any, Any], Parts]] = {
    "escalate": lambda _o, _f: {"because": "They are not content."},
    "extend_complaint": lambda _o, _f: {"until": "", "reason": ""},
    "conclude_complaint": lambda _o, _f: {"finding": "upheld", "found": "It was late."},
}
