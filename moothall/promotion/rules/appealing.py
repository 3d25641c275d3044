"""A candidate asks for a result to be looked at again; whoever decides says why."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import LANGUAGES
from moothall.people.models import Account
from moothall.promotion.models import Appeal
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application

from . import pool
from .checking import held
from .going_on import UNSUCCESSFUL, board_of, end, finish, ready_step, write
from .refusals import AppealedAlready, AppealOver, NotDecided, ReasonNeeded


def may_appeal(application: Application, *, on: dt.date) -> bool:
    """Until the last day of the window, and once."""
    step = ready_step(application, "appeal")
    in_time = step is not None and (step.due_on is None or step.due_on >= on)
    return in_time and not Appeal.objects.filter(application=application).exists()


@for_the_office()
@transaction.atomic
def ask_for_appeal(application: Application, *, because: str, by: Account, at: dt.datetime) -> Appeal:
    """By the candidate."""
    fresh = held(application)
    if not because.strip():
        raise ReasonNeeded
    if Appeal.objects.filter(application=fresh).exists():
        raise AppealedAlready
    if not may_appeal(fresh, on=in_london(at).date()):
        raise AppealOver
    try:
        with transaction.atomic():
            made = Appeal.objects.create(application=fresh, because=because.strip(), asked_at=at)
    except IntegrityError as twice:
        raise AppealedAlready from twice
    append_audit("promotion.ask_for_appeal", about=fresh, by=by, at=at)
    return made


@for_the_office()
@transaction.atomic
def decide_appeal(appeal: Appeal, *, outcome: str, reasons: str, by: Account, at: dt.datetime) -> Appeal:
    """Upheld, the candidate goes into the pool after the others of the board; dismissed, it ends here."""
    fresh = held(appeal.application)
    row = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if row.decided_at is not None:
        raise NotDecided
    if not reasons.strip():
        raise ReasonNeeded
    finish(fresh, "appeal", by=by, at=at, outcome=outcome)
    row.outcome, row.reasons, row.decided_at, row.decided_by = outcome, reasons.strip(), at, by
    row.save(update_fields=["outcome", "reasons", "decided_at", "decided_by"])
    until: dt.date | None = None
    if outcome == Appeal.UPHELD:
        board = board_of(fresh)
        last = board.rank.pool.filter(application__campaign=board.campaign_id).count()
        kept = pool.enter(fresh, rank=board.rank, place=last + 1, marks=None, on=in_london(at).date())
        until = kept.until_on
    with override(LANGUAGES[fresh.language]):
        said = _("Your appeal is upheld.") if outcome == Appeal.UPHELD else _("Your appeal is dismissed.")
    write("board_appeal_outcome", fresh, at=at, outcome=said, because=reasons.strip(), until=until)
    if outcome != Appeal.UPHELD:
        end(fresh, UNSUCCESSFUL, by=by, at=at)
    append_audit("promotion.decide_appeal", about=fresh, by=by, at=at, detail={"outcome": outcome})
    return row
