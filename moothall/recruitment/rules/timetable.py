"""The timetable of a campaign: each step of its process from the closing day on, by the targets and working
days of that process. Nothing here writes."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import clocks
from moothall.cases.rules.definition import ServiceDefinition, StepDefinition, definition_of
from moothall.cases.rules.opening import current_version
from moothall.cases.rules.reckoning import working_calendar
from moothall.recruitment.models import Campaign, Route

SYSTEM: Final = "system"


@dataclass(frozen=True)
class Planned:
    """One stage and the days it is given."""

    key: str
    begins_on: dt.date
    target_on: dt.date


def definition_for(route: Route) -> ServiceDefinition:
    return definition_of(current_version(route.service))


def is_needed(step: StepDefinition, route: Route) -> bool:
    """Whether a step is certain by what is known of the route; what may turn out to be needed is not."""
    return step.condition is None or step.condition.holds({"route": route.key} | route.facts)


def plan_stages(route: Route, *, opens_on: dt.date, closes_on: dt.date) -> list[Planned]:
    """From the day it opens: people apply until it closes, and every later step has its own target."""
    definition = definition_for(route)
    days = working_calendar(definition.calendar)
    ends = {route.entry_step: closes_on}
    found = [Planned(route.entry_step, opens_on, closes_on)]
    later = definition.following(route.entry_step)
    for step in definition.steps:
        if step.key not in later:
            continue
        begins = max((ends[key] for key in step.after if key in ends), default=closes_on)
        ends[step.key] = begins
        if step.owner == SYSTEM or not is_needed(step, route):
            continue
        ends[step.key] = clocks.add(begins, step.target, step.unit, days)
        found.append(Planned(step.key, begins, ends[step.key]))
    return found


def stage_names(route: Route, language: str) -> dict[str, str]:
    """What the steps of a route are called outside: in plain words where its process has some."""
    return names_in(definition_for(route), language)


def names_in(definition: ServiceDefinition, language: str) -> dict[str, str]:
    return {step.key: step.plain_in(language) or step.name_in(language) for step in definition.steps}


def routes_of(campaign: Campaign) -> list[Route]:
    return list(
        Route.objects.filter(places__campaign=campaign)
        .distinct()
        .select_related("service")
        .order_by("place", "id")
    )
