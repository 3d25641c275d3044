"""The steps of a sample case: walked in the order their service declares, as far as now."""

import datetime as dt
from typing import Any

import clocks
from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.clocks import amber_day
from moothall.cases.rules.definition import StepDefinition
from moothall.people.models import Team

from .diary import A_DAY, Diary
from .office import day_of
from .story import Story

TURNS = {"us": Case.US, "person": Case.PERSON, "third": Case.THIRD}
GOES_ON = frozenset({"arrange", "formal"})
LEADS_TO = {
    "refused": {"declined"}, "declined": {"declined"}, "partly_provided": {"partly_exempt"},
    "upheld": {"upheld"},
}  # fmt: skip


class Walk:
    """Takes a case through its steps. `finished_at` is None while one of them is still to be done."""

    def __init__(self, story: Story, diary: Diary) -> None:
        self.story, self.diary = story, diary
        self.rows: dict[str, dict[str, Any]] = {}
        self.finished_at: dt.datetime | None = None

    def go(self) -> dt.datetime | None:
        story = self.story
        declared = story.offered.definition.steps
        for position, step in enumerate(declared, start=1):
            self.rows[step.key] = {
                "case_id": story.case["id"], "key": step.key, "name": step.name, "position": position,
                "owner": step.owner, "state": Step.PENDING, "waiting_on": TURNS[step.waiting],
            }  # fmt: skip
        moved = True
        while moved:
            moved = any(self._move(step) for step in declared)
        if all(row["state"] in {Step.DONE, Step.SKIPPED} for row in self.rows.values()):
            self.finished_at = max(row["done_at"] for row in self.rows.values() if row["state"] == Step.DONE)
        return self.finished_at

    def write(self) -> None:
        for row in self.rows.values():
            self.story.tables.add(Step, **row)

    def _move(self, step: StepDefinition) -> bool:
        row = self.rows[step.key]
        before = [self.rows[key] for key in step.after]
        if row["state"] != Step.PENDING or any(b["state"] in {Step.PENDING, Step.READY} for b in before):
            return False
        if step.condition is not None and not step.condition.holds(self._facts()):
            row["state"] = Step.SKIPPED
            return True
        done = [b["done_at"] for b in before if b["state"] == Step.DONE]
        self._begin(row, step, max(done, default=self.story.case["received_at"]))
        return True

    def _facts(self) -> dict[str, Any]:
        done = [row for row in self.rows.values() if row["state"] == Step.DONE]
        return {**self.story.case["answers"], **{row["key"]: row["outcome"] or "done" for row in done}}

    def _begin(self, row: dict[str, Any], step: StepDefinition, since: dt.datetime) -> None:
        story = self.story
        due = self._due_on(step, since)
        team = self._team_of(step)
        row |= {
            "state": Step.READY, "ready_at": since, "due_on": due,
            "amber_on": amber_day(day_of(since), due, 0.8), "team_id": team.pk if team else None,
        }  # fmt: skip
        if team and team.pk not in story.case["seen_by_teams"]:
            story.case["seen_by_teams"] = [*story.case["seen_by_teams"], team.pk]
        share = 0.08 + 0.5 * story.rng.random()
        done_at = self.diary.later(since, 0.5 + step.target * A_DAY * share)
        if done_at > story.now:
            return
        by = story.office.worker(team or story.team, story.rng)
        row |= {"state": Step.DONE, "done_at": done_at, "done_by_id": by.pk, "outcome": self._outcome(step)}
        detail = {"step": step.key, "name": step.name, "outcome": row["outcome"]}
        story.entry(Entry.STEP, done_at, by, detail=detail)
        story.audit("cases.step", done_at, by, detail)

    def _team_of(self, step: StepDefinition) -> Team | None:
        return self.story.office.teams.get(self.story.offered.definition.owners.get(step.owner, ""))

    def _due_on(self, step: StepDefinition, since: dt.datetime) -> dt.date:
        named = self.story.case["answers"].get(step.origin) if step.origin else None
        begins = dt.date.fromisoformat(named) if named else day_of(since)
        return clocks.add(begins, step.target, step.unit, "EW")

    def _outcome(self, step: StepDefinition) -> str:
        """The outcome that leads to how the case ends; else the first, which goes on."""
        wished = LEADS_TO.get(self.story.sample.outcome, set()) | GOES_ON
        refused_later = any(
            "declined" in later.outcomes and step.key in later.after
            for later in self.story.offered.definition.steps
        )
        for outcome in step.outcomes:
            if outcome in wished and not (outcome == "declined" and refused_later):
                return outcome
        return step.outcomes[0] if step.outcomes else ""
