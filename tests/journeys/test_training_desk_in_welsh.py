"""The desk that looks after training, its rooms and its reception, in Welsh on a telephone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.bookings.models import Resource
from moothall.bookings.rules.inviting import host
from moothall.bookings.rules.reserving import reserve
from moothall.core.clock import now, today
from moothall.leave.tests.make import working_day
from moothall.letters.rules.calendar_answers import CalendarAnswer, Sent
from moothall.people.models import Place
from moothall.people.models.working import at_on
from moothall.training.models import Course, ScheduleVersion
from moothall.training.rules.answering_invitations import hear_answer
from moothall.training.rules.consulting import consult
from moothall.training.rules.nominating import put_forward
from moothall.training.rules.planned import PlannedLine
from moothall.training.rules.readers import add_reader
from moothall.training.rules.schedule import draft, open_schedule
from moothall.training.rules.sessions import open_session
from moothall.workforce.models import Employment

from .journey import DELYTH, KWAME, MARGED, NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def employment_of(name: str) -> Employment:
    return Employment.objects.get(person=account_of(name).person)


class TrainingDesk(Journey):
    version: ScheduleVersion

    def given_a_site_and_a_course(self) -> None:
        self.course = Course.objects.get(key="managing-people")
        self.site = Place.objects.get(name="Glan Afon Training Centre")

    def given_a_version_that_is_consulted_on(self) -> None:
        schedule = open_schedule(
            name="Blwyddyn hyfforddi", from_on=today(), until_on=today() + dt.timedelta(days=300), by=None,
            at=now(),
        )  # fmt: skip
        add_reader(
            sort="DUTY", name="Cynllunio dyletswyddau", email="duties@dyffryn-gwyn.example", language="cy",
            place=None, by=None, at=now(),
        )  # fmt: skip
        lines = [
            PlannedLine(
                key=f"line-{number}", course_version_id=self.course.versions.latest("from_on").pk, places=12,
                days=(working_day(40 + number),), place_id=self.site.pk,
            )
            for number in range(3)
        ]  # fmt: skip
        made = draft(schedule=schedule, lines=lines, by=None, at=now())
        self.version = consult(made, by=account_of(DELYTH), at=now())

    def given_rooms_are_taken_today(self) -> None:
        room = Resource.objects.get(name="Classroom 1", place=self.site)
        reserve(
            title="Bwrdd cyfweld", starts_at=at_on(today(), dt.time(10)), ends_at=at_on(today(), dt.time(12)),
            resources=[room], by=None, at=now(),
        )  # fmt: skip

    def given_a_session_to_which_two_were_invited(self) -> None:
        self.session = open_session(
            self.course, first_on=working_day(20), place=self.site, take_room=True, by=None, at=now(),
            today=today(),
        )  # fmt: skip
        self.places = [
            put_forward(employment_of(name), self.session, by=None, at=now(), today=today(), agreed=True)
            for name in (KWAME, MARGED)
        ]

    def given_one_says_yes_and_one_asks_for_another_time(self) -> None:
        for name, method, says in ((KWAME, "REPLY", "ACCEPTED"), (MARGED, "COUNTER", "TENTATIVE")):
            email, begins = account_of(name).email, at_on(working_day(21), dt.time(13))
            answer = CalendarAnswer(
                uid=f"training-{self.session.pk}@{host()}", method=method, attendee=email, says=says,
                comment="Mae gennyf achos llys y bore hwnnw", sequence=0, stamped_at=now(), starts_at=begins,
                ends_at=begins + dt.timedelta(hours=3), of_one_day=False, raw=f"{method} {email}",
            )  # fmt: skip
            hear_answer(answer, Sent(email, now()), now())

    def then_every_page_fits_and_is_in_welsh(self) -> None:
        version = f"/training/schedules/{self.version.schedule_id}/versions/{self.version.number}/"
        pages = {
            "consultation": (version, "Ymgynghorwyd"),
            "session-answers": (f"/training/sessions/{self.session.pk}/", "Yn dweud ie"),
            "place-answers": (f"/training/places/{self.places[1].pk}/", "Yn gofyn am amser arall"),
            "rooms-week": ("/bookings/", "Bwrdd cyfweld"), "rooms-day": ("/bookings/day/", "Bwrdd cyfweld"),
            "reception": ("/appointments/", "Negeseuon"),
        }  # fmt: skip
        for name, (path, words) in pages.items():
            self.go(path)
            expect(self.page.locator("main")).to_contain_text(words)
            self.is_not_cut()
            self.look(f"training-desk-{name}-welsh")


def test_the_training_desk_works_in_welsh_on_a_telephone(begin: Callable[..., Any]) -> None:
    desk = begin(TrainingDesk, viewport=NARROW, locale="cy-GB")
    desk.given_a_site_and_a_course()
    desk.given_a_version_that_is_consulted_on()
    desk.given_rooms_are_taken_today()
    desk.given_a_session_to_which_two_were_invited()
    desk.given_one_says_yes_and_one_asks_for_another_time()
    desk.given_signed_in_as(DELYTH, language="cy")
    desk.then_every_page_fits_and_is_in_welsh()
