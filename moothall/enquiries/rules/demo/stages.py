"""The steps of a sample case: how long each takes, how it ends, and the rows it leaves on its way."""

import datetime as dt
from random import Random
from typing import TYPE_CHECKING, Any

import clocks
from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.definition import ServiceDefinition, StepDefinition
from moothall.cases.rules.reckoning import AMBER_AT, amber_day
from moothall.people.models import Team

from .diary import A_DAY, Diary
from .office import day_of
from .samples import Sample

if TYPE_CHECKING:
    from .written import WrittenStory

TURNS = {"us": Case.US, "person": Case.PERSON, "third": Case.THIRD}
GOES_ON = frozenset({"arrange", "formal"})
LEADS_TO = {
    "refused": {"declined"}, "declined": {"declined"}, "partly_provided": {"partly_exempt"},
    "upheld": {"upheld"},
}  # fmt: skip


def hours_for(step: StepDefinition, rng: Random) -> float:
    """The working hours that a step takes: well within its target."""
    return 0.5 + step.target * A_DAY * (0.08 + 0.5 * rng.random())


def outcome_of(step: StepDefinition, definition: ServiceDefinition, sample: Sample) -> str:
    """The outcome that leads to how the case ends; else the first, which goes on."""
    wished = LEADS_TO.get(sample.outcome, set()) | GOES_ON
    later = [other for other in definition.steps if step.key in other.after and "declined" in other.outcomes]
    for outcome in step.outcomes:
        if outcome in wished and not (outcome == "declined" and later):
            return outcome
    return step.outcomes[0] if step.outcomes else ""


class Walk:
    """Takes a written case through its steps, in the order their service declares."""

    def __init__(self, story: "WrittenStory", diary: Diary) -> None:
        self.story, self.diary = story, diary
        self.definition = story.offered.definition
        self.rows: dict[str, dict[str, Any]] = {
            step.key: {
                "case_id": story.case["id"], "key": step.key, "name": step.name, "position": position,
                "owner": step.owner, "state": Step.PENDING, "waiting_on": TURNS[step.waiting],
            }
            for position, step in enumerate(self.definition.steps, start=1)
        }  # fmt: skip

    def go(self) -> dt.datetime | None:
        while any(self._move(step) for step in self.definition.steps):
            pass
        for row in self.rows.values():
            self.story.tables.add(Step, **row)
        done = [row["done_at"] for row in self.rows.values() if row["state"] == Step.DONE]
        left = any(row["state"] in {Step.PENDING, Step.READY} for row in self.rows.values())
        return None if left else max(done)

    def _move(self, step: StepDefinition) -> bool:
        row = self.rows[step.key]
        before = [self.rows[key] for key in step.after]
        if row["state"] != Step.PENDING or any(b["state"] in {Step.PENDING, Step.READY} for b in before):
            return False
        if step.condition is not None and not step.condition.holds(self._facts()):
            row["state"] = Step.SKIPPED
            return True
        done = [b["done_at"] for b in before if b["state"] == Step.DONE]
        self._begin(row, step, max(done, default=self.story.received_at))
        return True

    def _facts(self) -> dict[str, Any]:
        done = [row for row in self.rows.values() if row["state"] == Step.DONE]
        return {**self.story.case["answers"], **{row["key"]: row["outcome"] or "done" for row in done}}

    def _begin(self, row: dict[str, Any], step: StepDefinition, since: dt.datetime) -> None:
        story = self.story
        due, team = self._due_on(step, since), self._team_of(step)
        row |= {
            "state": Step.READY, "ready_at": since, "due_on": due,
            "amber_on": amber_day(day_of(since), due, AMBER_AT), "team_id": team.pk,
        }  # fmt: skip
        if team.pk not in story.case["seen_by_teams"]:
            story.case["seen_by_teams"] = [*story.case["seen_by_teams"], team.pk]
        done_at = self.diary.later(since, hours_for(step, story.rng))
        if done_at > story.now:
            return
        by = story.office.worker(team, story.rng)
        outcome = outcome_of(step, self.definition, story.sample)
        row |= {"state": Step.DONE, "done_at": done_at, "done_by_id": by.pk, "outcome": outcome}
        detail = {"step": step.key, "name": step.name, "outcome": outcome}
        story.entry(Entry.STEP, done_at, by, detail=detail)
        story.audit("cases.step", done_at, by, detail)

    def _team_of(self, step: StepDefinition) -> Team:
        named = self.story.office.teams.get(self.definition.owners.get(step.owner, ""))
        return named or self.story.team

    def _due_on(self, step: StepDefinition, since: dt.datetime) -> dt.date:
        named = self.story.case["answers"].get(step.origin) if step.origin else None
        begins = dt.date.fromisoformat(named) if named else day_of(since)
        return clocks.add(begins, step.target, step.unit, "EW")
