"""What calendars answer to invitations to sessions: noted once, kept as it came, not believed of others.

Yes and perhaps are noted on the invitation. No gives the place back, as if whoever was invited had done so
themselves; they are written to, so that nobody loses a place unknown. Another time is a question for a
person. An answer that did not come from whoever was invited changes nothing and becomes a question too.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.rules.inviting import host
from moothall.bookings.rules.refusals import span_in_words
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.letters.rules.calendar_answers import (
    ACCEPTED,
    COUNTER,
    DECLINED,
    DELEGATED,
    TENTATIVE,
    CalendarAnswer,
    Heard,
    Sent,
)
from moothall.people.models import Account, ContactPoint
from moothall.people.models.contact_folding import fold_email
from moothall.records.rules.audit import append_audit
from moothall.training.models import InvitationAnswer, Nomination, Session, SessionInvitation

from .nominating import withdraw
from .placing import hold_session
from .wording import days_words, place_address

BEGINS: Final = "training-"
NAMED: Final = re.compile(r"training-(\d{1,18})@(.+)", re.IGNORECASE)
SAID: Final = {
    ACCEPTED: InvitationAnswer.YES, DECLINED: InvitationAnswer.NO, TENTATIVE: InvitationAnswer.MAYBE,
    DELEGATED: InvitationAnswer.OTHER,
}  # fmt: skip
BY_PROGRAM: Final = re.compile(r"\bhas (?:\w+ )?(?:accepted|declined|replied|responded)\b", re.IGNORECASE)
LONGEST_BY_PROGRAM: Final = 600


@dataclass(frozen=True)
class Fate:
    """What becomes of an answer, and what a person reads who has to look at it; empty where nobody has to."""

    becomes: str
    words: str = ""


def hear_answer(answer: CalendarAnswer, sent: Sent, at: dt.datetime) -> Heard:
    """Note it, or say why not. The caller is in a transaction; each message is heard apart."""
    named = NAMED.fullmatch(answer.uid)
    if named is None or named[2].lower() != host().lower():
        return Heard(settled=False)
    session = Session.objects.filter(pk=int(named[1])).first()
    invitation = _invitation(session, answer.attendee) if session is not None else None
    if session is None or invitation is None:
        said = _("It answers an invitation to a course that nobody at %(address)s has. Nothing was changed.")
        return Heard(settled=False, words=said % {"address": answer.attendee or sent.sender})
    return _answered(session.pk, invitation, answer, sent, at)


def _invitation(session: Session, address: str) -> SessionInvitation | None:
    rows = session.invitations.select_related("employment__person")
    return rows.filter(employment__person__in=_people_at(address)).order_by("pk").first()


def _people_at(address: str) -> set[int]:
    """Those whom this mail address belongs to, as an account or as a way to reach them."""
    folded = fold_email(address)
    if not folded:
        return set()
    points = ContactPoint.objects.in_use().filter(kind=ContactPoint.EMAIL, folded=folded)
    accounts = Account.objects.in_use().filter(email__iexact=folded, person__isnull=False)
    found = {each for each in accounts.values_list("person_id", flat=True) if each is not None}
    return found | set(points.order_by().values_list("person_id", flat=True))


@transaction.atomic
def _answered(
    session_id: int, known: SessionInvitation, answer: CalendarAnswer, sent: Sent, at: dt.datetime
) -> Heard:
    session = hold_session(session_id)
    invitation = SessionInvitation.objects.select_for_update(of=("self",)).get(pk=known.pk)
    invitation.employment, invitation.session = known.employment, session
    digest = _digest(answer, sent)
    if invitation.answers.filter(digest=digest).exists():
        return Heard(settled=True)
    words = answer.comment or _own_words(sent)
    place = _place(invitation)
    fate = _fate(invitation, place, answer, sent, words, at)
    kept = _keep(invitation, answer, sent, words, digest, fate.becomes)
    detail = {"answer": kept.answer, "fate": kept.fate, "session": session.pk}
    append_audit("training.calendar_answer", about=place or session, by=None, at=at, detail=detail)
    if not fate.words:
        return Heard(settled=True)
    link = " " + place_address(place) if place is not None else ""
    return Heard(settled=False, words=fate.words + link, asked=_asked(kept.pk))


def _asked(kept: int) -> Callable[[str], None]:
    def note(reference: str) -> None:
        InvitationAnswer.objects.filter(pk=kept).update(question=reference)

    return note


def _digest(answer: CalendarAnswer, sent: Sent) -> str:
    said = " ".join([*answer.raw.split(), sent.sender, *_own_words(sent).split()])
    return hashlib.sha256(said.encode()).hexdigest()


def _own_words(sent: Sent) -> str:
    """What the person wrote beside it; not what their calendar writes for everybody."""
    words = " ".join(sent.words.split())
    if len(words) <= LONGEST_BY_PROGRAM and BY_PROGRAM.search(words):
        return ""
    return words[:1000]


def _place(invitation: SessionInvitation) -> Nomination | None:
    """The place that the invitation was for; of whoever teaches there is none."""
    rows = Nomination.objects.filter(session=invitation.session_id, employment=invitation.employment_id)
    return None if invitation.teaches else rows.select_related("employment__person").order_by("-pk").first()


def _fate(
    invitation: SessionInvitation, place: Nomination | None, answer: CalendarAnswer, sent: Sent, words: str,
    at: dt.datetime,
) -> Fate:  # fmt: skip
    person = invitation.employment.person
    if person.pk not in _people_at(sent.sender):
        said = _("It says to come from %(who)s, who was invited to %(what)s, and came from %(address)s. "
                 "Nothing was changed; ask %(who)s.")  # fmt: skip
        return Fate(InvitationAnswer.REFUSED, said % (_named(invitation) | {"address": sent.sender}))
    says = SAID.get(answer.says, "")
    if answer.method == COUNTER or says in (InvitationAnswer.OTHER, ""):
        return Fate(InvitationAnswer.ASKED, _question(invitation, answer))
    if says == InvitationAnswer.NO:
        return _no(invitation, place, answer, words, at)
    if _is_overtaken(invitation, answer):
        return Fate(InvitationAnswer.LATER)
    if not invitation.stands:
        said = _("%(who)s would come to %(what)s, and has no place there. Say so, or put them forward again.")
        return Fate(InvitationAnswer.ASKED, said % _named(invitation))
    _note(invitation, says, sent.came_at)
    if words:
        said = _(
            "%(who)s answered the invitation to %(what)s, which is noted, and wrote something beside it."
        )
        return Fate(InvitationAnswer.TAKEN, said % _named(invitation))
    return Fate(InvitationAnswer.TAKEN)


def _named(invitation: SessionInvitation) -> dict[str, str]:
    session = invitation.session
    what = f"{session.version.course.name_in('en')}, {days_words(session, 'en')}"
    return {"who": invitation.employment.person.full_name, "what": what}


def _is_overtaken(invitation: SessionInvitation, answer: CalendarAnswer) -> bool:
    """Whether it answers how things stood before, or came after one that was written later."""
    if answer.sequence is not None and answer.sequence < invitation.sequence:
        return True
    later = invitation.answers.filter(fate=InvitationAnswer.TAKEN, stamped_at__gt=answer.stamped_at)
    return answer.stamped_at is not None and later.exists()


def _no(
    invitation: SessionInvitation, place: Nomination | None, answer: CalendarAnswer, words: str,
    at: dt.datetime,
) -> Fate:  # fmt: skip
    """The place is free for others, where that can still be done without a person."""
    if not invitation.stands or (place is not None and not place.stands):
        return Fate(InvitationAnswer.LATER)
    session = invitation.session
    by_hand = (
        place is None or answer.of_one_day or _is_overtaken(invitation, answer)
        or not session.is_standing or session.first_on <= in_london(at).date()
    )  # fmt: skip
    if place is not None and not by_hand:
        because = _("Said no in their calendar: %s") % words if words else _("Said no in their calendar.")
        try:
            with transaction.atomic():
                withdraw(place, by=None, at=at, because=because)
        except Refusal:
            by_hand = True
    if by_hand:
        said = _("%(who)s says no to %(what)s. Nothing was changed: find out what is meant, then withdraw "
                 "the place or ask somebody else to teach.")  # fmt: skip
        return Fate(InvitationAnswer.ASKED, said % _named(invitation))
    invitation.refresh_from_db(fields=["sequence", "stands", "said", "told_at"])
    _note(invitation, InvitationAnswer.NO, at)
    return Fate(InvitationAnswer.TAKEN)


def _note(invitation: SessionInvitation, says: str, at: dt.datetime) -> None:
    SessionInvitation.objects.filter(pk=invitation.pk).update(answer=says, answered_at=at)


def _question(invitation: SessionInvitation, answer: CalendarAnswer) -> str:
    if answer.method != COUNTER:
        said = _("%(who)s would send somebody else to %(what)s. Nothing was changed; answer them.")
        return said % _named(invitation)
    said = _("%(who)s asks for another time for %(what)s: %(when)s. Nothing was changed: answer them, or "
             "move the session.")  # fmt: skip
    return said % (_named(invitation) | {"when": _when(answer)})


def _when(answer: CalendarAnswer) -> str:
    if answer.starts_at is None:
        return _("they do not say which")
    return span_in_words((answer.starts_at, answer.ends_at or answer.starts_at))


def _keep(
    invitation: SessionInvitation, answer: CalendarAnswer, sent: Sent, words: str, digest: str, fate: str
) -> InvitationAnswer:
    asks = answer.method == COUNTER
    return InvitationAnswer.objects.create(
        invitation=invitation, fate=fate, comment=words[:1000], sender=sent.sender[:320],
        answer=InvitationAnswer.TIME if asks else SAID.get(answer.says, InvitationAnswer.OTHER),
        sequence=answer.sequence, stamped_at=answer.stamped_at, came_at=sent.came_at, digest=digest,
        wants_from=answer.starts_at if asks else None, wants_until=answer.ends_at if asks else None,
        raw=answer.raw,
    )  # fmt: skip
