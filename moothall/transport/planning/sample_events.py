"""What the last two days of a sample office brought besides: checks, a late run, somebody not there, word to
families, an incident. Each by the rule that the office itself goes by."""

import datetime as dt
import uuid
from collections.abc import Sequence
from random import Random
from typing import Final

from django.utils.translation import gettext as _

from moothall.core.clock import LONDON
from moothall.core.packs import Pack
from moothall.people.models import Account
from moothall.transport.models import Duty, Manning, Passing, Press
from moothall.transport.models.crew import DRIVER
from moothall.transport.models.incident import INCIDENT
from moothall.transport.models.journey import TO
from moothall.transport.rules import late
from moothall.transport.rules.accounting import owner_of_all
from moothall.transport.rules.concerned import concerned_by_runs, digest_of
from moothall.transport.rules.day_notices import tell_words
from moothall.transport.rules.incidents import report_incident
from moothall.transport.rules.not_there import was_not_there
from moothall.transport.rules.vehicle_checks import Answer, check_vehicle, items_for, mend

MINUTE: Final = dt.timedelta(minutes=1)
FOUND: Final = (
    ("bodywork", "Scratch on the rear near-side door, about a hand long.", False),
    ("mirrors", "Washer bottle empty.", True),
)


def bring_events(pack: Pack, days: Sequence[dt.date]) -> None:
    dice = Random(f"{pack.key}/{pack.seed}/events")  # noqa: S311 # nosec B311  (a sample)
    for number, day in enumerate(days):
        duties = _duties(day)
        _check(pack, duties, dice, found=FOUND[number % len(FOUND)])
    before = _duties(days[0])
    gone = [each for each in before if _passed(each)]
    if len(gone) > 3 and len(days) > 1:
        _late(gone[1])
        _not_there(gone[2])
        _odd(gone[0], gone[3], dice)
        _incident(gone[3])
        _word(gone[1], days[0])
    for each in _duties(days[-1]):
        if passed := _passed(each):
            late.note_seen(each.run, day=each.day, minutes=passed[-1].minutes_late, at=passed[-1].at)


def _duties(day: dt.date) -> list[Duty]:
    """Runs of that day, those of the morning first."""
    rows = Duty.objects.filter(day=day).select_related("run__plan", "run__kind", "run__depot", "vehicle")
    return sorted(rows, key=lambda each: (each.run.direction != TO, each.run.leaves_at, each.run.number))


def _passed(duty: Duty) -> list[Passing]:
    return list(Passing.objects.of_run(duty.run, duty.day).select_related("run__plan", "call", "by"))


def _driver(duty: Duty) -> Account | None:
    place = Manning.objects.filter(duty=duty, role=DRIVER, member__isnull=False).first()
    if place is None or place.member is None:
        return None
    return Account.objects.filter(person=place.member.employment.person_id).first()


def _pressed(duty: Duty, by: Account, at: dt.datetime, what: str, found: str, dice: Random) -> Press:
    return Press.objects.create(
        key=uuid.UUID(int=dice.getrandbits(128), version=4), by=by, run=duty.run, day=duty.day,
        said={"duty": str(duty.pk), "what": what}, pressed_at=at, received_at=at, found=found,
    )  # fmt: skip


def _check(pack: Pack, duties: Sequence[Duty], dice: Random, found: tuple[str, str, bool]) -> None:
    """Every vehicle before its first run, as far as the day has come."""
    key, words, mended = found
    done: set[int] = set()
    for duty in duties:
        by, vehicle = _driver(duty), duty.vehicle
        at = dt.datetime.combine(duty.day, duty.run.leaves_at, tzinfo=LONDON) - 12 * MINUTE
        if by is None or vehicle is None or vehicle.pk in done or at > pack.at:
            continue
        press = _pressed(duty, by, at, "CHECK", Press.COUNTED, dice)
        items = items_for(vehicle, duty.day)
        if not items:
            return
        wrong = key if not done else ""
        answers = [Answer(each, each.key != wrong, words if each.key == wrong else "") for each in items]
        check = check_vehicle(vehicle, day=duty.day, answers=answers, press=press, by=by, at=at)
        for defect in check.defects.all() if mended else ():
            mend(defect, how=_("Filled up at the yard."), by=owner_of_all(), at=at + 30 * MINUTE)
        done.add(vehicle.pk)


def _late(duty: Duty) -> None:
    """The desk heard of roadworks; half an hour later it was back on time."""
    by = owner_of_all()
    at = _passed(duty)[0].at
    late.say_late(
        duty.run, day=duty.day, minutes=12, because=_("Roadworks at the canal bridge"), by=by, at=at
    )
    late.back_on_time(duty.run, day=duty.day, by=by, at=at + 25 * MINUTE)


def _not_there(duty: Duty) -> None:
    """The last who got on was not there, as it turns out."""
    rows = [each for each in _passed(duty) if each.what == Passing.ABOARD]
    if not rows:
        return
    gone = rows[-1]
    Passing.objects.filter(pk=gone.pk).update(what=Passing.ABSENT)
    off = Passing.objects.of_run(duty.run, duty.day).filter(passenger=gone.passenger_id)
    off.filter(what=Passing.SET_DOWN).update(undone_at=gone.at, undone_by=gone.by)
    gone.refresh_from_db()
    was_not_there(gone, at=gone.at)


def _odd(duty: Duty, other: Duty, dice: Random) -> None:
    """Somebody pressed on a run that was a colleague's by then: the desk looks at it."""
    by = _driver(other)
    if by is not None and by != _driver(duty):
        at = _passed(duty)[-1].at
        _pressed(duty, by, at, Passing.ARRIVED, Press.NOT_THEIRS, dice)


def _incident(duty: Duty) -> None:
    at = _passed(duty)[-1].at
    report_incident(
        kind=INCIDENT, happened_at=at, where=_("On the last mile before the school"),
        what=_("A cyclist came out between parked cars. Braked hard; a bag fell from a seat. Nobody was "
               "hurt, and everybody was told why."),
        run=duty.run, vehicle=duty.vehicle, by=_driver(duty), at=at + 35 * MINUTE, by_crew=True,
    )  # fmt: skip


def _word(duty: Duty, day: dt.date) -> None:
    """The desk wrote to everybody on a run."""
    to = concerned_by_runs(day, {duty.run_id})
    if not to:
        return
    at = dt.datetime.combine(day, dt.time(12, 40), tzinfo=LONDON)
    tell_words(
        key=f"sample-{day.isoformat()}", day=day, to=to, seen=digest_of(to), about=duty.run.called,
        words="The bridge over the canal is closed until Friday. Your vehicle goes round by the station and "
              "may be five minutes later.",
        words_cy="Mae’r bont dros y gamlas ar gau tan ddydd Gwener. Bydd eich cerbyd yn mynd heibio’r orsaf "
                 "a gall fod bum munud yn hwyrach.",
        by=owner_of_all(), at=at,
    )  # fmt: skip
