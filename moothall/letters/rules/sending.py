"""Sending what is due: claimed by one worker, handed over once, and its outcome written down."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from moothall.core.refusals import Refusal
from moothall.letters.models import MAIL, Letter
from moothall.records.rules.audit import append_audit, append_audits, audit_event

from . import posting
from .carriers import nobody
from .composing import compose
from .posting import Outcome, Post

SILENCE = dt.timedelta(minutes=5)
SERVER_AWAY = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=4)
MOST_ATTEMPTS = 25  # the last about three days after the first
NOBODY_KNOWS = "The connection was lost after the letter was handed over."


def claim_letters(*, limit: int, at: dt.datetime, among: Q | None = None) -> list[Letter]:
    """Take letters that are due, so that no other worker takes them too; committed before any talk.

    A letter waits while an earlier one to the same address is on its way. `among` leaves out those whose way
    out is shut.
    """
    earlier = Letter.objects.filter(
        Q(state=Letter.SENDING)
        | Q(state=Letter.QUEUED) & (Q(send_after__lte=at) | Q(claimed_at__isnull=False)),
        channel=MAIL,
        to_address=OuterRef("to_address"),
        pk__lt=OuterRef("pk"),
    )
    with transaction.atomic(durable=True):
        due = (
            Letter.objects.filter(~Exists(earlier), state=Letter.QUEUED, channel=MAIL, send_after__lte=at)
            .filter(Q(useless_after=None) | Q(useless_after__gte=at), among or Q())
            .order_by("send_after", "pk")
            .select_for_update(skip_locked=True, of=("self",))[:limit]
        )
        letters = list(due)
        for letter in letters:
            letter.state, letter.claimed_at, letter.attempts = Letter.SENDING, at, letter.attempts + 1
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
            state=Letter.SENDING, claimed_at=at, attempts=F("attempts") + 1
        )
    return letters


def send_claimed(letter: Letter, *, post: Post, at: dt.datetime) -> Outcome:
    """Hand a claimed letter to the mail server and write down what became of it."""
    try:
        outcome = post.send(compose(letter, at=at))
    except Refusal as refusal:
        outcome = Outcome(posting.REFUSED, str(refusal))
    settle(letter, outcome, at=at, sent=post.carriers.of(letter.from_address).sent)
    return outcome


def send_next(*, post: Post, clock: Callable[[], dt.datetime]) -> bool:
    """Send one letter that is due; the answer is whether there may be more to do now."""
    among = post.carriers.open_to()
    letters = claim_letters(limit=1, at=clock(), among=among) if among is not None else []
    if not letters:
        return False
    send_claimed(letters[0], post=post, at=clock())
    return post.carriers.open_to() is not None


@transaction.atomic
def settle(
    letter: Letter, outcome: Outcome, *, at: dt.datetime, sent: Callable[[Letter], None] = nobody
) -> None:
    """Write the outcome of one attempt, unless a person has settled the letter meanwhile."""
    changes = changes_after(letter, outcome, at)
    ours = Letter.objects.filter(
        pk=letter.pk, claimed_at=letter.claimed_at, state__in=(Letter.SENDING, Letter.MAYBE_SENT)
    )
    if ours.update(**changes):
        verb = f"letters.{outcome.kind}"
        append_audit(verb, about=letter, by=None, at=at, detail={"attempt": letter.attempts})
        letter.refresh_from_db()
        if outcome.kind == posting.SENT:
            sent(letter)


def changes_after(letter: Letter, outcome: Outcome, at: dt.datetime) -> dict[str, Any]:
    if outcome.kind == posting.SENT:
        return {"state": Letter.SENT, "sent_at": at, "problem": outcome.words}
    if outcome.kind == posting.UNKNOWN:
        return {"state": Letter.MAYBE_SENT, "problem": f"{NOBODY_KNOWS} {outcome.words}"}
    if outcome.kind == posting.REFUSED or gave_up(letter, outcome):
        return {"state": Letter.FAILED, "problem": outcome.words}
    waiting = {"state": Letter.QUEUED, "problem": outcome.words}
    if outcome.kind == posting.UNREACHABLE:  # not this letter's fault: it counts as no attempt
        return waiting | {"send_after": at + SERVER_AWAY, "attempts": letter.attempts - 1}
    return waiting | {"send_after": at + wait_after(letter.attempts)}


def gave_up(letter: Letter, outcome: Outcome) -> bool:
    return outcome.kind == posting.LATER and letter.attempts >= MOST_ATTEMPTS


def wait_after(attempts: int) -> dt.timedelta:
    """One minute after the first attempt, then twice as long each time, four hours at most."""
    return min(dt.timedelta(minutes=2 ** min(attempts - 1, 12)), LONGEST_WAIT)


@transaction.atomic
def settle_silence(*, at: dt.datetime) -> int:
    """Letters whose worker died while sending may have left: a person has to look."""
    silent = list(
        Letter.objects.filter(state=Letter.SENDING, channel=MAIL, claimed_at__lt=at - SILENCE)
        .order_by("pk")
        .select_for_update(skip_locked=True)
    )
    append_audits(audit_event("letters.silent", about=letter, by=None, at=at) for letter in silent)
    return Letter.objects.filter(pk__in=[letter.pk for letter in silent]).update(
        state=Letter.MAYBE_SENT, problem="The worker stopped while it was sending the letter."
    )
