"""A certificate that is entered ticks the steps of the case it came in by, where one waits for the person."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from clocks import sickness
from moothall.absence.models import Certificate, Figure
from moothall.cases.models import Case, Step
from moothall.cases.rules.stepping import reopen_step
from moothall.cases.rules.ticking import tick
from moothall.core.serving import for_the_office
from moothall.people.models import Account

SERVICES: Final = {
    Certificate.NOTE: ("fit_note", "fitness-statement"), Certificate.SELF: ("medical-certificate",),
}  # fmt: skip
FIRST, DECIDED = ("recv", "read", "index"), "advise"
MATCH: Final = "match"
DAY = dt.timedelta(days=1)


@for_the_office()
def tick_paper(certificate: Certificate, *, by: Account | None, at: dt.datetime) -> None:
    """Received, read as valid, matched to its absence; the copy is kept where a scan is with it."""
    case_id = _waiting_case(certificate)
    if case_id is None:
        return
    for key in FIRST:
        tick(case_id, key, by=by, at=at, outcome="valid")
    if certificate.document_id is not None:
        tick(case_id, "return_doc", by=by, at=at)
    for outcome in _matches(certificate):
        if tick(case_id, MATCH, by=by, at=at, outcome=outcome):
            break
    tick(case_id, "diary", by=by, at=at)


def _waiting_case(certificate: Certificate) -> int | None:
    """The oldest open case of this person, on a service for such papers, that nobody has read yet."""
    person = certificate.episode.employment.person_id
    theirs = Case.objects.exclude(status=Case.CLOSED).filter(
        Q(subject=person) | Q(subject=None, requester=person), service__key__in=SERVICES[certificate.kind]
    )
    unread = theirs.filter(steps__key__in=FIRST, steps__state=Step.READY)
    return unread.order_by("received_at", "id").values_list("pk", flat=True).first()


def _matches(certificate: Certificate) -> Sequence[str]:
    """How it fits with those before it: the outcome, and another where a service knows fewer."""
    episode = certificate.episode
    if episode.reported_at == certificate.recorded_at:
        return ("new_episode", "continuous")
    others = episode.certificates.standing().exclude(pk=certificate.pk)
    covers = [each.cover for each in others]
    same = [each for each in covers if each.kind == certificate.kind]
    if any(each.first <= certificate.until_on and each.last >= certificate.from_on for each in same):
        return ("overlap", "continuous")
    figures = Figure.objects.on(episode.first_day, workforce=episode.employment.workforce)
    before = certificate.from_on - DAY
    if before < episode.first_day:
        return ("continuous",)
    missing = sickness.gaps(episode.spell, covers, before, self_days=figures.whole("self_days"))
    return ("gap",) if any(each.first <= before for each in missing) else ("continuous",)


@for_the_office()
def tick_decision(certificate: Certificate, *, by: Account, at: dt.datetime) -> None:
    """Whether what the note asks for can be done is decided: the step of its case that asks for it."""
    step = _ticked(certificate, MATCH)
    if step is not None:
        tick(step.case_id, DECIDED, by=by, at=at)


@for_the_office()
def untick_paper(certificate: Certificate, *, by: Account, at: dt.datetime) -> None:
    """Entered by mistake: what it ticked is to be done again, the last first."""
    for key in ("diary", MATCH, "return_doc", *reversed(FIRST)):
        step = _ticked(certificate, key)
        if step is not None:
            reopen_step(step, by=by, at=at, because=_("The certificate was entered by mistake."))


def _ticked(certificate: Certificate, key: str) -> Step | None:
    """The step that was ticked in the moment the certificate was entered, in a case that is open."""
    person = certificate.episode.employment.person_id
    rows = Step.objects.filter(
        Q(case__subject=person) | Q(case__subject=None, case__requester=person), key=key, state=Step.DONE,
        done_at=certificate.recorded_at, case__service__key__in=SERVICES[certificate.kind],
    )  # fmt: skip
    return rows.exclude(case__status=Case.CLOSED).select_related("case__version").first()
