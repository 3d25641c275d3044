"""Somebody was not there to be fetched: marked, the family told, looked into when it is often."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import NewCase, open_cases
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    DayMessage,
    DayNotice,
    Journey,
    JourneyChange,
    NoShowTask,
    Passing,
    PlanningFigure,
    Ride,
)

from .accounting import said
from .concerned import To, concerned_by_passenger
from .day_notices import greeting, tell
from .late import taken_back

SERVICE: Final = "transport-no-shows"


def was_not_there(passing: Passing, *, at: dt.datetime) -> None:
    """Called in the transaction that keeps the press."""
    _mark(passing, _("Not there when the run came"), by=passing.by, at=at)
    ride = Ride.objects.filter(run=passing.run_id, passenger=passing.passenger_id).select_related(
        "passenger__person", "run", "picked_up", "set_down"
    ).first()  # fmt: skip
    if ride is not None:
        tell(
            key=f"absent:{passing.pk}", kind=DayMessage.ABSENT, day=passing.day, run=passing.run,
            to=concerned_by_passenger(ride), by=passing.by, at=at, about=passing.run.called,
            say=lambda to: absent_words(to, passing),
        )  # fmt: skip
    _look_into(passing, at=at)


def there_after_all(passing: Passing, *, by: Account, at: dt.datetime) -> None:
    """It was pressed by mistake: the letter is taken back where it has not left, else they are written to
    again."""
    _mark(passing, _("There after all"), by=by, at=at)
    rows = DayNotice.objects.filter(message__key=f"absent:{passing.pk}").select_related("letter")
    heard = {each.person_id for each in rows if not taken_back(each, by=by, at=at)}
    ride = Ride.objects.filter(run=passing.run_id, passenger=passing.passenger_id).select_related(
        "passenger__person", "run", "picked_up", "set_down"
    ).first()  # fmt: skip
    if ride is None or not heard:
        return
    to = [each for each in concerned_by_passenger(ride) if each.person and each.person.pk in heard]
    tell(
        key=f"there:{passing.pk}", kind=DayMessage.ABSENT, day=passing.day, run=passing.run, to=to, by=by,
        at=at, about=passing.run.called, say=lambda each: there_words(each, passing),
    )  # fmt: skip


def _mark(passing: Passing, because: str, *, by: Account, at: dt.datetime) -> None:
    """The journey stays accounted for as it was; its history says what became of it."""
    row = Journey.objects.filter(
        passenger=passing.passenger_id, day=passing.day, direction=passing.run.direction
    ).first()
    if row is not None:
        words = said(row)
        JourneyChange.objects.create(journey=row, before=words, after=words, because=because, at=at, by=by)


def absent_words(to: To, passing: Passing) -> tuple[str, str]:
    """Subject and body, in the language that is set."""
    said_ = {
        "who": str(passing.passenger), "run": passing.run.called, "day": date_in(to.language, passing.day),
        "at": f"{passing.call.at:%H:%M}",
    }  # fmt: skip
    body = [
        greeting(to),
        _("Run %(run)s came for %(who)s today, %(day)s, at the stop planned for %(at)s, and %(who)s was not "
          "there. The run has gone on.") % said_,
        _("Ring us at once if that is wrong, or if you do not know where %(who)s is.") % said_,
        _("If somebody does not travel on a day, let us know before, so that nobody waits.") % said_,
    ]  # fmt: skip
    return _("%(who)s was not there today") % said_, "\n\n".join(body)


def there_words(to: To, passing: Passing) -> tuple[str, str]:
    said_ = {"who": str(passing.passenger), "day": date_in(to.language, passing.day)}
    body = [
        greeting(to),
        _("We wrote that %(who)s was not there on %(day)s. That was a mistake of ours.") % said_,
    ]
    return _("%(who)s: our letter of today was a mistake") % said_, "\n\n".join(body)


def _look_into(passing: Passing, *, at: dt.datetime) -> NoShowTask | None:
    """Not there so often within so many days, counted from the last time it was looked into: a case."""
    figures = PlanningFigure.objects.on(passing.day)
    often, days = (
        int(figures.get(PlanningFigure.NO_SHOWS, 0)),
        int(figures.get(PlanningFigure.NO_SHOW_DAYS, 0)),
    )
    if not often or not days or passing.passenger is None:
        return None
    since = passing.day - dt.timedelta(days=days - 1)
    rows = Passing.objects.absent().filter(passenger=passing.passenger, day__range=(since, passing.day))
    last = NoShowTask.objects.filter(passenger=passing.passenger).order_by("-at", "-id").first()
    if last is not None:
        rows = rows.filter(at__gt=last.through.at)
    if rows.count() < often:
        return None
    service = Service.objects.filter(key=SERVICE, retired_at=None).select_related("team").first()
    if service is None:
        return None
    person = passing.passenger.person
    with override("en-gb"):
        title = _("Not there %(count)s times: %(name)s") % {"count": rows.count(), "name": person.full_name}
    [case] = open_cases(
        [NewCase(
            service=service, title=title, channel="staff", received_at=at, requester=person, subject=person,
            language=person.language, confidentiality=Case.TEAM,
        )], at=at,
    )  # fmt: skip
    made = NoShowTask.objects.create(passenger=passing.passenger, through=passing, case=case, at=at)
    detail = {"case": case.reference, "times": rows.count()}
    append_audit("transport.no_shows", about=passing.passenger, by=None, at=at, detail=detail)
    return made
