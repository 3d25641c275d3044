"""Certificates one after another: each goes to the absence it is for, and begins one where there is none."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from moothall.absence.models import Certificate, Episode, EpisodeChange, Reason
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.workforce.models import Employment

from .certifying import Paper, record_certificate, withdraw_certificate
from .refusals import EnteredAlready
from .reporting import Report, report_absence, undo_change

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Entered:
    certificate: Certificate
    begun: bool
    """Whether the absence began with it."""


def open_absence(employment: Employment) -> Episode | None:
    """The absence that goes on, else the latest."""
    rows = Episode.objects.standing().filter(employment=employment).select_related("employment", "reason")
    return rows.filter(last_day=None).first() or rows.order_by("-first_day", "-id").first()


def absence_for(employment: Employment, first: dt.date, last: dt.date) -> Episode | None:
    """The absence that a certificate of these days is for: the latest that it speaks of."""
    rows = Episode.objects.standing().filter(employment=employment, first_day__lte=last)
    rows = rows.filter(Q(last_day=None) | Q(last_day__gte=first))
    return rows.order_by("-first_day").first()


@transaction.atomic
def enter_certificate(
    employment: Employment, *, paper: Paper, reason: Reason | None, document: Document | None, by: Account,
    at: dt.datetime,
) -> Entered:  # fmt: skip
    """Match a certificate to its absence and keep it there; with none, the absence begins with it."""
    held = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    episode = absence_for(held, paper.from_on, paper.until_on)
    begun = episode is None
    if episode is None:
        report = Report(reason=reason, first_day=paper.from_on)
        episode = report_absence(held, report=report, by=by, at=at)
    elif reason is not None and episode.reason_id is None:
        Episode.objects.filter(pk=episode.pk).update(reason=reason, counts=reason.counts)
    same = episode.certificates.standing().filter(
        kind=paper.kind, from_on=paper.from_on, until_on=paper.until_on
    )
    if same.exists():
        raise EnteredAlready
    made = record_certificate(episode, paper=paper, document=document, by=by, at=at)
    return Entered(made, begun)


@transaction.atomic
def undo_entry(certificate: Certificate, *, by: Account, at: dt.datetime) -> None:
    """Take back what was entered last: the certificate, and the absence where it began with it alone."""
    withdraw_certificate(certificate, by=by, at=at)
    episode = certificate.episode
    changes = list(episode.changes.filter(undone_at=None)[:2])
    begun_with_it = [each.kind for each in changes] == [EpisodeChange.BEGUN] and (
        changes[0].at == certificate.recorded_at and changes[0].by_id == certificate.recorded_by_id
    )
    if begun_with_it and not episode.certificates.standing().exists():
        undo_change(changes[0], by=by, at=at)
