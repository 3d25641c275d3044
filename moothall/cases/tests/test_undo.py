"""Every change can be taken back, until the case has moved on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from moothall.cases.models import Case, Entry
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.rules.assigning import assign_case, hand_over, prioritise_case
from moothall.cases.rules.changing import CannotUndo, NotYoursToUndo, undo_change
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.details import change_service
from moothall.cases.rules.holding import hold_case, resume_case
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.merging import merge_case
from moothall.cases.rules.receiving import correct_received
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_grant, make_role, make_team

from .make import AT, TODAY, later, make_case, make_manager, make_service, make_step, make_worker

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)
Act = Callable[[Case, Account], Any]


def close(case: Case, by: Account) -> Entry:
    return close_case(case, by=by, at=AT, outcome="answered", reason="Done")


def reopen(case: Case, by: Account) -> Entry:
    return reopen_case(case, by=by, at=later(hours=1), because="They wrote again")


def hold(case: Case, by: Account) -> Entry:
    return hold_case(case, until=TODAY + WEEK, because="Away", by=by, at=AT, today=TODAY)


ACTS: dict[str, tuple[Act, ...]] = {
    "assign": (lambda case, by: assign_case(case, to=by, by=by, at=AT),),
    "unassign": (
        lambda case, by: assign_case(case, to=by, by=by, at=AT),
        lambda case, by: assign_case(case, to=None, by=by, at=AT),
    ),
    "hand over": (lambda case, by: hand_over(case, to_team=make_team(), because="Theirs", by=by, at=AT),),
    "hold": (hold,),
    "resume": (hold, lambda case, by: resume_case(case, by=by, at=later(days=1))),
    "prioritise": (lambda case, by: prioritise_case(case, priority=Case.URGENT, by=by, at=AT),),
    "close": (close,),
    "close on hold": (hold, close),
    "reopen": (close, reopen),
    "close again": (close, reopen, close),
    "service": (
        lambda case, by: change_service(case, service=make_service(make_step("check")), by=by, at=AT),
    ),
    "restrict": (
        lambda case, by: set_confidentiality(
            case, level=Case.RESTRICTED, named=[], because="Private", by=by, at=AT
        ),
    ),
    "seal": (
        lambda case, by: set_confidentiality(
            case, level=Case.SEALED, named=[], because="Private", by=by, at=AT
        ),
    ),
    "correct received": (
        lambda case, by: correct_received(case, received_at=AT - WEEK, because="Late", by=by, at=AT),
    ),
    "merge": (lambda case, by: merge_case(case, into=make_case(team=case.team), by=by, at=AT),),
}


def picture(case: Case) -> dict[str, Any]:
    """Everything that says where a case stands."""
    fresh = Case.objects.get(pk=case.pk)
    fields = {f.attname: getattr(fresh, f.attname) for f in Case._meta.concrete_fields if f.name != "edition"}
    return fields | {
        "clocks": list(
            fresh.clocks.order_by("key").values_list("key", "name", "due_on", "met_at", "stopped_at")
        ),
        "steps": list(fresh.steps.order_by("position").values_list("key", "state", "due_on", "team_id")),
        "access": sorted(fresh.access.filter(ended_at=None).values_list("account_id", flat=True)),
        "entries": list(fresh.entries.exclude(kind=Entry.CHANGE).values_list("text", flat=True)),
        "found": Case.objects.mentioning("warden").filter(pk=case.pk).exists(),
    }


def latest(case: Case) -> Entry:
    return case.entries.filter(kind=Entry.CHANGE).order_by("-id")[0]


@pytest.mark.parametrize("name", ACTS)
def test_undoing_puts_everything_back(name: str) -> None:
    team = make_team()
    by = make_manager(team=team)
    case = make_case(service=make_service(make_step("read"), make_step("reply", "read"), team=team))
    Entry.objects.create(case=case, kind=Entry.NOTE, at=AT, text="Look here")
    *before, act = ACTS[name]
    for one in before:
        one(case, by)
    stood = picture(case)
    act(case, by)
    assert picture(case) != stood
    undone = undo_change(latest(case), by=by, at=later(days=2))
    assert picture(case) == stood
    assert (undone.undone_by, undone.undone_at) == (by, later(days=2))
    with pytest.raises(CannotUndo):
        undo_change(undone, by=by, at=later(days=2))


@pytest.mark.parametrize("name", [name for name in ACTS if name not in {"close again", "close on hold"}])
def test_nothing_is_undone_once_the_case_has_moved_on(name: str) -> None:
    team = make_team()
    by, other = make_manager(team=team), make_worker(team=team)
    case = make_case(service=make_service(make_step("read"), team=team))
    for act in ACTS[name]:
        act(case, by)
    entry, field = latest(case), next(iter(latest(case).detail["after"]))
    moved = {
        "assignee": other.pk,
        "team": make_team().pk,
        "held_until": TODAY + 3 * WEEK,
        "priority": Case.LOW,
        "status": Case.OPEN if case.status == Case.WAITING else Case.WAITING,
        "service": make_service().pk,
        "confidentiality": Case.ANYONE,
        "received_at": AT - 2 * WEEK,
    }[field]
    Case.objects.filter(pk=case.pk).update(**{field: moved})
    stood = picture(case)
    with pytest.raises(CannotUndo):
        undo_change(entry, by=by, at=later(days=2))
    assert picture(case) == stood


def test_what_was_done_to_an_open_case_is_not_undone_once_it_is_closed() -> None:
    by = make_manager(team=make_team())
    case = make_case()
    entry = prioritise_case(case, priority=Case.URGENT, by=by, at=AT)
    close(case, by)
    with pytest.raises(CannotUndo):
        undo_change(entry, by=by, at=later(days=1))


def test_a_link_is_undone() -> None:
    by = make_manager(team=make_team())
    case = make_case()
    link = link_cases(case, make_case(), kind="RELATED", by=by, at=AT)
    undo_change(latest(case), by=by, at=later(days=1))
    link.refresh_from_db()
    assert (link.ended_at, link.ended_by) == (later(days=1), by)


def test_a_note_is_no_change_and_is_not_undone() -> None:
    by = make_manager(team=make_team())
    note = Entry.objects.create(case=make_case(), kind=Entry.NOTE, at=AT, text="Look here")
    with pytest.raises(CannotUndo):
        undo_change(note, by=by, at=AT)


@pytest.mark.parametrize("name", ["close", "restrict", "hand over"])
def test_what_a_colleague_did_is_undone_only_by_those_who_may_do_it(name: str) -> None:
    team = make_team()
    case = make_case(team=team)
    ACTS[name][0](case, make_manager(team=team))
    apprentice = make_account("cases.view", "cases.work", team=team)
    with pytest.raises(NotYoursToUndo):
        undo_change(latest(case), by=apprentice, at=later(hours=1))
    undo_change(latest(case), by=make_manager(team=team), at=later(hours=1))


def test_taking_a_case_is_undone_by_whoever_took_it() -> None:
    team = make_team()
    apprentice = make_account("cases.view", "cases.work", team=team)
    case = make_case(team=team)
    entry = assign_case(case, to=apprentice, by=apprentice, at=AT)
    undo_change(entry, by=apprentice, at=later(hours=1))
    assert Case.objects.get(pk=case.pk).assignee is None


def test_a_role_in_another_team_takes_nothing_back() -> None:
    team, other = make_team(), make_team()
    case = make_case(team=team)
    ACTS["close"][0](case, make_manager(team=team))
    onlooker = make_account("cases.view", team=team)
    make_grant(account=onlooker, role=make_role("cases.view", "cases.close"), team=other)
    with pytest.raises(NotYoursToUndo):
        undo_change(latest(case), by=onlooker, at=later(hours=1))
