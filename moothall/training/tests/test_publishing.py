"""Publishing: sessions, places and notices follow the version, all of it or nothing, and each once."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.bookings.models import Reservation, Resource
from moothall.bookings.tests.make import make_reservation, make_resource
from moothall.letters.models import Letter
from moothall.people.models.working import at_on
from moothall.people.tests.make import AT
from moothall.training.models import (
    Nomination,
    PlaceNews,
    ScheduleLine,
    ScheduleNotice,
    ScheduleVersion,
    Session,
    TeamDay,
    TrainerDay,
)
from moothall.training.rules import publishing
from moothall.training.rules.announcing import csv_of, tell_of_schedule
from moothall.training.rules.nominating import withdraw
from moothall.training.rules.publishing import publish, published_of, step_back
from moothall.training.rules.refusals import AlreadyDecided, CannotPublish, NothingBefore
from moothall.training.rules.sessions import cancel_session
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import (
    MONDAY,
    TODAY,
    make_course,
    make_draft,
    make_keeper,
    make_line,
    make_place,
    make_reader,
    make_schedule,
    make_session,
    make_site,
    make_team,
    publish_lines,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def staff(count: int) -> list[Employment]:
    return [make_employment() for _n in range(count)]


def session_of(version: ScheduleVersion, key: str) -> Session:
    session = version.lines.get(key=key).session
    assert session is not None
    return session


def test_a_new_session_is_opened_with_its_trainers_and_those_planned_in_have_places() -> None:
    trainer, one, two = staff(3)
    site = make_site()
    line = make_line("a", place_id=site.pk, trainers=(trainer.pk,), people=(one.pk, two.pk), language="cy")
    version = publish_lines(line)
    session = session_of(version, "a")
    assert (session.place, session.days, session.capacity, session.taken) == (site, [MONDAY], 12, 2)
    assert session.language == "cy"
    assert TrainerDay.objects.get().trainer == trainer
    assert session.nominations.placed().count() == 2
    assert version.outcome == {"new": 1, "placed": 2, "waiting": 0, "gone": 0}


def test_whoever_no_longer_fits_waits_with_the_reason_and_is_not_lost() -> None:
    _manager, [one, two, *_others] = make_team(4, least=3)
    version = publish_lines(make_line("a", people=(one.pk, two.pk)))
    waits = Nomination.objects.get(state=Nomination.WAITING)
    assert waits.employment == two
    assert (waits.waits_because, "3 left, 3 needed" in waits.waits_for) == (Nomination.TEAM, True)
    assert TeamDay.objects.get(day=MONDAY).out == 1
    assert version.outcome["waiting"] == 1


def test_places_are_given_by_the_same_rules_as_one_by_one() -> None:
    basic = make_course("Basic")
    advanced, busy, rested = make_course("Advanced", prerequisites=[basic]), *staff(2)
    make_place(make_session(), busy)
    publish_lines(make_line("a", course=advanced, people=(rested.pk,)), make_line("b", people=(busy.pk,)))
    found = dict(Nomination.objects.exclude(waits_because="").values_list("employment", "waits_because"))
    assert found == {rested.pk: Nomination.FIRST, busy.pk: Nomination.CLASH}


def test_a_moved_session_takes_its_people_with_it_and_frees_the_old_days() -> None:
    _manager, [one, two, *_others] = make_team(4, least=1)
    trainer, schedule, line = make_employment(), make_schedule(), make_line("a")
    before = {"people": (one.pk,), "trainers": (trainer.pk,), "place_id": line.place_id}
    course = make_course()
    first = publish_lines(make_line("a", course, **before), schedule=schedule)
    make_place(session_of(first, "a"), two)
    later = MONDAY + DAY
    second = publish_lines(make_line("a", course, **before | {"days": (later,)}), schedule=schedule)
    session = session_of(second, "a")
    assert session == session_of(first, "a")
    assert (session.days, session.taken) == ([later], 2)
    assert list(TrainerDay.objects.values_list("day", flat=True)) == [later]
    out = dict(TeamDay.objects.values_list("day", "out"))
    assert (out[MONDAY], out[later]) == (0, 2)
    first.refresh_from_db()
    assert first.state == ScheduleVersion.CHANGED
    assert published_of(schedule) == second


def test_what_is_taken_out_is_called_off_and_who_is_not_planned_any_more_comes_free() -> None:
    one, two = staff(2)
    schedule, course, site = make_schedule(), make_course(), make_site().pk
    publish_lines(
        make_line("a", course, place_id=site, people=(one.pk, two.pk)),
        make_line("b", people=(one.pk,), days=(MONDAY + DAY,)),
        schedule=schedule,
    )  # fmt: skip
    version = publish_lines(make_line("a", course, place_id=site, people=(two.pk,)), schedule=schedule)
    assert session_of(version, "a").taken == 1
    off = Session.objects.get(cancelled_at__isnull=False)
    assert (off.first_on, off.taken) == (MONDAY + DAY, 0)
    assert set(Nomination.objects.filter(employment=one).values_list("state", flat=True)) == {"WITHDRAWN"}
    assert version.outcome == {"changed": 1, "withdrawn": 1, "placed": 0, "waiting": 0, "gone": 2}


def test_whoever_withdrew_by_hand_is_not_brought_back_by_the_next_version() -> None:
    one, two = staff(2)
    schedule, course, site = make_schedule(), make_course(), make_site().pk
    first = publish_lines(make_line("a", course, place_id=site, people=(one.pk,)), schedule=schedule)
    withdraw(session_of(first, "a").nominations.get(), by=make_keeper(), at=AT)
    second = publish_lines(make_line("a", course, place_id=site, people=(one.pk, two.pk)), schedule=schedule)
    placed = session_of(second, "a").nominations.placed()
    assert [each.employment for each in placed] == [two]


def test_a_session_called_off_by_hand_is_opened_anew_when_its_plan_changes() -> None:
    [one] = staff(1)
    schedule, course, site = make_schedule(), make_course(), make_site().pk
    line = {"place_id": site, "people": (one.pk,)}
    first = publish_lines(make_line("a", course, **line), schedule=schedule)
    cancel_session(session_of(first, "a"), because="Flood", by=make_keeper(), at=AT, today=TODAY)
    second = publish_lines(make_line("a", course, **line, places=20), schedule=schedule)
    assert session_of(second, "a") != session_of(first, "a")
    assert session_of(second, "a").taken == 1


def test_a_session_that_has_begun_stays_although_the_version_leaves_it_out() -> None:
    schedule = make_schedule()
    first = publish_lines(make_line("a"), schedule=schedule)
    over = [TODAY - 9 * DAY]
    ScheduleLine.objects.update(days=over, first_on=over[0], last_on=over[0])
    Session.objects.update(days=over, first_on=over[0], last_on=over[0])
    second = publish_lines(make_line("b"), schedule=schedule)
    assert session_of(second, "a") == session_of(first, "a")
    assert session_of(second, "a").is_standing


def test_what_cannot_be_is_refused_in_words_and_nothing_is_done() -> None:
    trainer, schedule = make_employment(), make_schedule()
    draft = make_draft(
        make_line(trainers=(trainer.pk,)), make_line(trainers=(trainer.pk,)), schedule=schedule
    )
    with pytest.raises(CannotPublish) as refused:
        publish(draft, by=None, at=AT, today=TODAY)
    assert trainer.person.full_name in str(refused.value)
    with pytest.raises(CannotPublish):
        publish_lines(make_line(days=(TODAY - DAY,)), schedule=schedule)
    assert not Session.objects.exists()


def test_fewer_places_than_people_have_is_refused() -> None:
    schedule, course, site = make_schedule(), make_course(), make_site().pk
    first = publish_lines(make_line("a", course, place_id=site), schedule=schedule)
    for each in staff(2):
        make_place(session_of(first, "a"), each)
    with pytest.raises(CannotPublish, match="2 people have a place"):
        publish_lines(make_line("a", course, place_id=site, places=1), schedule=schedule)


def test_a_version_is_published_once() -> None:
    version = publish_lines(make_line())
    with pytest.raises(AlreadyDecided):
        publish(version, by=None, at=AT, today=TODAY)
    assert Session.objects.count() == 1


def test_each_reader_is_sent_once_and_only_what_concerns_them() -> None:
    centre, other = make_site("Centre"), make_site("Other")
    [one] = staff(1)
    duty, kitchen = make_reader("DUTY"), make_reader("CATERING", language="cy")
    site, quiet = make_reader("SITE", place=other), make_reader("SITE", place=make_site())
    version = publish_lines(
        make_line(place_id=centre.pk, people=(one.pk,)), make_line(place_id=other.pk, places=9)
    )
    sent = {each.reader: each.rows for each in version.notices.select_related("reader")}
    assert set(sent) == {duty, kitchen, site}
    assert quiet not in sent
    assert [row[:2] for row in sent[duty]] == [[one.number, one.person.full_name]]
    assert {row[3] for row in sent[kitchen]} == {"1", "9"}
    assert len(sent[site]) == 1
    before = Letter.objects.count()
    tell_of_schedule(version.pk, at=AT)
    assert tell_of_schedule(version.pk, at=AT) == 0
    to_readers = Letter.objects.filter(to_address__in=[each.email for each in sent])
    assert to_readers.count() == 3
    assert (
        Letter.objects.count()
        == before
        + 3
        + PlaceNews.objects.filter(nomination__employment__person__account__isnull=False).count()
    )
    letter = to_readers.get(to_address=kitchen.email)
    assert letter.language == "cy"
    assert letter.documents.count() == 1


def test_a_version_that_differs_in_nothing_sends_nothing() -> None:
    schedule, line = make_schedule(), make_line("a")
    make_reader("DUTY"), make_reader("CATERING")
    publish_lines(line, schedule=schedule)
    again = publish_lines(line, schedule=schedule)
    assert not again.notices.exists()
    assert not again.news.exists()
    assert session_of(again, "a").is_standing


def test_the_file_says_who_is_in_training_and_who_is_on_duty_after_all() -> None:
    one, two = staff(2)
    make_reader("DUTY")
    schedule, course, site = make_schedule(), make_course("First aid"), make_site().pk
    publish_lines(make_line("a", course, place_id=site, people=(one.pk,)), schedule=schedule)
    version = publish_lines(make_line("a", course, place_id=site, people=(two.pk,)), schedule=schedule)
    text = csv_of(version.notices.get()).decode("utf-8-sig")
    assert f'"{one.number}","{one.person.full_name}"' in text
    assert "On duty" in text
    assert "In training" in text


def test_everybody_whose_place_changed_is_written_to_once() -> None:
    _manager, [one, two, three, *_others] = make_team(4, least=2)
    version = publish_lines(make_line("a", people=(one.pk, two.pk, three.pk)))
    assert not Letter.objects.exists()
    tell_of_schedule(version.pk, at=AT)
    tell_of_schedule(version.pk, at=AT)
    assert sorted(Letter.objects.values_list("person", flat=True)) == sorted(
        each.person_id for each in (one, two, three)
    )
    assert not PlaceNews.objects.filter(told_at=None).exists()


def test_stepping_back_publishes_the_version_before_anew() -> None:
    schedule, keeper, [one] = make_schedule(), make_keeper(), staff(1)
    line = make_line("a", people=(one.pk,))
    first = publish_lines(line, schedule=schedule)
    with pytest.raises(NothingBefore):
        step_back(first, by=keeper, at=AT, today=TODAY)
    second = publish_lines(make_line("b"), schedule=schedule)
    third = step_back(second, by=keeper, at=AT, today=TODAY)
    assert third.state == ScheduleVersion.PUBLISHED
    assert session_of(third, "a").taken == 1
    assert Session.objects.standing().count() == 1


def booked_for(session: Session, room: Resource) -> Reservation:
    [day] = session.days
    return make_reservation(
        room, about_kind="training.session", about_id=session.pk, starts_at=at_on(day, session.begins),
        ends_at=at_on(day, session.ends),
    )  # fmt: skip


def test_a_booked_room_moves_with_its_session_and_is_free_when_it_is_taken_out() -> None:
    schedule, course, room = make_schedule(), make_course(), make_resource()
    first = publish_lines(make_line("a", course, place_id=room.place_id), schedule=schedule)
    booked = booked_for(session_of(first, "a"), room)
    later = MONDAY + DAY
    publish_lines(make_line("a", course, place_id=room.place_id, days=(later,)), schedule=schedule)
    booked.refresh_from_db()
    assert booked.starts_at == at_on(later, dt.time(9))
    publish_lines(schedule=schedule)
    booked.refresh_from_db()
    assert booked.state == Reservation.CANCELLED


def test_a_room_that_is_taken_then_stops_publishing_and_nothing_moves() -> None:
    schedule, course, room = make_schedule(), make_course(), make_resource()
    first = publish_lines(make_line("a", course, place_id=room.place_id), schedule=schedule)
    booked_for(session_of(first, "a"), room)
    later = MONDAY + DAY
    make_reservation(room, starts_at=at_on(later, dt.time(10)), ends_at=at_on(later, dt.time(11)))
    with pytest.raises(CannotPublish, match=room.name):
        publish_lines(make_line("a", course, place_id=room.place_id, days=(later,)), schedule=schedule)
    assert Session.objects.get().days == [MONDAY]
    assert published_of(schedule) == first


STEPS = ["carry_out", "link_lines", "write_notices", "_note_news", "append_audit", "tell_later"]


@pytest.mark.parametrize("step", STEPS)
def test_broken_off_at_any_step_nothing_of_it_is_there(step: str, monkeypatch: Any) -> None:
    [one] = staff(1)
    make_reader("DUTY")
    draft = make_draft(make_line("a", people=(one.pk,)))
    done = getattr(publishing, step)

    def break_off(*given: Any, **named: Any) -> None:
        done(*given, **named)
        raise RuntimeError("The power went")

    monkeypatch.setattr(publishing, step, break_off)
    with pytest.raises(RuntimeError):
        publish(draft, by=None, at=AT, today=TODAY)
    draft.refresh_from_db()
    assert draft.state == ScheduleVersion.DRAFT
    assert not Session.objects.exists()
    assert not Nomination.objects.exists()
    assert not ScheduleNotice.objects.exists()
    monkeypatch.undo()
    version = publish(draft, by=None, at=AT, today=TODAY)
    assert (version.notices.count(), Session.objects.get().taken) == (1, 1)


def test_many_sessions_are_published_in_as_many_statements_as_few() -> None:
    def statements(count: int) -> int:
        course, site = make_course(), make_site().pk
        lines = [
            make_line(course=course, place_id=site, people=tuple(each.pk for each in staff(2)))
            for _n in range(count)
        ]
        draft = make_draft(*lines)
        with CaptureQueriesContext(connection) as asked:
            publish(draft, by=None, at=AT, today=TODAY)
        return len(asked)

    statements(2)
    assert statements(2) == statements(9)


def test_whoever_teaches_hears_of_it_once_and_again_when_it_moves_or_is_called_off() -> None:
    trainer = make_employment(account=make_keeper())
    line = make_line("a", trainers=(trainer.pk,))
    version = publish_lines(line)
    letters = Letter.objects.filter(about_kind=Session._meta.label_lower)
    tell_of_schedule(version.pk, at=AT)
    tell_of_schedule(version.pk, at=AT)
    assert letters.get().person == trainer.person
    moved = publish_lines(replace(line, days=(MONDAY + 7 * DAY,)), schedule=version.schedule)
    tell_of_schedule(moved.pk, at=AT)
    assert letters.count() == 2
    gone = publish_lines(make_line("b"), schedule=version.schedule)
    tell_of_schedule(gone.pk, at=AT)
    tell_of_schedule(gone.pk, at=AT)
    assert letters.count() == 3
    session = session_of(moved, "a")
    assert not session.invitations.get(employment=trainer).stands
