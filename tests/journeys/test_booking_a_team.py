"""A session takes its room, a manager books the team on one page, an officer reads where to go in Welsh."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.bookings.models import Taking
from moothall.core.clock import now, today
from moothall.leave.tests.make import working_day
from moothall.letters.models import Letter
from moothall.people.models import Place
from moothall.training.models import Course, Nomination, Session
from moothall.training.rules.courses import require_course
from moothall.training.rules.needs import note_needs
from moothall.training.rules.nominating import put_forward
from moothall.training.rules.sessions import open_session
from moothall.workforce.models import Employment

from .journey import DELYTH, FARIDA, KWAME, MARGED, NARROW, Journey, account_of, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def employment_of(name: str) -> Employment:
    return Employment.objects.get(person=account_of(name).person)


class Training(Journey):
    course: Course

    def given_a_course_that_everybody_has_to_take(self) -> None:
        self.course = Course.objects.get(key="managing-people")
        require_course(
            self.course, workforce="employee", from_on=today() - dt.timedelta(days=365), within_days=30,
            by=None, at=now(),
        )  # fmt: skip
        note_needs(at=now(), today=today())

    def given_a_session(self) -> None:
        self.session = open_session(
            self.course, first_on=working_day(20), place=Place.objects.get(name="Glan Afon Training Centre"),
            take_room=True, by=None, at=now(), today=today(),
        )  # fmt: skip

    def when_they_open_a_session_with_a_room(self) -> None:
        self.go("/training/sessions/new/")
        self.page.get_by_label("Which course?").select_option(str(self.course.pk))
        self.page.get_by_label("First day").fill(typed(working_day(20)))
        self.page.get_by_label("At which site?").select_option(label="Glan Afon Training Centre")
        self.look("open-a-session")
        self.send("The session is open.")
        self.session = Session.objects.get()

    def then_a_room_is_taken_on_all_its_days(self) -> None:
        assert Taking.objects.standing().count() == len(self.session.days)
        expect(self.page.locator(".mh-facts").first).to_contain_text("Classroom 1")
        self.look("session-with-a-room")

    def when_they_choose_another_room_and_move_it(self) -> None:
        self.page.get_by_role("link", name="Rooms and equipment").click()
        self.look("rooms-of-a-session")
        self.page.get_by_label("Classroom 1").uncheck()
        self.page.get_by_label("Classroom 2").check()
        self.send("Taken, on all its days.")
        self.page.get_by_role("link", name="Move to other days").click()
        self.page.get_by_label("Its new first day").fill(typed(working_day(30)))
        self.page.get_by_label("Why?").fill("The boiler")
        self.send("Moved.")

    def then_room_and_days_have_moved(self) -> None:
        kept = Session.objects.get()
        assert kept.room == "Classroom 2"
        assert kept.first_on == working_day(30)
        days = [each.lower.date() for each in Taking.objects.standing().values_list("shown", flat=True)]
        assert sorted(days) == kept.days

    def when_the_manager_books_two_of_the_team(self) -> None:
        self.go("/training/team/")
        expect(self.page.get_by_role("table")).to_contain_text("Kwame Osei-Bonsu")
        self.look("team-compliance")
        for name in ("Kwame Osei-Bonsu", "Marged Prydderch"):
            self.press(*["k"] * 30)
            tick = self.page.get_by_role("checkbox", name=name)
            for _row in range(30):
                if tick.evaluate("one => one === document.activeElement"):
                    break
                self.press("j")
            self.press("x")
            expect(tick).to_be_checked()
        self.page.get_by_label("Book those ticked for").select_option(str(self.session.pk))
        self.press("Control+Enter")

    def then_both_have_a_place_and_an_invitation(self) -> None:
        self.told("2 people have a place.")
        placed = Nomination.objects.placed()
        assert {each.employment for each in placed} == {employment_of(KWAME), employment_of(MARGED)}
        for letter in Letter.objects.filter(about_kind="training.nomination"):
            assert letter.documents.get().name == "invitation.ics"
        self.look("team-booked")

    def given_a_place_of_ones_own(self) -> None:
        put_forward(employment_of(MARGED), self.session, by=None, at=now(), today=today(), agreed=True)

    def when_the_officer_reads_where_to_go(self) -> None:
        self.go("/me/training/")
        self.is_not_cut()
        self.look("my-training-welsh")
        self.page.get_by_role("link", name=self.course.name_in("cy")).first.click()
        expect(self.page.locator(".mh-facts").first).to_contain_text("Ystafell ddosbarth 1")
        expect(self.page.locator(".mh-facts").first).to_contain_text("Canolfan Hyfforddi Glan Afon")
        self.is_not_cut()
        self.look("joining-welsh")

    def when_they_say_what_they_need(self) -> None:
        self.page.get_by_role("link", name="Dweud beth sydd ei angen arnoch i gymryd rhan").click()
        self.page.get_by_label("Beth sydd ei angen arnoch i gymryd rhan?").fill("Dolen sain")
        self.look("needs-welsh")
        self.send("Cadwyd.")
        assert Nomination.objects.get().needs == "Dolen sain"

    def then_their_letter_says_it_all(self) -> None:
        letter = Letter.objects.get(about_kind="training.nomination")
        assert letter.language == "cy"
        assert "Ystafell ddosbarth 1" in letter.body


def test_whoever_looks_after_training_gives_a_session_a_room_and_moves_both(
    begin: Callable[..., Any],
) -> None:
    desk = begin(Training)
    desk.given_a_course_that_everybody_has_to_take()
    desk.given_signed_in_as(DELYTH)
    desk.when_they_open_a_session_with_a_room()
    desk.then_a_room_is_taken_on_all_its_days()
    desk.when_they_choose_another_room_and_move_it()
    desk.then_room_and_days_have_moved()


def test_a_manager_sees_who_has_what_and_books_the_team_on_one_page(begin: Callable[..., Any]) -> None:
    manager = begin(Training)
    manager.given_a_course_that_everybody_has_to_take()
    manager.given_a_session()
    manager.given_signed_in_as(FARIDA)
    manager.when_the_manager_books_two_of_the_team()
    manager.then_both_have_a_place_and_an_invitation()


def test_an_officer_reads_where_to_go_and_says_what_they_need_in_welsh(begin: Callable[..., Any]) -> None:
    officer = begin(Training, viewport=NARROW, locale="cy-GB")
    officer.given_a_course_that_everybody_has_to_take()
    officer.given_a_session()
    officer.given_signed_in_as(MARGED, language="cy")
    officer.given_a_place_of_ones_own()
    officer.when_the_officer_reads_where_to_go()
    officer.when_they_say_what_they_need()
    officer.then_their_letter_says_it_all()
