"""Each night: learn from the office's own closed cases, measure on the newest, and keep the result."""

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.rules.closing import BY_MISTAKE, MERGED
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.enquiries.models import LearnedModel, Measure
from moothall.enquiries.triage import Share, to_bytes
from moothall.enquiries.triage.training import FEWEST_CASES, Example, Trained, train
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .keeping import clear_old_files, keep_file
from .texts import texts_of

MOST_CASES = 30_000
BATCH = 2_000
SERVICE, TEAM, PRIORITY = "service", "team", "priority"
Learner = Callable[[Sequence[Example]], Trained]


class TooFewCases(Refusal):
    sentence = _("There are too few closed cases to learn from.")
    next_step = _("It is tried again every night.")


def learn_elsewhere(examples: Sequence[Example]) -> Trained:
    """Learn in a process of its own, which gives back all the memory that learning takes."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as elsewhere:
        return elsewhere.submit(train, examples).result()


def learn_from_closed_cases(
    *, at: dt.datetime, by: Account | None = None, learner: Learner = train
) -> LearnedModel:
    """Learn from the newest closed cases that anybody of their team may read, oldest first."""
    cases = cases_to_learn_from()
    if len(cases) < FEWEST_CASES:
        raise TooFewCases
    trained = learner(_examples(cases))
    if not trained.model.heads:
        raise TooFewCases
    return keep_what_was_learned(trained, cases, by=by, at=at)


def cases_to_learn_from() -> list[Case]:
    """Restricted and sealed cases teach nothing, so that nothing of them can ever be told."""
    closed = Case.objects.filter(
        status=Case.CLOSED, confidentiality__in=[Case.ANYONE, Case.TEAM], parent_step=None
    ).exclude(outcome__in=[MERGED, BY_MISTAKE])
    newest = closed.select_related("service", "team").order_by("-received_at", "-id")[:MOST_CASES]
    return sorted(newest, key=lambda case: (case.received_at, case.pk))


def _examples(cases: Sequence[Case]) -> list[Example]:
    found: list[Example] = []
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        texts = texts_of(batch)
        found += [Example(texts[case.pk], _answers(case), case.language) for case in batch]
    return found


def _answers(case: Case) -> dict[str, str]:
    return {SERVICE: case.service.key, TEAM: case.team.key, PRIORITY: str(case.priority)}


@transaction.atomic
def keep_what_was_learned(
    trained: Trained, cases: Sequence[Case], *, by: Account | None, at: dt.datetime
) -> LearnedModel:
    raw = to_bytes(trained.model)
    newest = LearnedModel.objects.newest_first().first()
    days = [in_london(case.received_at).date() for case in cases]
    row = LearnedModel.objects.create(
        version=newest.version + 1 if newest else 1, sha256=keep_file(raw), size=len(raw), made_at=at,
        learned_from=trained.learned_from, held_back=trained.held_back, first_received_on=days[0],
        last_received_on=days[-1], held_back_from_on=days[len(days) - trained.held_back],
    )  # fmt: skip
    Measure.objects.bulk_create(_measures(row, trained))
    append_audit(
        "enquiries.learn", about=row, by=by, at=at,
        detail={
            "version": row.version, "cases": row.learned_from, "sha256": row.sha256,
            "strengths": trained.strengths,
        },
    )  # fmt: skip
    transaction.on_commit(clear_old_files)
    return row


def _measures(row: LearnedModel, trained: Trained) -> list[Measure]:
    return [
        _measure(row, question, part, name, share)
        for question, quality in trained.quality.items()
        for part, shares in (
            (Measure.ALL, {"": quality.whole}),
            (Measure.LABEL, quality.labels),
            (Measure.LANGUAGE, quality.groups),
        )
        for name, share in shares.items()
    ]


def _measure(row: LearnedModel, question: str, part: str, name: str, share: Share) -> Measure:
    return Measure(
        model=row, question=question, part=part, name=name[:80], asked=share.asked, right=share.right,
        sure=share.sure, sure_right=share.sure_right, among_three=share.among_three,
    )  # fmt: skip
