"""What whoever asked has answered to the questions of the service's form."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from moothall.cases.models import Case, Entry
from moothall.core.questions import in_words, title_of
from moothall.people.models import Account

from .changing import change_case, lock
from .definition import ServiceDefinition, definition_of
from .indexing import index_words
from .refusals import refuse_if_closed


@dataclass(frozen=True)
class Answered:
    """One question and what was answered, in words; `words` is empty where nothing was."""

    name: str
    question: str
    words: str


def answers_in_words(
    definition: ServiceDefinition, answers: Mapping[str, Any], language: str
) -> list[Answered]:
    """Every question of the form in its order, with its answer."""
    return [
        Answered(name, title_of(question, language), in_words(question, answers.get(name), language))
        for name, question in definition.form_fields()
    ]


def as_text(definition: ServiceDefinition, answers: Mapping[str, Any], language: str) -> str:
    """Questions and answers as a message would have them; questions without an answer are left out."""
    found = answers_in_words(definition, answers, language)
    return "\n\n".join(f"{each.question}\n{each.words}" for each in found if each.words)


@transaction.atomic
def change_answers(
    case: Case, *, answers: Mapping[str, Any], by: Account, at: dt.datetime, edition: int | None = None
) -> Entry | None:
    """Correct what was answered; answers to questions the form no longer asks stay. What stood before is on
    the timeline. Nothing is written when nothing changes."""
    lock(case, edition=edition)
    refuse_if_closed(case)
    definition = definition_of(case.version)
    asked = {name for name, _question in definition.form_fields()}
    kept = {name: value for name, value in case.answers.items() if name not in asked}
    wanted = kept | {name: value for name, value in answers.items() if name in asked}
    if wanted == case.answers:
        return None
    changed = sorted(name for name in asked if wanted.get(name) != case.answers.get(name))
    entry = change_case(
        case, verb="answers", by=by, at=at, changes={"answers": wanted}, said={"changed": changed}
    )
    index_words(case, text=as_text(definition, {name: wanted.get(name) for name in changed}, case.language))
    return entry
