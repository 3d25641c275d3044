"""A case of the sample year as rows: what happens to it leaves what the rule of its name would leave."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from moothall.cases.models import Case, CaseAccess, Entry, Step
from moothall.cases.rules.access import BY_NAME
from moothall.cases.rules.closing import NOT_NEEDED
from moothall.cases.rules.indexing import Words
from moothall.cases.rules.reckoning import AMBER_AT, amber_day
from moothall.cases.rules.stepping import TURNS, counted_from, due_day, facts_of, stricter
from moothall.people.models import Account, Team

from .office import Offered, Office

OVER: Final = (Step.DONE, Step.SKIPPED)
Ready = Callable[["Walk", Step], None]


class Walk:
    """One case: how it stands, and the rows it has left so far. `ready` hears of each step that is ready."""

    def __init__(
        self, office: Office, offered: Offered, *, title: str, at: dt.datetime, team: Team, person: int,
        answers: Mapping[str, Any], language: str, ready: Ready, above: "tuple[Walk, Step] | None" = None,
    ) -> None:  # fmt: skip
        self.office, self.offered, self.ready, self.above = office, offered, ready, above
        self.subs: dict[int, Walk] = {}
        self.readers: set[int] = set()
        prefix, level = offered.service.prefix, offered.definition.confidentiality
        self.case: Case = Case(
            id=next(office.case_ids), reference=f"{prefix}-{at:%y}-{next(office.references):05d}",
            service=offered.service, version=offered.version, title=title[:300], requester_id=person,
            subject_id=person, team=team, seen_by_teams=[team.pk], channel="form", language=language,
            answers=dict(answers), received_at=at, logged_at=at, parent_step=above[1] if above else None,
            confidentiality=stricter(above[0].case.confidentiality, level) if above else level,
        )  # fmt: skip
        self.steps = [
            Step(
                id=next(office.step_ids), case=self.case, key=each.key, name=each.name, position=position,
                owner=each.owner, waiting_on=TURNS[each.waiting],
            )
            for position, each in enumerate(offered.definition.steps, start=1)
        ]  # fmt: skip
        self.by_key = {each.key: each for each in self.steps}
        self.audit("cases.open", at, None, {"channel": "form", "service": offered.service.key})
        if self.case.confidentiality in BY_NAME:
            self._let_in([team.lead], "Its service begins like this", at)

    @property
    def is_closed(self) -> bool:
        return self.case.is_closed

    def audit(self, verb: str, at: dt.datetime, by: Account | None, detail: Mapping[str, Any]) -> None:
        self.office.audit(verb, at, by, "cases.case", self.case.pk, detail)

    def entry(self, kind: str, at: dt.datetime, by: Account | None = None, **values: Any) -> int:
        by_id = by.pk if by else None
        return self.office.tables.add(Entry, case_id=self.case.pk, kind=kind, at=at, by_id=by_id, **values)

    def _let_in(self, people: "list[Account | None]", because: str, at: dt.datetime) -> None:
        for account in people:
            if account is None or account.pk in self.readers:
                continue
            self.readers.add(account.pk)
            self.office.tables.add(
                CaseAccess, case_id=self.case.pk, account_id=account.pk, reason=because, given_at=at
            )
            self.audit("cases.give_access", at, None, {"to": account.pk})

    def let_department_in(self, at: dt.datetime) -> None:
        for team in self.case.seen_by_teams:
            self._let_in([*self.office.working_in(team)], "Works in the department", at)

    def advance(self, at: dt.datetime) -> None:
        """Steps whose turn has come are ready, or passed over; those with a case of their own open it."""
        made, moved = [], True
        while moved:
            moved, facts = False, facts_of(self.case, self.steps)
            for step in self.steps:
                declared = self.offered.definition.step(step.key)
                if step.state != Step.PENDING or not self._joined(declared.after):
                    continue
                moved = True
                if declared.condition is not None and not declared.condition.holds(facts):
                    step.state = Step.SKIPPED
                    continue
                self._make_ready(step, at)
                made.append(step)
        self._let_owners_see(made)
        for step in made:
            self.ready(self, step)

    def _joined(self, after: tuple[str, ...]) -> bool:
        return all(self.by_key[key].state in OVER for key in after)

    def _make_ready(self, step: Step, at: dt.datetime) -> None:
        declared = self.offered.definition.step(step.key)
        since = counted_from(declared, self.steps, at=at)
        step.state, step.ready_at = Step.READY, at
        step.due_on = due_day(declared, self.case, since=since, days=self.offered.days)
        step.amber_on = amber_day(since, step.due_on, AMBER_AT)
        step.team = self.offered.teams.get(step.owner)

    def _let_owners_see(self, made: list[Step]) -> None:
        new = [each.team_id for each in made if each.team_id and not self._has_own(each)]
        self.case.seen_by_teams = list(dict.fromkeys([*self.case.seen_by_teams, *new]))

    def _has_own(self, step: Step) -> bool:
        return bool(self.offered.definition.step(step.key).sub)

    def complete(
        self, step: Step, *, at: dt.datetime, by: Account | None, outcome: str = "", note: str = ""
    ) -> None:
        step.state, step.done_at, step.done_by, step.outcome, step.note = Step.DONE, at, by, outcome, note
        detail = {"step": step.key, "name": step.name, "outcome": outcome}
        self.entry(Entry.STEP, at, by, text=note, detail=detail)
        self.audit("cases.step", at, by, detail)
        if not self.offered.definition.leads_to(step.key, outcome):
            self.advance(at)

    @property
    def is_finished(self) -> bool:
        return all(each.state in OVER for each in self.steps)

    def last_outcome(self) -> str:
        done = [each for each in self.steps if each.state == Step.DONE and each.outcome]
        last = max(done, key=lambda each: (each.done_at, each.position), default=None)
        return last.outcome if last else "done"

    def change(
        self, verb: str, at: dt.datetime, by: Account | None, after: dict[str, Any], note: str = ""
    ) -> None:
        """Fields change, on the timeline and in the audit."""
        before = {name: plain(getattr(self.case, name)) for name in after}
        for name, value in after.items():
            setattr(self.case, name, value)
        self.case.edition += 1
        said = {name: plain(value) for name, value in after.items()}
        shown = {name: said[name] for name in ("outcome",) if name in said}
        detail = {"verb": verb, "before": before, "after": said, "said": shown}
        self.entry(Entry.CHANGE, at, by, text=note, detail=detail | self._moved(verb))
        self.audit(f"cases.{verb}", at, by, {"before": before, "after": said})

    def _moved(self, verb: str) -> dict[str, Any]:
        """What besides fields the act has changed, so that it can be undone."""
        none: dict[str, Any] = {"events_added": [], "events_withdrawn": []}
        if verb != "close":
            return none
        left = [each.pk for each in self.steps if each.state not in OVER]
        subs = [each.case.pk for each in self.subs.values() if not each.is_closed]
        return none | {"steps_left": left, "sub_cases": subs}

    def close(self, *, at: dt.datetime, by: Account | None, outcome: str, reason: str = "") -> None:
        self.change("close", at, by, {
            "status": Case.CLOSED, "closed_at": at, "outcome": outcome, "closing_reason": reason,
            "held_until": None, "hold_reason": "", "came_back_at": None, "handed_at": None,
        }, reason)  # fmt: skip
        for sub in self.subs.values():
            if not sub.is_closed:
                sub.close(
                    at=at,
                    by=by,
                    outcome=NOT_NEEDED,
                    reason=f"Case {self.case.reference}, which it served, is closed.",
                )
        for step in self.steps:
            if step.state not in OVER:
                step.state = Step.SKIPPED

    def write(self) -> None:
        """The case and its steps as they stand now, and those of the cases that serve it."""
        tables = self.office.tables
        tables.add(Case, **_row(self.case))
        for step in self.steps:
            tables.add(Step, **_row(step))
        title = f"{self.case.reference} {self.case.title} {self.office.name_of(self.case.requester_id)}"
        self.office.words.append(Words(self.case.pk, title))
        for sub in self.subs.values():
            sub.write()


def plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def _row(made: Any) -> dict[str, Any]:
    return {each.attname: getattr(made, each.attname) for each in made._meta.concrete_fields}
