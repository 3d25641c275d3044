"""Reading a service from YAML: every mistake is found on loading, and said with its file and line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _

from clocks.rule_book import load_rules
from clocks.rules import SHORT_UNITS
from clocks.working_time import CALENDARS
from moothall.core.marked_yaml import Fields, Marked, near_match

from .definition import (
    AGAIN,
    PERSON,
    ROLE,
    SYSTEM,
    ClockDefinition,
    ContactPromise,
    EscalationDefinition,
    MeasureDefinition,
    OutcomeDefinition,
    StepDefinition,
    humanised,
)
from .form_reading import read_form
from .step_reading import check_steps, read_step

MEETINGS: Final = {"acknowledge": "acknowledged", "answer": "answered", "close": "closed"}
LEVELS: Final = {"open": "OPEN", "team": "TEAM", "restricted": "RESTRICTED", "sealed": "SEALED"}
AUDIENCES: Final = ("public", "staff")
SERVICE_KEY = re.compile(r"[a-z][a-z0-9_-]{0,79}")
PREFIX = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True)
class Surroundings:
    """What a service file takes from its pack. `None` for teams, roles or services: not checked."""

    desk: str = ""
    prefix: str = ""
    team: str = ""
    calendar: str = "EW"
    owners: Mapping[str, str] = field(default_factory=dict)
    defaults: Marked | None = None
    outcome_names: Mapping[str, OutcomeDefinition] = field(default_factory=dict)
    teams: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    services: frozenset[str] | None = None
    is_sub: bool = False


@lru_cache(maxsize=1)
def clock_rule_ids() -> frozenset[str]:
    return frozenset(load_rules())


def read_service(marked: Marked, around: Surroundings | None = None) -> dict[str, Any]:
    """The values of a ServiceDefinition, checked one by one and against each other."""
    around = around or Surroundings()
    fields = Fields(marked)
    defaults = Fields(around.defaults if around.defaults is not None else Marked(marked.file, marked.line))
    names = {**around.outcome_names, **read_outcome_names(fields)}
    steps = tuple(read_step(row, defaults) for row in fields.mappings("steps"))
    check_steps(marked, steps, around.services)
    values = {
        **_read_identity(fields, around),
        **_read_habits(fields, defaults),
        "form": read_form(fields.mapping("form")),
        "steps": steps,
        "clocks": read_clocks(fields, around),
        "outcomes": read_outcomes(fields, names),
        "leads": read_leads(fields, steps),
        "step_outcomes": tuple(
            names[key]
            for key in dict.fromkeys(key for step in steps for key in step.outcomes)
            if key in names
        ),
        "owners": {**around.owners, **read_owners(fields.mapping("owners"), around)},
        "measure": _read_measure(fields, {step.key for step in steps}),
        "extends": _known_service(fields, "extends", around.services),
        "is_sub": around.is_sub,
        **_read_complaint(fields, around.services),
    }
    fields.finish()
    if values["audience"] and not values["form"]:
        raise marked.mistake(_("A service that is asked for online needs a form."), at="audience")
    return values


def _read_identity(fields: Fields, around: Surroundings) -> dict[str, Any]:
    key = fields.text("key")
    if not SERVICE_KEY.fullmatch(key):
        raise fields.wrong("key", _("small letters, digits, - and _, starting with a letter"))
    prefix = fields.text("prefix", around.prefix)
    if not PREFIX.fullmatch(prefix):
        raise fields.wrong("prefix", _("two to five capital letters"))
    team = fields.text("team", around.team)
    if not team:
        raise fields.missing("team")
    if around.teams is not None and team not in around.teams:
        said = _("There is no team “%(team)s”.") % {"team": team}
        raise fields.marked.mistake(said + near_match(team, around.teams), at="team")
    return {
        "key": key,
        "name": _no_longer_than(fields, "name", 200),
        "name_cy": _no_longer_than(fields, "name_cy", 200, ""),
        "prefix": prefix,
        "desk": around.desk or fields.text("desk"),
        "team": team,
        "group": fields.text("group", ""),
        "subject": fields.text("subject", ""),
        "audience": fields.choice("audience", AUDIENCES, ""),
        "description": fields.text("description", ""),
        "description_cy": fields.text("description_cy", ""),
        "confidentiality": LEVELS[fields.choice("confidentiality", LEVELS, "team")],
        "retention": fields.text("retention", ""),
        "calendar": fields.choice("calendar", CALENDARS, around.calendar),
    }


def _no_longer_than(fields: Fields, key: str, most: int, default: str | None = None) -> str:
    text = fields.text(key, default)
    if len(text) > most:
        raise fields.wrong(key, _("at most %(most)s characters") % {"most": most})
    return text


def _read_habits(fields: Fields, defaults: Fields) -> dict[str, Any]:
    """What the defaults of a file say for all its services, unless a service says otherwise."""
    escalate = fields if "escalate" in fields.marked else defaults
    promise = fields if "contact" in fields.marked else defaults
    return {
        "hold_reasons": fields.words("hold_reasons") or defaults.words("hold_reasons"),
        "letters": fields.words("letters"),
        "acknowledgement": fields.optional("acknowledgement"),
        "signpost": fields.optional("signpost"),
        "amber_at": fields.share("amber_at", defaults.share("amber_at", 0.8)),
        "red_at": fields.share("red_at", defaults.share("red_at", 1.0)),
        "escalate": tuple(_read_escalation(row) for row in escalate.mappings("escalate")),
        "contact": _read_promise(promise.mapping("contact")),
        "routes": fields.words("routes"),
        "needs": fields.words("needs"),
    }


def _read_escalation(row: Marked) -> EscalationDefinition:
    fields = Fields(row)
    escalation = EscalationDefinition(at=fields.share("at", 1.0), to=fields.text("to"))
    fields.finish()
    return escalation


def _read_promise(row: Marked) -> ContactPromise | None:
    if not row:
        return None
    fields = Fields(row)
    promise = ContactPromise(
        every_wd=fields.whole("every_wd"),
        on_step_change=fields.flag("on_step_change", True),
        must_state=fields.words("must_state"),
    )
    fields.finish()
    return promise


def _read_measure(fields: Fields, steps: set[str]) -> MeasureDefinition | None:
    row = fields.mapping("measure")
    if not row:
        return None
    inner = Fields(row)
    measure = MeasureDefinition(
        begins=inner.choice("from", steps), ends=inner.choice("to", steps), target_wd=inner.whole("target_wd")
    )
    inner.finish()
    return measure


def _read_complaint(fields: Fields, services: frozenset[str] | None) -> dict[str, Any]:
    """Of a complaint, at which stage it is; and of the first stage, which service is the second."""
    row = fields.mapping("complaint")
    if not row:
        return {}
    inner = Fields(row)
    stage = inner.choice("stage", ("1", "2"))
    found = {"complaint_stage": int(stage), "next_stage": _known_service(inner, "next", services)}
    inner.finish()
    return found


def _known_service(fields: Fields, key: str, services: frozenset[str] | None) -> str | None:
    named = fields.optional(key)
    if named and services is not None and named not in services:
        said = _("There is no service “%(service)s”.") % {"service": named}
        raise fields.marked.mistake(said + near_match(named, services), at=key)
    return named


def read_outcome_names(fields: Fields) -> dict[str, OutcomeDefinition]:
    """Names for outcomes that are only keys elsewhere: `outcome_names: {fit: {name: …, name_cy: …}}`."""
    names = {}
    rows = fields.mapping("outcome_names")
    for key, row in rows.items():
        if not isinstance(row, Marked):
            raise rows.mistake(_("“%(key)s” needs a name.") % {"key": key}, at=key)
        inner = Fields(row)
        names[key] = OutcomeDefinition(key, inner.text("name"), inner.text("name_cy", ""))
        inner.finish()
    return names


def read_outcomes(fields: Fields, names: Mapping[str, OutcomeDefinition]) -> tuple[OutcomeDefinition, ...]:
    return tuple(
        names.get(key, OutcomeDefinition(key, humanised(key))) for key in fields.words("final_outcomes")
    )


def read_leads(fields: Fields, steps: tuple[StepDefinition, ...]) -> dict[str, dict[str, str]]:
    """Where outcomes lead that are not to be followed by the next steps: `{iv: {fail: rejected}}`."""
    ends, known = [AGAIN, *fields.words("final_outcomes")], {step.key: step.outcomes for step in steps}
    found: dict[str, dict[str, str]] = {}
    rows = fields.mapping("leads")
    for key, row in rows.items():
        if key not in known:
            said = _("There is no step “%(step)s”.") % {"step": key}
            raise rows.mistake(said + near_match(key, known), at=key)
        if not isinstance(row, Marked):
            raise rows.mistake(_("For each outcome of a step, say where it leads."), at=key)
        inner = Fields(row)
        for outcome in row:
            if outcome not in known[key]:
                said = _("“%(outcome)s” is not an outcome of this step.") % {"outcome": outcome}
                raise row.mistake(said + near_match(outcome, known[key]), at=outcome)
            found.setdefault(key, {})[outcome] = inner.choice(outcome, ends)
    return found


def read_owners(rows: Marked, around: Surroundings) -> dict[str, str]:
    """Who does the steps of each owner word: a team, `role:` and a role, `person` or `system`."""
    owners = {}
    fields = Fields(rows)
    for word in rows:
        who = owners[word] = fields.text(word)
        role = who.removeprefix(ROLE)
        known = around.roles if role != who else around.teams
        if who not in (PERSON, SYSTEM) and known is not None and role not in known:
            said = _("There is no team or role “%(who)s”.") % {"who": role}
            raise rows.mistake(said + near_match(role, known), at=word)
    return owners


def read_clocks(fields: Fields, around: Surroundings) -> tuple[ClockDefinition, ...]:
    made: list[ClockDefinition] = []
    for row in fields.mappings("clocks"):
        clock = _read_clock(row, fields.text("calendar", around.calendar), tuple(made))
        if clock.key in {other.key for other in made}:
            raise row.mistake(_("There are two clocks “%(key)s”.") % {"key": clock.key}, at="id")
        made.append(clock)
    return tuple(made)


def _read_clock(row: Marked, calendar: str, before: Iterable[ClockDefinition]) -> ClockDefinition:
    fields = Fields(row)
    rule = fields.optional("rule")
    if rule and rule not in clock_rule_ids():
        said = _("There is no clock rule “%(rule)s”.") % {"rule": rule}
        raise row.mistake(said + near_match(rule, clock_rule_ids()), at="rule")
    if bool(rule) == ("target" in row):
        raise row.mistake(_("A clock runs by a rule or by a target, one of the two."))
    key = fields.text("id")
    clock = ClockDefinition(
        key=key,
        name=fields.text("name"),
        name_cy=fields.text("name_cy", ""),
        rule=rule,
        target=fields.maybe_whole("target") or 0,
        unit=fields.choice("clock", SHORT_UNITS, "wd"),
        calendar=fields.choice("calendar", CALENDARS, calendar),
        starts_on=fields.choice("starts_on", [clock.key for clock in before], ""),
        met_on=fields.choice("met_on", MEETINGS.values(), MEETINGS.get(key, "closed")),
        amber_at=fields.share("amber_at", 0.8),
        pausable=fields.flag("pausable", True),
    )
    fields.finish()
    return clock
