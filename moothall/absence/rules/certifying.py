"""Taking in certificates: checked, tested for gaps and overlaps, undone, decided upon."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from clocks import sickness
from moothall.absence.models import Certificate, Episode, Figure, Issuer
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from . import refusals, ticking
from .evidence import brought_up_to_date
from .paper_cases import tick_decision, tick_paper, untick_paper

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a certificate says."""

    kind: str
    from_on: dt.date
    until_on: dt.date
    issued_on: dt.date
    issuer: Issuer | None = None
    fitness: str = Certificate.NOT_FIT
    adjustments: Iterable[str] = field(default_factory=tuple)

    def values(self) -> dict[str, Any]:
        ticked = set(self.adjustments)
        given = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "adjustments"}
        return given | {key: key in ticked for key, _words in Certificate.ADJUSTMENTS}


@transaction.atomic
def record_certificate(
    episode: Episode, *, paper: Paper, document: Document | None = None, by: Account | None, at: dt.datetime
) -> Certificate:
    """Keep a certificate with the absence it is for."""
    rows = Episode.objects.select_for_update(of=("self",)).select_related("employment")
    held = rows.get(pk=episode.pk)
    if held.withdrawn_at is not None:
        raise refusals.Withdrawn
    check_paper(held, paper, today=in_london(at).date())
    certificate = Certificate.objects.create(
        episode=held, document=document, recorded_at=at, recorded_by=by, **paper.values()
    )
    append_audit(
        "absence.certified", about=held, by=by, at=at,
        detail={"certificate": certificate.pk, "kind": paper.kind, "until": paper.until_on.isoformat()},
    )  # fmt: skip
    brought_up_to_date(held)
    ticking.tick(held, "selfcert" if paper.kind == Certificate.SELF else "fitnote", by=by, at=at)
    tick_paper(certificate, by=by, at=at)
    return certificate


def check_paper(episode: Episode, paper: Paper, *, today: dt.date) -> None:
    """Refuse what no certificate may say."""
    if paper.until_on < paper.from_on:
        raise refusals.EndsBefore
    if paper.issued_on > today:
        raise refusals.SignedLater
    if paper.from_on > paper.issued_on:
        raise refusals.DatedForward
    if paper.until_on < episode.first_day or (episode.last_day and paper.from_on > episode.last_day):
        raise refusals.NotDuring
    figures = Figure.objects.on(paper.issued_on, workforce=episode.employment.workforce)
    if paper.kind == Certificate.SELF:
        last_own = episode.first_day + dt.timedelta(days=figures.whole("self_days") - 1)
        if paper.until_on > last_own:
            raise refusals.OwnDaysOver(last_own)
        return
    if (
        paper.issuer is None
        or not Issuer.objects.in_force(paper.issued_on).filter(key=paper.issuer.key).exists()
    ):
        raise refusals.MayNotSign
    if paper.fitness == Certificate.MAY_BE_FIT and not list(paper.adjustments):
        raise refusals.NothingTicked
    longest = sickness.longest_note(
        episode.first_day, paper.from_on, months=figures.whole("note_months"),
        during=figures.whole("note_months_within"),
    )  # fmt: skip
    if longest is not None and paper.until_on > longest:
        raise refusals.TooLong(longest)


@transaction.atomic
def withdraw_certificate(certificate: Certificate, *, by: Account, at: dt.datetime) -> Certificate:
    """It was entered by mistake; it is kept and covers nothing."""
    count = Certificate.objects.standing().filter(pk=certificate.pk).update(withdrawn_at=at, withdrawn_by=by)
    if not count:
        raise refusals.UndoneAlready
    append_audit(
        "absence.certificate_withdrawn", about=certificate.episode, by=by, at=at,
        detail={"certificate": certificate.pk},
    )  # fmt: skip
    brought_up_to_date(certificate.episode)
    untick_paper(certificate, by=by, at=at)
    return certificate


@transaction.atomic
def decide_adjustments(
    certificate: Certificate, *, can_be_made: bool, note: str, by: Account, at: dt.datetime
) -> Certificate:
    """The manager says whether what the note asks for can be done; if not, it means not fit."""
    waiting = Certificate.objects.standing().filter(
        pk=certificate.pk, fitness=Certificate.MAY_BE_FIT, decision=""
    )
    decision = Certificate.MADE if can_be_made else Certificate.CANNOT
    changed = waiting.update(decision=decision, decision_note=note.strip(), decided_at=at, decided_by=by)
    if not changed:
        raise refusals.NothingToDecide
    append_audit(
        "absence.adjustments", about=certificate.episode, by=by, at=at,
        detail={"certificate": certificate.pk, "decision": decision},
    )  # fmt: skip
    tick_decision(certificate, by=by, at=at)
    certificate.refresh_from_db()
    return certificate
