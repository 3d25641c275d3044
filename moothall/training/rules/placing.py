"""Giving a place: what stands in the way is said, the last place goes to one, the team keeps its minimum.

Locks are taken in one order everywhere: one session, then one employment, then lines of the ledger by number.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.credentials.models import Credential
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Course, Nomination, PlaceDay, Session, TeamDay
from moothall.workforce.models import Employment

from .beds import give_bed_to, take_bed_from
from .inviting import in_calendar
from .ledger import give_back, line_words, lines_of, lost_duties, make_sure_of_lines, take
from .resting import Rest, Rests, hours_of_session, unrested
from .rota import ONE, Rota, rota_of
from .telling import tell_of_place, tell_of_waiting


@dataclass(frozen=True)
class Hindrance:
    """Why somebody does not get a place now, and on account of what."""

    why: str
    words: str = ""


def hold_session(session_id: int) -> Session:
    rows = Session.objects.select_for_update(of=("self",)).in_full()
    return rows.get(pk=session_id)


def hold(nomination: Nomination) -> Nomination:
    """The nomination as it now stands, its session and employment held until the transaction ends."""
    session = hold_session(nomination.session_id)
    Employment.objects.select_for_update(no_key=True).get(pk=nomination.employment_id)
    held = Nomination.objects.select_related("employment__person").get(pk=nomination.pk)
    held.session = session
    return held


def missing_before(employment: Employment, session: Session) -> list[Course]:
    """The courses that come first and that they have neither passed nor hold what they give."""
    first = list(session.version.prerequisites.all())
    if not first:
        return []
    passed = Nomination.objects.filter(
        employment__person=employment.person_id, result=Nomination.PASSED,
        session__version__course__in=first, session__last_on__lt=session.first_on,
    )  # fmt: skip
    done = set(passed.order_by().values_list("session__version__course_id", flat=True))
    held = Credential.objects.in_force(session.first_on).filter(person=employment.person_id)
    done |= set(
        Course.objects.filter(versions__grants__in=held.order_by().values("kind")).values_list(
            "pk", flat=True
        )
    )
    return [course for course in first if course.pk not in done]


def find_hindrance(employment: Employment, session: Session) -> Hindrance | None:
    """What stands in the way, apart from places and the team's minimum. Reads only."""
    if missing := missing_before(employment, session):
        return Hindrance(Nomination.FIRST, ", ".join(course.name for course in missing))
    there = PlaceDay.objects.filter(employment=employment, day__in=session.days).order_by("day").first()
    if there is not None:
        return Hindrance(Nomination.CLASH, spoken(there.day))
    rota = rota_of([employment], session.first_on - ONE, session.last_on + ONE)
    return keeps_away(rota, employment.pk, session, Rests().on(session.first_on))


def keeps_away(rota: Rota, who: int, session: Session, rest: Rest | None) -> Hindrance | None:
    """What the rota has against it: absence, and for a session of one day a rest day or too little rest."""
    for day in session.days:
        if away := rota.why_away(who, day):
            return Hindrance(Nomination.AWAY, f"{spoken(day)}: {away}")
        if len(session.days) == 1 and rota.is_rest(who, day):
            return Hindrance(Nomination.AWAY, _("%(day)s: rest day") % {"day": spoken(day)})
    if len(session.days) == 1 and (
        tired := unrested(rota, who, session.days, rest, hours_of_session(session))
    ):
        return Hindrance(Nomination.NIGHT, str(tired[0]))
    return None


def spoken(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _ledger_lines(employment: Employment, session: Session, at: dt.datetime) -> list[TeamDay]:
    """What this place would take from the team, locked."""
    rota = rota_of([employment], session.first_on - ONE, session.last_on + ONE)
    assigned = rota.people[employment.pk].assigned(session.first_on)
    if assigned is None:
        return []
    rest = Rests().on(session.first_on)
    lost = lost_duties(rota, employment.pk, session.days, rest, hours_of_session(session))
    make_sure_of_lines(assigned.unit_id, [day for day, _part in lost], at=at)
    return lines_of(assigned.unit_id, rota.skills.get(employment.pk, set()), lost)


def give_place(held: Nomination, *, by: Account | None, at: dt.datetime, despite: str = "") -> bool:
    """A place if there is one, else the waiting list with the reason. The caller has `hold` on it and is in a
    transaction. `despite` is the reason why a minimum may be gone below, by name."""
    session, employment = held.session, held.employment
    hindrance = find_hindrance(employment, session)
    if hindrance is None and session.left < 1:
        hindrance = Hindrance(Nomination.FULL)
    lines = [] if hindrance else _ledger_lines(employment, session, at)
    short = [line for line in lines if line.left < 1]
    if short and not despite.strip():
        hindrance = Hindrance(Nomination.TEAM, line_words(short[0]))
    if hindrance is None and not _count_in(session):
        hindrance = Hindrance(Nomination.FULL)
    if hindrance is not None:
        _keep_waiting(held, hindrance, by=by, at=at)
        return False
    PlaceDay.objects.bulk_create(
        [PlaceDay(nomination=held, employment=employment, day=day) for day in session.days]
    )
    take(held, lines, by=by, at=at, despite=despite)
    held.state, held.waits_because, held.waits_for, held.placed_at = Nomination.PLACED, "", "", at
    held.save(update_fields=["state", "waits_because", "waits_for", "placed_at"])
    detail = {"session": session.pk} | ({"despite": despite.strip()[:300]} if short else {})
    append_audit("training.place", about=held, by=by, at=at, detail=detail)
    give_bed_to(held, by=by, at=at)
    tell_of_place(held, by=by, at=at)
    return True


def _count_in(session: Session) -> int:
    """The last place goes to one: the database counts, whatever anybody read before."""
    free = Session.objects.filter(pk=session.pk, cancelled_at=None, taken__lt=F("capacity"))
    return free.update(taken=F("taken") + 1)


def _keep_waiting(held: Nomination, hindrance: Hindrance, *, by: Account | None, at: dt.datetime) -> None:
    before = (held.state, held.waits_because, held.waits_for)
    lost = before[0] == Nomination.WAITING and in_calendar(held.session, held.employment)
    held.state, held.waits_because, held.waits_for = Nomination.WAITING, hindrance.why, hindrance.words[:300]
    if before == (held.state, held.waits_because, held.waits_for) and not lost:
        return
    held.save(update_fields=["state", "waits_because", "waits_for"])
    append_audit("training.wait", about=held, by=by, at=at, detail={"why": hindrance.why})
    if before[0] != Nomination.WAITING or lost:
        tell_of_waiting(held, by=by, at=at)


def free_place(held: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    """The place and what it took are there again. The caller says in what state the nomination is then."""
    if held.state != Nomination.PLACED:
        return
    Session.objects.filter(pk=held.session_id).update(taken=F("taken") - 1)
    held.days.all().delete()
    give_back(held)
    take_bed_from(held, by=by, at=at)


def fill_session(session_id: int, *, at: dt.datetime, today: dt.date) -> int:
    """Those who wait get what places there are, in turn, each in its own transaction. May run again."""
    waiting = Nomination.objects.in_turn().filter(
        session=session_id, session__cancelled_at=None, session__first_on__gt=today
    )
    return sum(_try_again(each, at=at) for each in waiting)


@transaction.atomic
def _try_again(nomination: Nomination, *, at: dt.datetime) -> bool:
    held = hold(nomination)
    if held.state != Nomination.WAITING or not held.session.is_standing:
        return False
    return give_place(held, by=None, at=at)


def fill_all(*, at: dt.datetime, today: dt.date) -> int:
    """Every session to come for which somebody waits: teams, leave and courses passed have changed."""
    waiting = Nomination.objects.filter(state=Nomination.WAITING, session__first_on__gt=today)
    sessions = set(waiting.order_by().values_list("session_id", flat=True))
    return sum(fill_session(each, at=at, today=today) for each in sorted(sessions))
