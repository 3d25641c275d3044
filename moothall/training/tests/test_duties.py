"""Duties from a file: what differs is shown first, the minimum counts them, and nothing is done twice."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from moothall.people.tests.make import AT
from moothall.training.models import DutyChange, DutyFile, DutyLine, Nomination, TeamDay
from moothall.training.rules.duties import bring_duties, carry_out_duties, put_duties_aside
from moothall.training.rules.refusals import FileUnreadable, NotWaiting
from moothall.workforce.models import Employment

from .make import MONDAY, make_course, make_keeper, make_place, make_session, make_team

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def extract(*lines: tuple[Employment, dt.date, str, str]) -> bytes:
    rows = [f"{who.number},{day.isoformat()},{part},{kind}" for who, day, part, kind in lines]
    return "\n".join(["number,day,part,kind", *rows]).encode()


def bring(*lines: tuple[Employment, dt.date, str, str]) -> DutyFile:
    return bring_duties(extract(*lines), name="duties.csv", by=None, at=AT)


def carry_out(*lines: tuple[Employment, dt.date, str, str]) -> DutyFile:
    return carry_out_duties(bring(*lines), by=make_keeper(), at=AT)


def test_a_file_changes_nothing_until_it_is_carried_out_and_then_once() -> None:
    [one, *_others] = make_team()[1]
    file = bring((one, MONDAY, "E", "DUTY"))
    assert not DutyLine.objects.exists()
    carry_out_duties(file, by=make_keeper(), at=AT)
    assert DutyLine.objects.get().part == "E"
    with pytest.raises(NotWaiting):
        carry_out_duties(file, by=make_keeper(), at=AT)
    again = bring((one, MONDAY, "E", "DUTY"), (one, MONDAY + DAY, "", "REST"))
    assert again.same == 1
    assert again.changes.get().sort == DutyChange.NEW


def test_what_cannot_be_read_is_named_line_by_line() -> None:
    [one, *_others] = make_team()[1]
    content = extract((one, MONDAY, "X", "DUTY"), (one, MONDAY, "E", "PARTY")) + b"\nZ9,2027-01-01,E,DUTY\n"
    file = bring_duties(content + f"{one.number},tomorrow,E,\n".encode(), name="x.csv", by=None, at=AT)
    said = list(file.changes.values_list("number", "said"))
    assert [number for number, _words in said] == [2, 3, 4, 5]
    assert "E, L, N or D" in said[0][1]
    assert "Z9" in said[2][1]
    with pytest.raises(FileUnreadable, match="part"):
        bring_duties(b"number,day\n", name="x.csv", by=None, at=AT)


def test_leave_in_the_file_is_counted_against_the_minimum_and_the_dry_run_says_who_is_below() -> None:
    _manager, [one, two, *_others] = make_team(4, least=3)
    place = make_place(make_session(), one)
    assert place.state == Nomination.PLACED
    file = bring((two, MONDAY, "D", "LEAVE"))
    assert len(file.below) == 1
    assert TeamDay.objects.get(day=MONDAY).present == 4
    carry_out_duties(file, by=make_keeper(), at=AT)
    line = TeamDay.objects.get(day=MONDAY)
    assert (line.present, line.out, line.beyond) == (3, 1, 1)


def test_a_file_that_is_put_aside_is_not_carried_out() -> None:
    [one, *_others] = make_team()[1]
    file = put_duties_aside(bring((one, MONDAY, "E", "DUTY")), by=make_keeper(), at=AT)
    with pytest.raises(NotWaiting):
        carry_out_duties(file, by=make_keeper(), at=AT)


@pytest.mark.parametrize(
    ("before", "that_day", "why"),
    [
        (("N", "DUTY"), ("D", "DUTY"), "NIGHT"),
        (("", "REST"), ("", "REST"), "AWAY"),
        (("", "REST"), ("D", "COURT"), "AWAY"),
    ],
)
def test_nobody_is_trained_for_a_day_on_a_rest_day_after_a_night_or_when_in_court(
    before: tuple[str, str], that_day: tuple[str, str], why: str
) -> None:
    [one, *_others] = make_team()[1]
    carry_out((one, MONDAY - DAY, *before), (one, MONDAY, *that_day))
    assert make_place(make_session(), one).waits_because == why


def test_a_course_of_several_days_takes_the_night_before_from_the_team_as_well() -> None:
    _manager, people = make_team(4, least=3)
    nights = [(each, MONDAY - DAY, "N", "DUTY") for each in people]
    carry_out(*nights)
    place = make_place(make_session(make_course(days=2)), people[0])
    assert [(row.line.day, row.line.part) for row in place.spared.order_by("line__day")] == [
        (MONDAY - DAY, "N"), (MONDAY, "D"), (MONDAY + DAY, "D"),
    ]  # fmt: skip


def test_the_page_shows_the_differences_before_anything_is_done(client: Client) -> None:
    [one, *_others] = make_team()[1]
    client.force_login(make_keeper())
    sent = SimpleUploadedFile("duties.csv", extract((one, MONDAY, "E", "DUTY")))
    page = client.post(reverse("bring_duty_file"), {"file": sent}, follow=True)
    assert "Nothing is changed yet" in page.text
    assert one.person.full_name in page.text
    number = DutyFile.objects.get().pk
    page = client.post(reverse("carry_out_duty_file", args=[number]), follow=True)
    assert "Carried out" in page.text
    assert "duties.csv" in client.get(reverse("duty_files")).text
