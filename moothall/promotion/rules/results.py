"""What candidates hear of the marking and of the board, and who goes into the pool, in the order of merit."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from moothall.cases.models import Step
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account
from moothall.promotion.models import Board
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, EventResult, Sifted

from . import pool
from .going_on import UNSUCCESSFUL, end, finish, finish_if_open, ready_step, write
from .refusals import NobodyToTell, NobodyWaits

PASS, NONE = "pass", "none"


@dataclass(frozen=True)
class Candidate:
    """Somebody whose board day is decided: with their marks, in the order of merit."""

    application: Application
    passed: bool
    marks: Decimal
    reason: str


@for_the_office()
def waiting_for_results(board: Board) -> list[Candidate]:
    """Everybody who waits for a result, the best first."""
    ready = Step.objects.filter(key="mod", state=Step.READY).order_by().values("case")
    rows = list(Application.objects.running().in_full().filter(campaign=board.campaign_id, case__in=ready))
    ended = Step.objects.filter(case__in=[each.case_id for each in rows], key="board", state=Step.DONE)
    outcomes = dict(ended.order_by("pk").values_list("case_id", "outcome"))
    results = {
        each.candidate.application_id: each
        for each in EventResult.objects.standing()
        .filter(candidate__application__in=rows).select_related("candidate", "reason").order_by("pk")
    }  # fmt: skip
    found = [
        Candidate(
            each, outcomes.get(each.case_id) == PASS,
            results[each.pk].total if each.pk in results else Decimal(0),
            results[each.pk].reason.name_in(each.language) if each.pk in results else "",
        )
        for each in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.passed, -one.marks, one.application.number))


@for_the_office()
@transaction.atomic
def give_results(board: Board, *, by: Account | None, at: dt.datetime) -> Sequence[Candidate]:
    """Looked over and given at once. Who passed goes into the pool; who did not may appeal."""
    Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    those = waiting_for_results(board)
    if not those:
        raise NobodyWaits
    day, place = in_london(at).date(), 0
    for one in those:
        finish(one.application, "mod", by=by, at=at)
        finish(one.application, "result", by=by, at=at)
        if one.passed:
            place += 1
            kept = pool.enter(one.application, rank=board.rank, place=place, marks=one.marks, on=day)
            write("board_passed", one.application, at=at, until=kept.until_on, feedback=one.reason)
            finish_if_open(one.application, "appeal", by=None, at=at, outcome=NONE)
        else:
            _tell_not_passed(one, at=at)
    Board.objects.filter(pk=board.pk).update(results_at=at)
    detail = {"passed": place, "all": len(those)}
    append_audit("promotion.give_results", about=board, by=by, at=at, detail=detail)
    return those


def _tell_not_passed(one: Candidate, *, at: dt.datetime) -> None:
    step = ready_step(one.application, "appeal")
    last = date_in(one.application.language, step.due_on) if step is not None and step.due_on else ""
    write("board_not_passed", one.application, at=at, feedback=one.reason, appeal_by=last)


@for_the_office()
def sifted_and_untold(board: Board) -> list[Sifted]:
    """Whose shortlist is decided, and whose step of it has come to its end without a word."""
    heard = board.sift_told
    rows = Sifted.objects.standing().filter(application__campaign=board.campaign_id)
    running = rows.filter(application__in=Application.objects.running()).exclude(application__in=heard)
    return list(running.select_related("application__applicant__person", "reason").order_by("-total", "pk"))


@for_the_office()
@transaction.atomic
def tell_sift(board: Board, *, by: Account, at: dt.datetime) -> int:
    """Each hears once; the application of whoever goes no further ends."""
    fresh = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    those = sifted_and_untold(fresh)
    if not those:
        raise NobodyToTell
    for each in those:
        application = each.application
        if each.outcome == Sifted.SHORTLISTED:
            write("board_sift_through", application, at=at)
        else:
            write("board_sift_not", application, at=at, feedback=each.reason.name_in(application.language))
            end(application, UNSUCCESSFUL, by=by, at=at)
    told = [*fresh.sift_told, *(each.application_id for each in those)]
    Board.objects.filter(pk=fresh.pk).update(sift_told=told)
    append_audit("promotion.tell_sift", about=fresh, by=by, at=at, detail={"told": len(those)})
    return len(those)
