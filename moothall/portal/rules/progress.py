"""How a case is going, in words for whoever asked: nothing that only staff should read."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.asked import Answered, answers_in_words
from moothall.cases.rules.definition import ServiceDefinition, definition_of
from moothall.cases.rules.letter_fields import answer_due_on
from moothall.core.clock import in_london
from moothall.portal.models.messages import messages_between

from .following_up import may_write

DONE, NOW, AHEAD = "done", "now", "ahead"
STATES: Final = {Step.DONE: DONE, Step.READY: NOW, Step.PENDING: AHEAD}


@dataclass(frozen=True)
class Stage:
    words: str
    state: str
    on: dt.date | None = None


@dataclass(frozen=True)
class Progress:
    """What the page of a case shows outside."""

    case: Case
    service: str
    stages: list[Stage]
    answers: list[Answered]
    messages: list[Entry]
    due_on: dt.date | None
    their_turn: bool
    may_write: bool


def case_to_follow(case: Case) -> Case:
    """The case itself, or the one it was merged into where the same person asked that."""
    seen = {case.pk}
    while case.merged_into is not None and case.merged_into.pk not in seen:
        if case.merged_into.requester_id != case.requester_id or case.requester_id is None:
            return case
        case = case.merged_into
        seen.add(case.pk)
    return case


def progress_of(case: Case, *, language: str, at: dt.datetime) -> Progress:
    definition = definition_of(case.version)
    return Progress(
        case=case,
        service=case.service.name_in(language),
        stages=_stages(case, definition, language),
        answers=[each for each in answers_in_words(definition, case.answers, language) if each.words],
        messages=list(messages_between(case, at=at)),
        due_on=None if case.is_closed else answer_due_on(case),
        their_turn=not case.is_closed and case.waiting_on == Case.PERSON and case.status == Case.WAITING,
        may_write=may_write(case, at=at) and case.merged_into_id is None,
    )


def _stages(case: Case, definition: ServiceDefinition, language: str) -> list[Stage]:
    first = Stage(_("We have your request"), DONE, in_london(case.received_at).date())
    begun = case.assignee_id is not None or case.first_answered_at is not None or case.is_closed
    dealing = Stage(_("Somebody is dealing with it"), _reached(case, begun=begun))
    answered = Stage(
        _("We have answered"),
        DONE if case.first_answered_at is not None else AHEAD,
        in_london(case.first_answered_at).date() if case.first_answered_at else None,
    )
    found = [first, dealing, *_steps(case, definition, language)]
    if not case.is_closed or case.first_answered_at is not None:
        found.append(answered)
    return [*found, *_ending(case, definition, language)]


def _reached(case: Case, *, begun: bool) -> str:
    if case.is_closed or case.first_answered_at is not None:
        return DONE
    return NOW if begun else AHEAD


def _steps(case: Case, definition: ServiceDefinition, language: str) -> list[Stage]:
    """The steps that have words for people outside; what may never be needed is not promised."""
    words = {step.key: step.plain_in(language) for step in definition.steps if step.plain}
    if not words:
        return []
    found: list[Stage] = []
    conditional = {step.key for step in definition.steps if step.when}
    for step in case.steps.filter(key__in=words).order_by("position", "occurrence"):
        state = STATES.get(step.state)
        if state is None or (state == AHEAD and (case.is_closed or step.key in conditional)):
            continue
        on = in_london(step.done_at).date() if step.done_at is not None else None
        found.append(Stage(words[step.key], state, on))
    return found


def _ending(case: Case, definition: ServiceDefinition, language: str) -> list[Stage]:
    if case.closed_at is None:
        return []
    on = in_london(case.closed_at).date()
    if case.merged_into_id is not None:
        return [Stage(_("We are dealing with this together with another request"), DONE, on)]
    declared = {outcome.key: outcome.name_in(language) for outcome in definition.outcomes}
    said = declared.get(case.outcome, "")
    return [Stage(_("Closed: %s") % said if said else _("Closed"), DONE, on)]
