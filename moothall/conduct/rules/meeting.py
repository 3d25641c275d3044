"""Meetings about a matter: arranged, invited to in time, put off once, held or cancelled."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.cases.models import Entry
from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import Matter, Meeting, Party
from moothall.core.clock import in_london
from moothall.letters.models import Letter
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.people.models import Account

from . import periods
from .holding import hold, put_on_timeline, write
from .refusals import (
    InThePast,
    NoSafety,
    NoticeTooShort,
    NotOpen,
    NotYetBegun,
    PostponedAlready,
    PostponedTooFar,
    SatBefore,
)
from .telling import Sent, send_to_them


@dataclass(frozen=True)
class Slot:
    """When and where."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str

    @property
    def day(self) -> dt.date:
        return in_london(self.starts_at).date()


@transaction.atomic
def arrange_meeting(
    matter: Matter, *, kind: str, slot: Slot, chair: Party | None, by: Account | None, at: dt.datetime,
    safety: str = "", notice_agreed: str = "",
) -> Meeting:  # fmt: skip
    """Nobody is told yet. A formal meeting leaves room for its notice from today, or says why not."""
    hold(matter, by=by)
    if slot.starts_at <= at:
        raise InThePast
    if kind == Meeting.HOME_VISIT and not safety.strip():
        raise NoSafety
    if kind in Meeting.FORMAL:
        refuse_short_notice(matter, slot.day, notice_on=in_london(at).date(), agreed=notice_agreed)
        refuse_who_sat_before(matter, chair, kind=kind)
    meeting = Meeting.objects.create(
        matter=matter, kind=kind, starts_at=slot.starts_at, ends_at=slot.ends_at, place=slot.place.strip(),
        chair=chair, safety=safety.strip(), notice_agreed=notice_agreed.strip(), arranged_by=by,
        arranged_at=at,
    )  # fmt: skip
    write("arrange", matter, by=by, at=at, meeting=meeting.pk, kind=kind, day=meeting.day.isoformat())
    return meeting


def refuse_short_notice(matter: Matter, day: dt.date, *, notice_on: dt.date, agreed: str) -> None:
    """Unless a shorter notice was agreed in writing; the refusal names the first day there can be."""
    procedure = matter.procedure
    if agreed.strip() or periods.notice_is_long_enough(procedure, notice_on=notice_on, meeting_on=day):
        return
    language = "cy" if translation.get_language() == "cy" else "en"
    first = date_in(language, periods.earliest_meeting(procedure, notice_on=notice_on))
    raise NoticeTooShort(
        _("The notice is too short: with notice given that day, %(first)s is the first day it can be.")
        % {"first": first}
    )


def refuse_who_sat_before(matter: Matter, chair: Party | None, *, kind: str) -> None:
    """Whoever investigates does not chair a hearing, and who chaired one does not hear the appeal."""
    if chair is None:
        return
    barred = list(matter.parties.filter(part=Party.INVESTIGATOR))
    if kind == Meeting.APPEAL:
        heard = matter.meetings.filter(kind=Meeting.HEARING, cancelled_at=None).exclude(chair=None)
        barred += [each.chair for each in heard.select_related("chair") if each.chair is not None]
    if any(chair.is_same_as(each) for each in barred):
        raise SatBefore


@transaction.atomic
def invite(
    meeting: Meeting, *, sent: Sent, by: Account, at: dt.datetime, given_on: dt.date | None = None,
    notice_agreed: str = "",
) -> Letter | None:  # fmt: skip
    """Notice is given by this letter, or was given by hand on a day; too short a one is refused."""
    fresh = _held(meeting, by=by)
    notice_on = given_on or in_london(at).date()
    agreed = notice_agreed.strip() or fresh.notice_agreed
    if fresh.is_formal:
        refuse_short_notice(fresh.matter, fresh.day, notice_on=notice_on, agreed=agreed)
    letter = send_to_them(fresh.matter, sent, by=by, at=at)
    Meeting.objects.filter(pk=fresh.pk).update(notice_on=notice_on, notice_agreed=agreed, letter=letter)
    write("invite", fresh.matter, by=by, at=at, meeting=fresh.pk, notice_on=notice_on.isoformat())
    return letter


@transaction.atomic
def name_companion(meeting: Meeting, *, state: str, name: str, by: Account, at: dt.datetime) -> Meeting:
    """Whether somebody comes with them, and who."""
    fresh = _held(meeting, by=by)
    if state == Meeting.NAMED:
        need_reason(name)
    said = name.strip() if state == Meeting.NAMED else ""
    Meeting.objects.filter(pk=fresh.pk).update(companion_state=state, companion=said)
    write("companion", fresh.matter, by=by, at=at, meeting=fresh.pk, state=state)
    return fresh


@transaction.atomic
def postpone(
    meeting: Meeting, *, slot: Slot, because: str, by: Account, at: dt.datetime, agreed: str = ""
) -> Meeting:
    """Put off once, because the companion cannot come, and not far; further where that was agreed."""
    fresh = _held(meeting, by=by)
    need_reason(because)
    if slot.starts_at <= at:
        raise InThePast
    procedure = fresh.matter.procedure
    if fresh.is_formal:
        if fresh.edition > procedure.postpone_times:
            raise PostponedAlready
        if slot.day > periods.latest_postponement(procedure, first_on=fresh.day) and not agreed.strip():
            raise PostponedTooFar
    Meeting.objects.filter(pk=fresh.pk).update(
        first_starts_at=fresh.first_starts_at or fresh.starts_at, starts_at=slot.starts_at,
        ends_at=slot.ends_at, place=slot.place.strip(), postponed_at=at, edition=fresh.edition + 1,
        postponed_because="\n".join(filter(None, (because.strip(), agreed.strip()))),
    )  # fmt: skip
    write("postpone", fresh.matter, by=by, at=at, meeting=fresh.pk, day=slot.day.isoformat())
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def hold_meeting(
    meeting: Meeting, *, attended: bool, outcome: str, notes: str, by: Account, at: dt.datetime
) -> Meeting:
    """It was held: who came, what came of it, and the notes, which go to the timeline."""
    fresh = _held(meeting, by=by)
    need_reason(outcome)
    if fresh.starts_at > at:
        raise NotYetBegun
    Meeting.objects.filter(pk=fresh.pk).update(
        held_at=at, was_attended=attended, outcome=outcome.strip()[:300], notes=notes.strip()
    )
    words = f"{fresh.get_kind_display()}: {outcome.strip()}\n\n{notes.strip()}".strip()
    put_on_timeline(fresh.matter, words, by=by, at=at, kind=Entry.COUNTER)
    write("held", fresh.matter, by=by, at=at, meeting=fresh.pk, attended=attended)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, because: str, by: Account, at: dt.datetime) -> Meeting:
    fresh = _held(meeting, by=by)
    need_reason(because)
    Meeting.objects.filter(pk=fresh.pk).update(cancelled_at=at, cancelled_because=because.strip())
    write("cancel", fresh.matter, by=by, at=at, meeting=fresh.pk)
    return fresh


def _held(meeting: Meeting, *, by: Account) -> Meeting:
    hold(meeting.matter, by=by)
    fresh = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    fresh.matter = meeting.matter
    if not fresh.is_open:
        raise NotOpen
    return fresh


def said_in(language: str, meeting: Meeting) -> dict[str, str]:
    """What a letter about a meeting may say."""
    starts = in_london(meeting.starts_at)
    with translation.override(LANGUAGES[language]):
        time = starts.strftime("%H:%M")
        kind = str(dict(Meeting.KINDS)[meeting.kind])
    return {
        "meeting.kind": kind, "meeting.day": date_in(language, starts.date()), "meeting.time": time,
        "meeting.place": meeting.place, "meeting.chair": meeting.chair.name if meeting.chair else "",
    }  # fmt: skip
