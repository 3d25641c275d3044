"""How a case moves: steps become ready when those before them are done, run side by side, and join again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import clocks as working_time
from moothall.cases.models import Case, Entry, Service, Step
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit

from .access import copy_access
from .changing import CannotUndo, lock_from_above
from .definition import AGAIN, ServiceDefinition, StepDefinition, definition_of
from .escalating import settle_step
from .leading import ended_its_case
from .reckoning import AMBER_AT, amber_day, working_calendar
from .refusals import need_reason
from .timeline import add_entry

TURNS = {"us": Case.US, "person": Case.PERSON, "third": Case.THIRD}


class StepNotReady(Refusal):
    sentence = _("This step is not ready to be done.")
    next_step = _("Finish the steps before it first.")


class UnknownOutcome(Refusal):
    sentence = _("That is not an outcome of this step.")
    next_step = _("Choose one of the outcomes offered.")


class SubCaseRunning(Refusal):
    sentence = _("This step is done when its own case is closed.")
    next_step = _("Open the linked case and finish it there.")


def lay_out_steps(case: Case, definition: ServiceDefinition, *, at: dt.datetime) -> None:
    """Put every step of the service on the case, and make ready those that wait for nothing."""
    if not definition.steps:
        return
    Step.objects.bulk_create(
        Step(
            case=case, key=step.key, name=step.name, position=position, owner=step.owner,
            waiting_on=TURNS[step.waiting],
        )
        for position, step in enumerate(definition.steps, start=1)
    )  # fmt: skip
    advance(case, at=at)


@transaction.atomic
def complete_step(
    step: Step,
    *,
    by: Account | None,
    at: dt.datetime,
    outcome: str = "",
    note: str = "",
    again: bool = False,
    from_sub_case: bool = False,
) -> Step:
    """Record that a step is done. `again` starts the next round of a step that repeats."""
    case = lock_from_above(step.case)
    fresh = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    definition = definition_of(case.version)
    declared = definition.step(fresh.key)
    waits = not from_sub_case and has_running_sub_case(fresh)
    refuse_completing(fresh, declared, closed=case.is_closed, outcome=outcome, waits=waits)
    Step.objects.filter(pk=fresh.pk).update(
        state=Step.DONE, done_at=at, done_by=by, outcome=outcome, note=note
    )
    detail: dict[str, object] = {"step": fresh.key, "name": fresh.name, "outcome": outcome}
    add_entry(case, kind=Entry.STEP, at=at, by=by, text=note, detail=detail)
    append_audit("cases.step", about=case, by=by, at=at, detail=detail)
    settle_step(fresh, at=at)
    _go_on(fresh, case, outcome=outcome, note=note, again=again, by=by, at=at)
    step.refresh_from_db()
    return step


def _go_on(
    step: Step, case: Case, *, outcome: str, note: str, again: bool, by: Account | None, at: dt.datetime
) -> None:
    """To the steps after it, once more to the same one, or to the end, as the service has it."""
    from .closing import close_case

    definition = definition_of(case.version)
    leads, declared = definition.leads_to(step.key, outcome), definition.step(step.key)
    if leads and leads != AGAIN:
        reason = note or definition.outcome_name(outcome)
        close_case(case, by=by, at=at, outcome=leads, reason=reason)
        return
    if leads or (again and declared.repeat):
        _next_round(step, declared, case, at=at)
    advance(case, at=at)


def refuse_completing(
    step: Step | None, declared: StepDefinition | None, *, closed: bool, outcome: str, waits: bool
) -> None:
    """Why a step cannot be done now with this outcome. `waits`: a case of its own still runs."""
    if step is None or declared is None or step.state != Step.READY or closed:
        raise StepNotReady
    if waits:
        raise SubCaseRunning
    if declared.outcomes and outcome not in declared.outcomes:
        raise UnknownOutcome


@transaction.atomic
def reopen_step(step: Step, *, by: Account | None, at: dt.datetime, because: str) -> Step:
    """A step was marked done by mistake: make it ready again, and put back those that followed from it."""
    case = lock_from_above(step.case)
    step.refresh_from_db(fields=["state", "outcome"])
    step.case = case
    if ended_its_case(step):
        return _take_up_where_it_ended(step, by=by, at=at, because=because)
    if step.state != Step.DONE or case.is_closed:
        raise StepNotReady
    need_reason(because)
    _drop_next_round(step, by=by, at=at, because=because)
    definition = definition_of(case.version)
    followers = definition.following(step.key)
    case.steps.filter(key__in=followers).exclude(state=Step.DONE).update(
        state=Step.PENDING, ready_at=None, due_on=None, amber_on=None
    )
    Step.objects.filter(pk=step.pk).update(state=Step.READY, done_at=None, done_by=None, outcome="")
    append_audit("cases.reopen_step", about=case, by=by, at=at, detail={"step": step.key, "because": because})
    add_entry(case, kind=Entry.STEP, at=at, by=by, text=because, detail={"step": step.key, "name": step.name})
    step.refresh_from_db()
    return step


def _take_up_where_it_ended(step: Step, *, by: Account | None, at: dt.datetime, because: str) -> Step:
    from .closing import reopen_case

    reopen_case(step.case, by=by, at=at, because=because)
    step.refresh_from_db()
    return step


def _drop_next_round(step: Step, *, by: Account | None, at: dt.datetime, because: str) -> None:
    """What it was to be done once more for is not needed, unless it was done already."""
    from .closing import NOT_NEEDED, close_case

    if definition_of(step.case.version).leads_to(step.key, step.outcome) != AGAIN:
        return
    later = step.case.steps.filter(key=step.key, occurrence__gt=step.occurrence, state=Step.READY)
    for sub in Case.objects.unfinished().filter(parent_step__in=later.order_by().values("pk")):
        close_case(sub, by=by, at=at, outcome=NOT_NEEDED, reason=because)
    later.update(state=Step.SKIPPED)


def _next_round(step: Step, declared: StepDefinition, case: Case, *, at: dt.datetime) -> None:
    since = in_london(at).date()
    due = due_day(declared, case, since=since)
    following = Step.objects.create(
        case=case, key=step.key, name=step.name, position=step.position,
        occurrence=case.steps.filter(key=step.key).count() + 1,
        owner=step.owner, team=step.team, assignee=step.assignee, waiting_on=step.waiting_on,
        state=Step.READY, ready_at=at, due_on=due, amber_on=amber_day(since, due, AMBER_AT),
    )  # fmt: skip
    _open_sub_case(following, declared, case, at=at)


def facts_of(case: Case, steps: list[Step]) -> Mapping[str, Any]:
    """What a condition may speak of: the answers, and the outcome of each step that is done."""
    outcomes = {step.key: step.outcome or "done" for step in steps if step.state == Step.DONE}
    return {**case.answers, **outcomes}


def advance(case: Case, *, at: dt.datetime) -> list[Step]:
    """Make ready, or pass over, every step whose turn has come; returns those made ready."""
    definition = definition_of(case.version)
    steps = list(case.steps.order_by("position", "occurrence"))
    owners = _teams_of(definition)
    made_ready: list[Step] = []
    passed_over: list[Step] = []
    moved = True
    while moved:
        moved = False
        facts = facts_of(case, steps)
        for step in steps:
            declared = definition.step(step.key)
            if step.state != Step.PENDING or not _joined(declared, steps):
                continue
            moved = True
            if declared.condition is not None and not declared.condition.holds(facts):
                step.state = Step.SKIPPED
                passed_over.append(step)
            else:
                _make_ready(step, declared, case, steps, owners, at=at)
                made_ready.append(step)
    if passed_over:
        Step.objects.filter(pk__in=[step.pk for step in passed_over]).update(state=Step.SKIPPED)
    if made_ready:
        Step.objects.bulk_update(made_ready, ["state", "ready_at", "due_on", "amber_on", "team"])
    _let_owners_see(case, [step for step in made_ready if not definition.step(step.key).sub])
    for step in made_ready:
        _open_sub_case(step, definition.step(step.key), case, at=at)
    _close_finished_sub_case(case, steps, definition, at=at)
    return made_ready


def _joined(declared: StepDefinition, steps: list[Step]) -> bool:
    before = [step for step in steps if step.key in declared.after]
    return all(step.state in {Step.DONE, Step.SKIPPED} for step in before)


def _make_ready(
    step: Step, declared: StepDefinition, case: Case, steps: list[Step], owners: dict[str, Team],
    *, at: dt.datetime,
) -> None:  # fmt: skip
    since = counted_from(declared, steps, at=at)
    step.state, step.ready_at = Step.READY, at
    step.due_on = due_day(declared, case, since=since)
    step.amber_on = amber_day(since, step.due_on, AMBER_AT)
    step.team = owners.get(step.owner)


def counted_from(declared: StepDefinition, steps: list[Step], *, at: dt.datetime) -> dt.date:
    """The day the last step before it was done; without one, the day it became ready."""
    done = [other.done_at for other in steps if other.key in declared.after and other.done_at]
    return in_london(max(done, default=at)).date()


def due_day(
    declared: StepDefinition, case: Case, *, since: dt.date, days: working_time.WorkingCalendar | None = None
) -> dt.date | None:
    """The step's target from when the last step before it was done, or from the day its service names.
    `days` is the calendar of the service, for a caller who knows it."""
    origin = _day(case.answers.get(declared.origin)) if declared.origin else None
    if declared.origin == "received":
        origin = in_london(case.received_at).date()
    if days is None:
        days = working_calendar(definition_of(case.version).calendar)
    due = working_time.add(origin or since, declared.target, declared.unit, days)
    limit = _day(case.answers.get(declared.statutory_before)) if declared.statutory_before else None
    if declared.statutory_cap_mo:
        cap = working_time.add(since, declared.statutory_cap_mo, "mo", days)
        limit = min(limit, cap) if limit else cap
    return min(due, limit) if limit else due


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _teams_of(definition: ServiceDefinition) -> dict[str, Team]:
    keys = {owner: definition.owners[owner] for owner in definition.owners}
    found = Team.objects.in_bulk(list(keys.values()), field_name="key") if keys else {}
    return {owner: found[key] for owner, key in keys.items() if key in found}


def _let_owners_see(case: Case, made_ready: list[Step]) -> None:
    """A team that owes a step sees the case while it is open; of what it does on a case of its own, that
    case alone."""
    wanted = [step.team_id for step in made_ready if step.team_id and step.team_id not in case.seen_by_teams]
    if wanted:
        case.seen_by_teams = list(dict.fromkeys([*case.seen_by_teams, *wanted]))
        Case.objects.filter(pk=case.pk).update(seen_by_teams=case.seen_by_teams)


def _open_sub_case(step: Step, declared: StepDefinition, case: Case, *, at: dt.datetime) -> None:
    from .opening import current_version, open_case

    key = declared.sub or declared.calls
    if not key or has_running_sub_case(step):
        return
    service = Service.objects.get(key=key)
    own = current_version(service)
    sub = open_case(
        service, title=f"{service.name}: {case.title}"[:300], channel=case.channel, received_at=at, at=at,
        requester=case.requester, subject=case.subject or case.requester, team=step.team or case.team,
        answers=case.answers, language=case.language, parent_step=step, version=own,
        confidentiality=stricter(case.confidentiality, definition_of(own).confidentiality),
    )  # fmt: skip
    copy_access(case, to=sub, by=None, at=at)


def stricter(one: str, other: str) -> str:
    """Of two levels of confidentiality the one that fewer people see."""
    levels = [level for level, _words in Case.LEVELS]
    return max(one, other, key=levels.index)


@for_the_office()
def has_running_sub_case(step: Step) -> bool:
    """Whether a step waits for a case of its own, whoever may see that."""
    return step.sub_cases.exclude(status=Case.CLOSED).exists()


def _close_finished_sub_case(
    case: Case, steps: list[Step], definition: ServiceDefinition, *, at: dt.datetime
) -> None:
    """A sub-case with nothing left to do closes, and its outcome completes the step that opened it."""
    from .closing import close_case

    finished = bool(steps) and all(step.state in {Step.DONE, Step.SKIPPED} for step in steps)
    if not finished or case.parent_step_id is None or not definition.is_sub or case.is_closed:
        return
    done = [step for step in steps if step.state == Step.DONE and step.outcome]
    last = max(done, key=lambda step: (step.done_at, step.position), default=None)
    close_case(case, by=None, at=at, outcome=last.outcome if last else "done", reason="")


def _parent_step(case: Case) -> Step | None:
    if case.parent_step_id is None:
        return None
    return Step.objects.select_related("case__version").get(pk=case.parent_step_id)


@for_the_office()
def complete_parent_step(case: Case, *, at: dt.datetime, by: Account | None) -> None:
    """The case a step waited for is closed. Where its outcome is one of the step's, the step is done."""
    step = _parent_step(case)
    if step is None or step.state != Step.READY:
        return
    declared = definition_of(step.case.version).step(step.key)
    if declared.outcomes and case.outcome not in declared.outcomes:
        return
    complete_step(step, by=by, at=at, outcome=case.outcome if declared.outcomes else "", from_sub_case=True)


@for_the_office()
def take_back_parent_step(case: Case, *, closed_at: dt.datetime, by: Account | None, at: dt.datetime) -> None:
    """The closing that completed a step is undone: so is the step, unless its case has moved on since."""
    step = _parent_step(case)
    if step is None or step.state != Step.DONE or step.done_at != closed_at:
        return
    followers = definition_of(step.case.version).following(step.key)
    moved_on = step.case.steps.filter(key__in=followers, state=Step.DONE).exists()
    if moved_on or (step.case.is_closed and not ended_its_case(step)):
        raise CannotUndo
    because = str(_("Case %s is open again.") % case.reference)
    reopen_step(step, by=by, at=at, because=because)
