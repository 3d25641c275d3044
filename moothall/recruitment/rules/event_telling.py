"""Candidates and those who assess hear when and where they come: each once, with a file for their calendar.

A calendar has one event for as long as somebody is in it: asked (REQUEST), put right under the same name with
a higher number, or taken out (CANCEL).
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from moothall.bookings.rules.diary import CANCEL, REQUEST, DiaryLine
from moothall.bookings.rules.inviting import host, invitation
from moothall.bookings.rules.refusals import span_in_words
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.letters.rules.outbox import queue_letter
from moothall.recruitment.models import (
    Assessing,
    AssessorNotice,
    EventAssessor,
    EventCandidate,
    EventNotice,
    EventResult,
    EventSeat,
    SelectionEvent,
)

from .event_wording import CHANGED, INVITED, OFF, RESULT
from .telling import tell

TELL: Final = "recruitment.tell_event"
Seats = Sequence[EventSeat]
Duties = Sequence[Assessing]


def tell_soon(event: SelectionEvent, *, only_told: bool = False) -> None:
    """A worker writes to everybody who has not heard how it stands, once this transaction stands."""
    app.configure_task(TELL).defer(event_id=event.pk, only_told=only_told)


def _digest(rows: Sequence[tuple[object, ...]]) -> str:
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest() if rows else ""


def fingerprint(seats: Seats) -> str:
    """Of what a candidate is told: what, when and where."""
    rows = [each.sitting for each in seats]
    return _digest([
        (one.exercise_id, one.begins_at.isoformat(), one.ends_at.isoformat(), one.room_id) for one in rows
    ])  # fmt: skip


def fingerprint_of_duties(duties: Duties) -> str:
    return _digest([
        (one.sitting.exercise_id, one.span.lower.isoformat(), one.span.upper.isoformat(), one.sitting.room_id)
        for one in duties
    ])  # fmt: skip


def seats_by_candidate(event: SelectionEvent) -> Mapping[int, list[EventSeat]]:
    rows = EventSeat.objects.filter(sitting__event=event, candidate__isnull=False)
    found: dict[int, list[EventSeat]] = defaultdict(list)
    for each in rows.select_related("sitting__exercise", "sitting__room__place").order_by(
        "sitting__begins_at"
    ):
        found[each.candidate_id or 0].append(each)
    return found


def duties_by_assessor(event: SelectionEvent) -> Mapping[int, list[Assessing]]:
    found: dict[int, list[Assessing]] = defaultdict(list)
    rows = Assessing.objects.filter(sitting__event=event)
    for each in rows.select_related("sitting__exercise", "sitting__room__place").order_by(
        "sitting__begins_at"
    ):
        found[each.assessor_id].append(each)
    return found


def to_tell(event: SelectionEvent) -> tuple[list[EventCandidate], list[EventAssessor]]:
    """Who has not heard how it stands now."""
    seats, duties, results = seats_by_candidate(event), duties_by_assessor(event), _results(event)
    people = event.candidates.in_full().select_related("notice")
    staff = event.assessors.select_related("notice", "account__person")
    return (
        [
            each for each in people
            if _differs(_notice(each), fingerprint(_of(each, seats)))
            or (each.pk in results and getattr(_notice(each), "result", "") != str(results[each.pk].pk))
        ],
        [each for each in staff if _differs(_notice(each), fingerprint_of_duties(duties.get(each.pk, [])))],
    )  # fmt: skip


def _of(candidate: EventCandidate, seats: Mapping[int, list[EventSeat]]) -> list[EventSeat]:
    gone = candidate.removed_at is not None or candidate.application.is_withdrawn
    return [] if gone else seats.get(candidate.pk, [])


def _notice(one: EventCandidate | EventAssessor) -> EventNotice | AssessorNotice | None:
    return getattr(one, "notice", None)


def _differs(notice: EventNotice | AssessorNotice | None, said: str) -> bool:
    return said != (notice.said if notice is not None and notice.stands else "")


def _results(event: SelectionEvent) -> dict[int, EventResult]:
    rows = EventResult.objects.standing().filter(candidate__event=event).select_related("reason")
    return {each.candidate_id: each for each in rows}


@for_the_office()
def tell_event(event_id: int, *, at: dt.datetime, only_told: bool = False) -> int:
    """Write to everybody who has not heard; the answer is to how many. Safe to call twice."""
    event = SelectionEvent.objects.in_full().filter(pk=event_id).first()
    if event is None:
        return 0
    people, staff = to_tell(event)
    seats, duties, results = seats_by_candidate(event), duties_by_assessor(event), _results(event)
    if only_told:
        people = [each for each in people if _notice(each) is not None]
        staff = [each for each in staff if _notice(each) is not None]
    told = sum(tell_candidate(each, _of(each, seats), at=at) for each in people)
    told += sum(_tell_result(each, results[each.pk], at=at) for each in people if each.pk in results)
    return told + sum(_tell_assessor(event, each, duties.get(each.pk, []), at=at) for each in staff)


@transaction.atomic
def tell_candidate(candidate: EventCandidate, seats: Seats, *, at: dt.datetime) -> bool:
    """In their language, with the file for their calendar; nothing where they have heard it."""
    said, stands = fingerprint(seats), bool(seats)
    known = _notice(candidate)
    if not _differs(known, said):
        return False
    row = EventNotice.objects.select_for_update(of=("self",)).filter(candidate=candidate).first()
    words = (CHANGED if row is not None and row.stands else INVITED) if stands else OFF
    row = row or EventNotice(candidate=candidate, sequence=-1, said="")
    row.sequence, row.stands, row.told_at = row.sequence + 1, stands, at
    application, language = candidate.application, candidate.application.language
    line = line_of(candidate, seats, language=language, sequence=row.sequence, said=row)
    row.said = said or row.said
    method = REQUEST if stands else CANCEL
    file = invitation(line, to=application.email, method=method, by=None, at=at)
    facts = fields_of_day(candidate, seats, language)
    if tell(words, application, at=at, known=facts, documents=[file]) is None:
        transaction.set_rollback(True)
        return False
    row.save()
    return True


def line_of(
    candidate: EventCandidate, seats: Seats, *, language: str, sequence: int, said: EventNotice
) -> DiaryLine:
    """Their whole day as one event. One that is gone keeps the day it was on."""
    event = candidate.event
    if seats:
        begins, ends = seats[0].sitting.begins_at, max(each.sitting.ends_at for each in seats)
    else:
        begins, ends = event.days.all()[0].span
    return DiaryLine(
        uid=f"selection-candidate-{candidate.pk}@{host()}", edition=sequence + 1, starts_at=begins,
        ends_at=ends, title=event.name_in(language), where=_where(seats, language),
        note=event.about_in(language), gone=not said.stands,
    )  # fmt: skip


def _where(seats: Seats, language: str) -> str:
    if not seats:
        return ""
    room = seats[0].sitting.room
    return f"{room.place.name_in(language)}, {room.name_in(language)}"


def fields_of_day(candidate: EventCandidate, seats: Seats, language: str) -> dict[str, str]:
    """What a letter says of somebody's day."""
    event = candidate.event
    with translation.override(LANGUAGES[language]):
        span = (seats[0].sitting.begins_at, max(each.sitting.ends_at for each in seats)) if seats else None
        until = date_in(language, event.choose_until) if event.choose_until else ""
        choose = _("You can take another time until %(day)s, on your own page.") % {"day": until}
        return {
            "event.name": event.name_in(language), "event.when": span_in_words(span) if span else "",
            "event.where": _where(seats, language), "event.about": event.about_in(language),
            "event.what": "; ".join(sitting_in_words(each, language) for each in seats),
            "event.help": ", ".join(help_in_words(candidate)),
            "event.choose": choose if event.spare and until else "",
        }  # fmt: skip


def sitting_in_words(seat: EventSeat, language: str) -> str:
    one = seat.sitting
    begins, ends = in_london(one.begins_at), in_london(one.ends_at)
    return f"{begins:%H:%M}–{ends:%H:%M} {one.exercise.name_in(language)}, {one.room.name_in(language)}"


def help_in_words(candidate: EventCandidate) -> list[str]:
    """What was agreed, each in a few words of the language now spoken."""
    longer = _("%(percent)s%% more time") % {"percent": candidate.longer}
    rest = _("%(minutes)s minutes between exercises") % {"minutes": candidate.rest}
    interpreter = _("an interpreter (%(language)s)") % {"language": candidate.interpreter}
    return [
        words for given, words in (
            (candidate.longer, longer), (candidate.rest, rest), (candidate.step_free, _("a step-free room")),
            (candidate.companion, _("somebody with you")), (candidate.interpreter, interpreter),
            (candidate.welsh, _("in Welsh")),
        ) if given
    ]  # fmt: skip


@transaction.atomic
def _tell_result(candidate: EventCandidate, result: EventResult, *, at: dt.datetime) -> bool:
    row = EventNotice.objects.select_for_update(of=("self",)).filter(candidate=candidate).first()
    if row is not None and row.result == str(result.pk):
        return False
    language = candidate.application.language
    with translation.override(LANGUAGES[language]):
        known = {
            "event.name": candidate.event.name_in(language), "event.result": result.get_outcome_display(),
            "event.reason": result.reason.name_in(language),
        }  # fmt: skip
    if tell(RESULT, candidate.application, at=at, known=known) is None:
        return False
    row = row or EventNotice(candidate=candidate, stands=False)
    row.result, row.told_at = str(result.pk), at
    row.save()
    return True


@transaction.atomic
def _tell_assessor(event: SelectionEvent, one: EventAssessor, duties: Duties, *, at: dt.datetime) -> bool:
    said, stands = fingerprint_of_duties(duties), bool(duties)
    row = AssessorNotice.objects.select_for_update(of=("self",)).filter(assessor=one).first()
    row = row or AssessorNotice(assessor=one, sequence=-1)
    row.sequence, row.stands, row.said, row.told_at = row.sequence + 1, stands, said, at
    account = one.account
    language = "cy" if account.language == "cy" else "en"
    line = _line_of_duties(one, duties, language, row)
    file = invitation(line, to=account.email, method=REQUEST if stands else CANCEL, by=None, at=at)
    link = settings.PUBLIC_URL.rstrip("/") + reverse("my_assessing_day", args=[one.pk])
    with translation.override(LANGUAGES[language]):
        days = ", ".join(date_format(day, "j F Y") for day in line.days)
        known = {"event": event.name_in(language), "days": days, "link": link}
        if stands:
            subject, body = _("You assess: %(event)s, %(days)s") % known, _(
                "You assess at %(event)s on %(days)s. The file puts it into your calendar, or puts it right "
                "there.\n\nWhom you see when and where: %(link)s\n\nIf you know one of them, say so there "
                "before the day."
            ) % known  # fmt: skip
        else:
            subject, body = (
                _("You do not assess: %(event)s") % known,
                _("You do not assess at %(event)s any more. The file takes it out of your calendar.") % known,
            )
    queue_letter(
        about=event, person=account.person, channel=MAIL, language=language, to_address=account.email,
        to_name=account.name, from_address="", from_name="", subject=subject, body=body, by=None, at=at,
        automatic=True, documents=[file],
    )  # fmt: skip
    row.save()
    return True


def _line_of_duties(one: EventAssessor, duties: Duties, language: str, row: AssessorNotice) -> DiaryLine:
    """From the first to the last of a day, on each of their days."""
    spans = [(in_london(each.span.lower), in_london(each.span.upper)) for each in duties]
    spans = spans or [(in_london(a), in_london(b)) for a, b in (one.event.days.all()[0].span,)]
    days = sorted({begins.date() for begins, _ends in spans})
    first, last = min(each[0].time() for each in spans), max(each[1].time() for each in spans)
    zone = spans[0][0].tzinfo
    return DiaryLine(
        uid=f"selection-{one.event_id}-assessor-{one.pk}@{host()}", edition=row.sequence + 1,
        starts_at=dt.datetime.combine(days[0], first, tzinfo=zone), days=tuple(days),
        ends_at=dt.datetime.combine(days[0], last, tzinfo=zone), title=one.event.name_in(language),
        where=duties[0].sitting.room.place.name_in(language) if duties else "", gone=not row.stands,
    )  # fmt: skip
