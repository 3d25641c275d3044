"""How the routes of appraisal are asked: one's own, that of somebody one manages, and a stranger's."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from moothall.appraisal.models import (
    Action,
    Appraisal,
    Cycle,
    Evidence,
    InductionItem,
    InductionTask,
    Mentoring,
    Objective,
    PlanItem,
    Talk,
)
from moothall.appraisal.tests.make import make_cycle, make_framework
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.records.rules.documents import keep_document
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_post

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
OF_OBJECTIVES = ("change_objective", "agree_objective", "drop_objective", "note_progress")
OF_EVIDENCE = ("appraisal_document", "withdraw_evidence")


def make_rows(office: "Office") -> None:
    _boss, top = make_manager()
    office.rows["framework draft"] = make_framework(is_draft=True)
    cycle = office.rows["cycle"] = make_cycle(at=now())
    Cycle.objects.filter(pk=cycle.pk).update(opened_at=now())
    office.rows["document"] = keep_document(b"Seen.", name="seen.txt", by=None, at=now())
    office.rows["top"] = top
    office.rows["induction"] = InductionItem.objects.create(
        key="welcome", name="Welcome", workforces=["intern"], owner="MANAGER", days=0, position=0
    )
    office.rows["second induction"] = InductionItem.objects.create(
        key="safety", name="Safety", workforces=["intern"], owner="MANAGER", days=1, position=1
    )
    for seat, account in office.seats.items():
        if account is not None:
            mine = _employment(account)
            _rows(office, f"{seat} own", mine)
            _grow(office, f"{seat} own", mine, None)
            led = make_employment(manager=mine, post=make_post(team=office.home))
            _rows(office, f"{seat} led", led)
            _grow(office, f"{seat} led", led, mine)
    elsewhere = make_employment(manager=top, post=make_post(team=office.away))
    _rows(office, "other", elsewhere)
    _grow(office, "other", elsewhere, top)
    office.rows["joiner"] = make_employment(post=make_post(team=office.home))


def _employment(account: Account) -> Employment:
    held = Employment.objects.of_account(account).first()
    return held or make_employment(account=account)


def _rows(office: "Office", name: str, employment: Employment) -> None:
    """One that waits to be rated, with an objective to agree, one taken away, and the same of evidence."""
    made = Appraisal.objects.create(
        cycle=office.rows["cycle"], employment=employment, stage=Appraisal.RATING, objectives_at=now()
    )
    given: Parts = {"appraisal": made, "due_on": today() + dt.timedelta(days=30), "at": now()}
    evidence: Parts = {"appraisal": made, "at": now(), "document": office.rows["document"]}
    office.rows[f"appraisal {name}"] = {
        "number": made.pk,
        "objective": Objective.objects.create(text="Answer", **given).pk,
        "gone objective": Objective.objects.create(text="Gone", withdrawn_at=now(), **given).pk,
        "evidence": Evidence.objects.create(text="Thanks", **evidence).pk,
        "gone evidence": Evidence.objects.create(text="Gone", withdrawn_at=now(), **evidence).pk,
    }


def _grow(office: "Office", name: str, employment: Employment, manager: Employment | None) -> None:
    """A plan, a talk with something agreed, an induction and a mentor asked for."""
    at, day = now(), today()
    talk = Talk.objects.create(
        employment=employment, manager=manager or office.rows["top"], held_on=day, notes="Said.", at=at
    )
    actions = {
        key: Action.objects.create(talk=talk, what="Do it", due_on=day, done_at=done).pk
        for key, done in (("tick_action", None), ("untick_action", at))
    }
    plans = {
        key: PlanItem.objects.create(employment=employment, aim="Learn", by_on=day, at=at, done_at=done).pk
        for key, done in (("open plan", None), ("take_up_plan_item", at))
    }
    tasks = {
        key: InductionTask.objects.create(employment=employment, item=item, due_on=day, done_at=done).pk
        for key, item, done in (
            ("tick_induction", office.rows["induction"], None),
            ("untick_induction", office.rows["second induction"], at),
        )
    }
    pair = Mentoring.objects.create(mentee=employment, wants="To learn", asked_at=at)
    office.rows[f"growing {name}"] = {
        "number": employment.number, "pair": pair.pk, **actions, **plans, **tasks,
    }  # fmt: skip


def _growing(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    rows = office.rows["growing other" if relation == "other" else f"growing {sits} {relation}"]
    return _growth(route, rows)


def _growth(route: str, rows: Parts) -> Parts:
    if route in ("tick_action", "untick_action"):
        return {"action_id": rows[route]}
    if route in ("end_mentoring", "match_mentor"):
        return {"mentoring_id": rows["pair"]}
    found = {"number": rows["number"]}
    if route.endswith("_plan_item") and route != "add_plan_item":
        found["item_id"] = rows.get(route, rows["open plan"])
    if route.endswith("_induction"):
        found["task_id"] = rows[route]
    return found


NO_GROWTH: Parts = dict.fromkeys(
    ("tick_action", "untick_action", "pair", "open plan", "tick_induction", "untick_induction"), NOWHERE
)


def _parts(office: "Office", route: str, relation: str, seat: str) -> Parts:
    sits = seat if office.seats[seat] is not None else "C"
    rows = office.rows["appraisal other" if relation == "other" else f"appraisal {sits} {relation}"]
    found = {"number": rows["number"]}
    if route in OF_OBJECTIVES or route == "restore_objective":
        found["objective_id"] = rows["objective" if route in OF_OBJECTIVES else "gone objective"]
    if route in OF_EVIDENCE or route == "restore_evidence":
        found["evidence_id"] = rows["evidence" if route in OF_EVIDENCE else "gone evidence"]
    return found


def _nothing(route: str) -> Parts:
    found = {"number": NOWHERE}
    if route in OF_OBJECTIVES or route == "restore_objective":
        found["objective_id"] = NOWHERE
    if route in OF_EVIDENCE or route == "restore_evidence":
        found["evidence_id"] = NOWHERE
    return found


def _cycle(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"cycle_id": office.rows["cycle"].pk}


def _framework(office: "Office", _route: str, _relation: str, _seat: str) -> Parts:
    return {"framework_id": office.rows["cycle"].framework_id}


COMPETENCY = ("change_competency", "move_competency", "remove_competency")
MARK = ("change_mark", "move_mark", "remove_mark")


def _draft(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    draft = office.rows["framework draft"]
    parts: Parts = {"framework_id": draft.pk}
    if route in COMPETENCY:
        parts["competency_id"] = draft.competencies.first().pk
    if route in MARK:
        parts["mark_id"] = draft.marks.first().pk
    return parts


def _no_draft(route: str) -> Parts:
    parts: Parts = {"framework_id": NOWHERE}
    if route in COMPETENCY:
        parts["competency_id"] = NOWHERE
    if route in MARK:
        parts["mark_id"] = NOWHERE
    return parts


KEYS = {
    "pages of appraisal": lambda _office, _route, _relation, _seat: {},
    "a framework": _framework, "the draft of a framework": _draft,
    "appraisal cycle": _cycle, "appraisal": _parts, "development": _growing,
}  # fmt: skip
NOTHING = {
    "appraisal": _nothing,
    "development": lambda route: _growth(route, NO_GROWTH | {"number": "NOBODY"}),
    "a framework": _no_draft,
    "the draft of a framework": _no_draft,
    "appraisal cycle": lambda _route: {"cycle_id": NOWHERE},
}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def _planned(office: "Office") -> Parts:
    days = {"from_on": 0, "objectives_by": 30, "self_by": 60, "rating_by": 90, "sign_by": 120,
            "until_on": 364, "starters_until": 0}  # fmt: skip
    given = {name: _day(ahead) for name, ahead in days.items()}
    return given | {"name": "Another year", "framework": office.rows["cycle"].framework_id}


def _rated(office: "Office") -> Parts:
    framework = office.rows["cycle"].framework
    mark = framework.marks.first().pk
    names = [*(f"c{each.pk}" for each in framework.competencies.all()), "overall"]
    return dict.fromkeys(names, mark) | {f"{name}-why": "As seen." for name in names}


def _joins(office: "Office") -> Parts:
    joiner = office.rows["joiner"]
    return {"employee-key": joiner.pk, "employee": joiner.number}


OBJECTIVE = {"text": "Answer in five days", "due_on": "tomorrow"}
OTHERWISE: dict[str, Any] = {
    "begin_framework": {"name": "Our own"}, "name_framework": {"name": "Our own"},
    "add_competency": {"name": "Kindness", "kind": "VALUE"}, "add_mark": {"name": "Better"},
    "change_competency": {"name": "Kindness", "kind": "VALUE"}, "change_mark": {"name": "Better"},
    "plan_cycle": _planned, "take_in": _joins, "write_objective": OBJECTIVE, "change_objective": OBJECTIVE,
    "note_progress": {"text": "Going well."}, "add_evidence": {"text": "A letter of thanks."},
    "write_mid_year": {"said": "On course."}, "write_own_view": {"said": "A good year."},
    "rate_appraisal": _rated, "look_again": {"agrees": "yes"}, "sign_appraisal": {"agrees": "yes"},
    "write_talk": {"kind": "TALK", "held_on": "today", "notes": "A calm month."},
    "add_plan_item": {"aim": "Learn", "kind": "TRAINING", "by_on": "tomorrow"},
    "ask_for_mentor": {"wants": "To chair."}, "end_mentoring": {"because": "Enough."},
    "match_mentor": lambda o: {"other-key": o.rows["joiner"].pk, "other": o.rows["joiner"].number},
    "reopen_appraisal": {"because": "Overlooked."}, "leave_out": {"reason": "AWAY"},
}  # fmt: skip
