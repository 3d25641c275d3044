"""What a service means: its form, steps, clocks and outcomes, as one frozen value.

Read from YAML with `ServiceDefinition.read`, kept in the database with `to_json`, and had back for a
running case with `definition_of(version)`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from moothall.cases.models import ServiceVersion
from moothall.core.marked_yaml import Marked

from .condition_terms import Condition
from .conditions import parse_condition

if TYPE_CHECKING:
    from .definition_reading import Surroundings

PERSON: Final = "person"
SYSTEM: Final = "system"
ROLE: Final = "role:"
AGAIN: Final = "again"


def humanised(word: str) -> str:
    """`fit_with_adjustments` as people read it: “Fit with adjustments”; `MV_SC` stays in capitals."""
    text = word.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class OutcomeDefinition:
    """A way a case or a step can end."""

    key: str
    name: str
    name_cy: str = ""

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


@dataclass(frozen=True)
class StepDefinition:
    """A task. `plain` is what whoever asked reads of it; without it they read nothing.

    `target` and `unit` (wd, cd, wk, mo, h) count from when the last step of `after` was done, or from the day
    the case calls `origin`. `waiting` is us, person or third.
    """

    key: str
    name: str
    owner: str
    target: int
    name_cy: str = ""
    after: tuple[str, ...] = ()
    unit: str = "wd"
    waiting: str = "us"
    outcomes: tuple[str, ...] = ()
    when: str | None = None
    sub: str | None = None
    calls: str | None = None
    letters: tuple[str, ...] = ()
    repeat: str | None = None
    origin: str | None = None
    statutory: bool = False
    plain: str = ""
    plain_cy: str = ""
    statutory_before: str | None = None
    statutory_cap_mo: int | None = None
    min_notice_wd: int | None = None
    min_duration_mo: int | None = None

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def plain_in(self, language: str) -> str:
        return (self.plain_cy if language == "cy" else "") or self.plain

    @cached_property
    def condition(self) -> Condition | None:
        """When the step is needed; None when always."""
        return parse_condition(self.when) if self.when else None


@dataclass(frozen=True)
class ClockDefinition:
    """A clock of the case: by `rule`, the name of a clock rule, or by the office's own `target`.

    It starts at receipt, or when the clock called `starts_on` is met. `met_on` says what meets it:
    acknowledged (the first letter out), answered (the first that somebody wrote) or closed.
    """

    key: str
    name: str
    name_cy: str = ""
    rule: str | None = None
    target: int = 0
    unit: str = "wd"
    calendar: str = "EW"
    starts_on: str = ""
    met_on: str = "closed"
    amber_at: float = 0.8
    pausable: bool = True

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


@dataclass(frozen=True)
class EscalationDefinition:
    """At this share of the time used, tell these people."""

    at: float
    to: str


@dataclass(frozen=True)
class ContactPromise:
    """How often whoever asked hears from us while the case is open, and what each message must say."""

    every_wd: int
    on_step_change: bool = True
    must_state: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureDefinition:
    """How long the service should take, from the start of one step to the end of another."""

    begins: str
    ends: str
    target_wd: int


@dataclass(frozen=True)
class ServiceDefinition:
    """One version of a service.

    `letters` are the templates offered first; `acknowledgement` is sent by rule when the case comes by mail;
    `signpost` replaces the usual letter that sends people elsewhere. `owners` says who does the steps of each
    owner word: the key of a team, `role:` and a role, `person` (whoever asked) or `system`; a word that is
    not there belongs to the team of the case. `audience` says who may ask by a web form: `public` is anybody,
    `staff` is whoever signs in, and without it nobody. `complaint_stage` is 1 or 2 for a complaint, whose
    second stage is the service `next_stage`. `needs` names what whoever works on it must be allowed to do.
    `leads` says which outcomes of a step do not lead to the steps after it: the step is done `again`, or the
    case ends by this outcome of its own.
    """

    key: str
    name: str
    prefix: str
    desk: str
    team: str
    name_cy: str = ""
    group: str = ""
    subject: str = ""
    description: str = ""
    description_cy: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[StepDefinition, ...] = ()
    clocks: tuple[ClockDefinition, ...] = ()
    outcomes: tuple[OutcomeDefinition, ...] = ()
    step_outcomes: tuple[OutcomeDefinition, ...] = ()
    audience: str = ""
    confidentiality: str = "TEAM"
    retention: str = ""
    hold_reasons: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    acknowledgement: str | None = None
    signpost: str | None = None
    calendar: str = "EW"
    amber_at: float = 0.8
    red_at: float = 1.0
    escalate: tuple[EscalationDefinition, ...] = ()
    contact: ContactPromise | None = None
    owners: Mapping[str, str] = field(default_factory=dict)
    measure: MeasureDefinition | None = None
    routes: tuple[str, ...] = ()
    extends: str | None = None
    is_sub: bool = False
    complaint_stage: int = 0
    next_stage: str | None = None
    needs: tuple[str, ...] = ()
    leads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, marked: Marked, around: "Surroundings | None" = None) -> Self:
        """The definition in this mapping; PackMistake names the file and the line of what is wrong."""
        from .definition_reading import read_service

        return cls(**read_service(marked, around))

    def to_json(self) -> dict[str, Any]:
        """As the database keeps it. The form's own order is in its `order`, since jsonb forgets it."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        for name in ("needs", "leads"):  # a service without them reads as it did before services had them
            if not kept[name]:
                del kept[name]
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        values = dict(kept)
        values["steps"] = tuple(_made(StepDefinition, row) for row in kept["steps"])
        values["clocks"] = tuple(_made(ClockDefinition, row) for row in kept["clocks"])
        values["escalate"] = tuple(_made(EscalationDefinition, row) for row in kept["escalate"])
        for name in ("outcomes", "step_outcomes"):
            values[name] = tuple(_made(OutcomeDefinition, row) for row in kept[name])
        for name in ("hold_reasons", "letters", "routes"):
            values[name] = tuple(kept[name])
        values["needs"] = tuple(kept.get("needs", ()))
        values["measure"] = _made(MeasureDefinition, kept["measure"]) if kept["measure"] else None
        values["contact"] = _made(ContactPromise, kept["contact"]) if kept["contact"] else None
        return cls(**values)

    @cached_property
    def _steps_by_key(self) -> Mapping[str, StepDefinition]:
        return {step.key: step for step in self.steps}

    def step(self, key: str) -> StepDefinition:
        """The step of this key; KeyError when there is none."""
        return self._steps_by_key[key]

    def clock(self, key: str) -> ClockDefinition:
        """The clock of this key; KeyError when there is none."""
        return next(clock for clock in self.clocks if clock.key == key)

    def leads_to(self, step: str, outcome: str) -> str:
        """`again`, the outcome of the case, or nothing where the steps after it follow."""
        return self.leads.get(step, {}).get(outcome, "")

    def following(self, key: str) -> frozenset[str]:
        """The steps that wait for this one, directly or through others."""
        found: set[str] = set()
        waiting = [key]
        while waiting:
            before = waiting.pop()
            new = {step.key for step in self.steps if before in step.after} - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    def outcome_name(self, key: str, language: str = "en") -> str:
        """What people read for an outcome of the case or of a step."""
        for outcome in (*self.outcomes, *self.step_outcomes):
            if outcome.key == key:
                return outcome.name_in(language)
        return humanised(key)

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name

    def description_in(self, language: str) -> str:
        return (self.description_cy if language == "cy" else "") or self.description

    @property
    def required(self) -> tuple[str, ...]:
        """The questions of the form that have to be answered by whoever asks."""
        return tuple(self.form.get("required", ()))

    def form_fields(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The questions of the form in their order, each with its schema (title, title_cy, type …)."""
        properties: Mapping[str, Mapping[str, Any]] = self.form.get("properties", {})
        for name in self.form.get("order", properties):
            yield name, properties[name]


def _made(kind: type[Any], row: Mapping[str, Any]) -> Any:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


_known: dict[tuple[int, str], ServiceDefinition] = {}


def definition_of(version: ServiceVersion) -> ServiceDefinition:
    """What this version means. Versions never change, so each is read once in a process."""
    key = (version.pk, version.digest)
    found = _known.get(key)
    if found is None:
        found = _known[key] = ServiceDefinition.from_json(version.definition)
    return found
