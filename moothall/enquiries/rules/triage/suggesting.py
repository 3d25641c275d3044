"""What came in is looked at once, and what is likely about it is written down for a person to decide."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from moothall.cases.models import Case, Service
from moothall.core.clock import in_london
from moothall.enquiries.models import LearnedModel, Suggestion, Triaged
from moothall.enquiries.triage import Answer
from moothall.people.models import Team

from .answers import likely_answers
from .keeping import newest_model
from .learning import PRIORITY, SERVICE, TEAM
from .sameness import Found, near_cases, same_person
from .texts import texts_of

BATCH = 200
LATE_COMERS = 5_000  # numbers below the newest one seen that may still be missing: committed later
ORDER = {kind: place for place, (kind, _words) in enumerate(Suggestion.KINDS, start=1)}
WORDS_SAID = 3


def look_at_what_came_in(*, at: dt.datetime, most: int = BATCH) -> int:
    """Look at cases nobody has looked at; the answer is how many. Safe to run twice."""
    cases = _not_looked_at(most)
    if cases:
        suggest_for(cases, at=at)
    return len(cases)


def _not_looked_at(most: int) -> list[Case]:
    """The oldest first. Cases seen by name only are never read by a machine.

    Where nothing was looked at yet, an office has just begun: of what it brought along only the newest are.
    """
    newest = Triaged.objects.aggregate(newest=Max("case_id"))["newest"]
    if newest is None:
        newest = Case.objects.aggregate(newest=Max("pk"))["newest"] or 0
    looked_at = Exists(Triaged.objects.filter(case=OuterRef("pk")))
    waiting = Case.objects.unfinished().filter(
        ~looked_at, pk__gt=newest - LATE_COMERS, confidentiality__in=[Case.ANYONE, Case.TEAM],
        parent_step=None,
    )  # fmt: skip
    return list(waiting.select_related("service", "team").order_by("id")[:most])


@transaction.atomic
def suggest_for(cases: Sequence[Case], *, at: dt.datetime) -> list[Suggestion]:
    """Write down what is likely about these cases."""
    learned = newest_model()
    texts = texts_of(cases)
    row = learned[0] if learned else None
    triaged, suggestions = [], []
    services = set(Service.objects.filter(retired_at=None).values_list("key", flat=True))
    teams = set(Team.objects.values_list("key", flat=True))
    for case in cases:
        answers = learned[1].ask(texts[case.pk]) if learned else {}
        unsure = SERVICE not in answers or not answers[SERVICE].sure
        triaged.append(Triaged(case=case, at=at, model=row, unsure=unsure))
        found = [*_learned(case, answers, services, teams)]
        found += same_person(case, texts[case.pk]) + near_cases(case, texts[case.pk])
        found += likely_answers(case, texts[case.pk], on=in_london(at).date())
        suggestions += [_row(case, each, row, at=at) for each in found]
    made = Triaged.objects.bulk_create(triaged, ignore_conflicts=True)
    Suggestion.objects.bulk_create(suggestions, ignore_conflicts=True)
    return suggestions if made else []


def _learned(case: Case, answers: Mapping[str, Answer], services: set[str], teams: set[str]) -> list[Found]:
    """What the model is sure of and the case does not say already."""
    now = {SERVICE: case.service.key, TEAM: case.team.key, PRIORITY: str(case.priority)}
    kinds = {SERVICE: Suggestion.SERVICE, TEAM: Suggestion.TEAM, PRIORITY: Suggestion.PRIORITY}
    offered = {SERVICE: services, TEAM: teams, PRIORITY: {str(key) for key, _words in Case.PRIORITIES}}
    found = []
    for question, answer in answers.items():
        best = answer.likely[0]
        if answer.sure and best.label != now[question] and best.label in offered[question]:
            reason = {"code": "words", "words": list(best.words[:WORDS_SAID])}
            found.append(Found(kinds[question], best.label, best.confidence, reason))
    return found


def _row(case: Case, found: Found, model: LearnedModel | None, *, at: dt.datetime) -> Suggestion:
    return Suggestion(
        case=case, kind=found.kind, kind_order=ORDER[found.kind], value=found.value, other=found.other,
        person_id=found.person_id, confidence=min(max(found.confidence, 0.0), 1.0), reason=found.reason,
        model=model if found.reason.get("code") == "words" else None, made_at=at,
    )  # fmt: skip
