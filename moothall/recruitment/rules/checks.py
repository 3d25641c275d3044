"""How the checks of applications stand: whose turn each is, and what came of it. What its department does not
let out is not read here at all. Nothing here writes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import humanised
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Team
from moothall.recruitment.models import Application, CheckKind, Clearance
from moothall.recruitment.models.check import CLEARED, NOT_CLEARED

AHEAD, OURS, THEIRS, OTHERS, HELD = "AHEAD", "OURS", "THEIRS", "OTHERS", "HELD"
WORDS: Final[dict[str, Any]] = {
    AHEAD: _("To come"), OURS: _("Ours"), THEIRS: _("The applicant’s"), OTHERS: _("Somebody else’s"),
    HELD: _("On hold"), CLEARED: _("Cleared"), NOT_CLEARED: _("Not cleared"),
}  # fmt: skip
COLOURS: Final = {
    AHEAD: "grey", OURS: "blue", THEIRS: "yellow", OTHERS: "purple", HELD: "orange", CLEARED: "green",
    NOT_CLEARED: "red",
}  # fmt: skip
GOING_ON: Final = (OURS, THEIRS, OTHERS, HELD)


@dataclass(frozen=True)
class Check:
    """One check of an application, as recruitment may know it."""

    kind: CheckKind
    application: int
    step: int
    state: str
    by: Team | None
    asked_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    held_until: dt.date | None
    because: str
    outcome: str
    runs_out_on: dt.date | None
    is_short: bool
    has_case: bool
    by_us: bool

    @property
    def words(self) -> str:
        return str(WORDS[self.state])

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def is_going_on(self) -> bool:
        return self.state in GOING_ON

    def is_late(self, on: dt.date) -> bool:
        return self.is_going_on and self.due_on is not None and self.due_on < on


@dataclass
class _Rows:
    """What is read once for all applications together."""

    kinds: dict[str, CheckKind]
    applications: dict[int, Application]
    steps: list[Step]
    subs: dict[int, Case]
    turns: dict[int, set[str]]
    clearances: dict[tuple[int, int], Clearance]


def checks_of(application: Application) -> list[Check]:
    return checks_of_many([application])[application.pk]


@for_the_office()
def checks_of_many(applications: Sequence[Application]) -> dict[int, list[Check]]:
    """The checks of each application, in as many queries for many as for one."""
    rows = _read(applications)
    found: dict[int, list[Check]] = {each.pk: [] for each in applications}
    for step in rows.steps:
        check = _check(step, rows)
        found[check.application].append(check)
    for checks in found.values():
        checks.sort(key=lambda each: (each.kind.place, each.step))
    return found


def _read(applications: Sequence[Application]) -> _Rows:
    kinds = list(CheckKind.objects.in_use())
    at_step = {key: kind for kind in kinds for key in kind.steps if not kind.is_set}
    cases = {each.case_id: each for each in applications}
    sets = Case.objects.filter(
        parent_step__case__in=list(cases), service__key__in=[each.service for each in kinds if each.is_set]
    ).exclude(status=Case.CLOSED, outcome="not_needed")
    for key, above in sets.values_list("pk", "parent_step__case"):
        cases[key] = cases[above]
    steps = list(
        Step.objects.filter(case__in=list(cases), key__in=list(at_step))
        .exclude(state=Step.SKIPPED).select_related("team").order_by("position", "id")
    )  # fmt: skip
    subs, turns = _sub_cases(steps)
    standing = Clearance.objects.standing().filter(application__in=[each.pk for each in applications])
    clearances = {(each.application_id, each.kind_id): each for each in standing}
    return _Rows(at_step, cases, steps, subs, turns, clearances)


def _sub_cases(steps: Iterable[Step]) -> tuple[dict[int, Case], dict[int, set[str]]]:
    """The case of its own that each step waits for, and on whom those wait."""
    rows = Case.objects.unfinished().filter(parent_step__in=[each.pk for each in steps]).order_by("id")
    rows = rows.only("parent_step", "held_until", "hold_reason")
    subs = {each.parent_step_id: each for each in rows if each.parent_step_id}
    turns: dict[int, set[str]] = defaultdict(set)
    ready = Step.objects.filter(case__in=[each.pk for each in subs.values()], state=Step.READY)
    for case, turn in ready.order_by("id").values_list("case", "waiting_on"):
        turns[case].add(turn)
    return subs, turns


def _check(step: Step, rows: _Rows) -> Check:
    application, kind, sub = rows.applications[step.case_id], rows.kinds[step.key], rows.subs.get(step.pk)
    clearance = rows.clearances.get((application.pk, kind.pk))
    state = _state(step, kind, sub, clearance, application, rows)
    held = sub.held_until if sub is not None else None
    return Check(
        kind=kind, application=application.pk, step=step.pk, state=state, by=step.team,
        asked_on=_day(step.ready_at), due_on=step.due_on, done_on=_day(step.done_at), held_until=held,
        because=humanised(sub.hold_reason) if sub is not None and not kind.is_private else "",
        outcome="" if kind.is_private else humanised(step.outcome),
        runs_out_on=clearance.runs_out_on if clearance is not None else None,
        is_short=clearance is not None and clearance.ends_before(application.campaign.starts_on),
        has_case=sub is not None, by_us=step.team_id in (None, application.campaign.team_id),
    )  # fmt: skip


def _day(moment: dt.datetime | None) -> dt.date | None:
    return in_london(moment).date() if moment is not None else None


def _state(
    step: Step, kind: CheckKind, sub: Case | None, clearance: Clearance | None, application: Application,
    rows: _Rows,
) -> str:  # fmt: skip
    if step.state == Step.PENDING:
        return AHEAD
    if step.state == Step.DONE:
        if clearance is not None:
            return clearance.result
        return CLEARED if not step.outcome or step.outcome in kind.clears else NOT_CLEARED
    if sub is not None and sub.held_until is not None:
        return HELD
    turns = rows.turns.get(sub.pk, set()) if sub is not None else {step.waiting_on}
    theirs = application.campaign.team_id
    return whose_turn(turns, ours=step.team_id in (None, theirs))


def whose_turn(turns: Collection[str], *, ours: bool) -> str:
    """The applicant’s where nothing else goes on; else that of those who do it."""
    if turns and set(turns) <= {Case.PERSON}:
        return THEIRS
    return OURS if ours and Case.US in turns else OTHERS


def in_words(check: Check) -> str:
    """One check in a cell of a list."""
    language = "cy" if get_language() == "cy" else "en"
    return f"{check.kind.name_in(language)}: {check.words}"
