"""Duty files that come by themselves: kept first, carried out once, refused or left to a person when odd."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from moothall.people.tests.make import AT, make_account
from moothall.records.rules.documents import read_document
from moothall.training.models import DutyArrival, DutyFile, DutyLine
from moothall.training.rules.duties import carry_out_duties
from moothall.training.rules.duty_arrivals import (
    keep_arrival,
    set_duty_rule,
    take_from_folder,
    understand_arrival,
)
from moothall.training.rules.duty_telling import duties_in_the_morning
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, make_keeper
from .test_duties import extract

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def arrive(content: bytes, *, at: dt.datetime = AT) -> DutyArrival:
    kept, _new = keep_arrival(content, name="duties.csv", source=DutyArrival.API, by=None, at=at)
    return understand_arrival(kept.pk, at=at)


def duties(who: Employment, days: int, part: str = "E") -> bytes:
    return extract(*[(who, MONDAY + DAY * number, part, "DUTY") for number in range(days)])


def test_a_file_is_kept_as_it_came_and_carried_out_once() -> None:
    one = make_employment()
    done = arrive(duties(one, 5))
    assert done.state == DutyArrival.DONE
    assert done.raw is not None
    assert read_document(done.raw) == duties(one, 5)
    assert DutyLine.objects.count() == 5
    again = arrive(duties(one, 5))
    assert again.pk == done.pk
    assert (DutyFile.objects.count(), DutyArrival.objects.count()) == (1, 1)
    understand_arrival(done.pk, at=AT)
    assert DutyFile.objects.count() == 1


def test_a_file_that_says_what_is_known_is_put_aside() -> None:
    one = make_employment()
    arrive(duties(one, 5))
    same = arrive(duties(one, 5) + b"\n")
    assert same.state == DutyArrival.SAME
    assert same.file is not None
    assert same.file.state == DutyFile.PUT_ASIDE


def test_the_first_file_after_another_counts_again() -> None:
    one = make_employment()
    for part in ("E", "L", "E"):
        assert arrive(duties(one, 5, part)).state == DutyArrival.DONE
    assert set(DutyLine.objects.values_list("part", flat=True)) == {"E"}


@pytest.mark.parametrize("content", [b"who,when\n1,2\n", b"number,day,part,kind\n", b"MZ\x90\x00" * 40])
def test_a_broken_file_changes_nothing_and_says_why(content: bytes) -> None:
    one = make_employment()
    arrive(duties(one, 5))
    broken = arrive(content)
    assert broken.state in (DutyArrival.REFUSED, DutyArrival.WAITS)
    assert broken.said
    assert DutyLine.objects.count() == 5


def test_far_fewer_lines_than_last_time_wait_for_a_person_who_then_decides() -> None:
    one = make_employment()
    arrive(duties(one, 20))
    waits = arrive(duties(one, 15, "L"))
    assert waits.state == DutyArrival.WAITS
    assert "15 lines; the last file had 20" in waits.said
    assert set(DutyLine.objects.values_list("part", flat=True)) == {"E"}
    assert waits.file is not None
    carry_out_duties(waits.file, by=make_keeper(), at=AT)
    assert arrive(duties(one, 14, "N")).state == DutyArrival.DONE


def test_the_office_says_how_many_fewer_and_unreadable_lines_are_odd() -> None:
    one = make_employment()
    set_duty_rule(fewer=50, unreadable=0, by=make_account(), at=AT)
    arrive(duties(one, 20))
    assert arrive(duties(one, 12, "L")).state == DutyArrival.DONE
    odd = arrive(duties(one, 12, "N") + b"\nZ9,2027-01-01,E,DUTY\n")
    assert odd.state == DutyArrival.WAITS
    assert "1 of its 13 lines" in odd.said


def test_files_in_the_folder_are_taken_once_they_are_written_whole(tmp_path: Path) -> None:
    content = duties(make_employment(), 3)
    fresh, old = tmp_path / "now.csv", tmp_path / "night.csv"
    for path in (fresh, old):
        path.write_bytes(content)
    os.utime(fresh, (AT.timestamp(), AT.timestamp()))
    os.utime(old, (AT.timestamp() - 600, AT.timestamp() - 600))
    assert take_from_folder(tmp_path, at=AT) == 1
    assert fresh.exists()
    assert not old.exists()
    assert len(list((tmp_path / "taken").iterdir())) == 1
    old.write_bytes(content)
    os.utime(old, (AT.timestamp() - 600, AT.timestamp() - 600))
    take_from_folder(tmp_path, at=AT)
    assert DutyArrival.objects.count() == 1
    assert take_from_folder(Path(), at=AT) == 0


def test_in_the_morning_whoever_looks_after_training_hears_what_came_of_it() -> None:
    one, keeper = make_employment(), make_keeper()
    arrive(duties(one, 20))
    arrive(duties(one, 2, "L"))
    arrive(b"who,when\n")
    lines = duties_in_the_morning(keeper, AT.date())
    assert len(lines) == 3
    assert "20 changes" in lines[0]
    assert "wait for you" in lines[1]
    assert "refused" in lines[2]
    assert duties_in_the_morning(make_account(), AT.date()) == []


def test_another_system_hands_duties_in_and_asks_what_became_of_them(client: Client) -> None:
    client.force_login(make_keeper())
    content = duties(make_employment(), 2)
    answers = [
        client.post(reverse("api:api_duties"), {"file": SimpleUploadedFile("night.csv", content)}).json()
        for _time in range(2)
    ]
    assert [each["again"] for each in answers] == [False, True]
    assert answers[0]["id"] == answers[1]["id"]
    understand_arrival(answers[0]["id"], at=AT)
    found = client.get(reverse("api:api_duty_file", args=[answers[0]["id"]])).json()
    assert (found["state"], found["rows"]) == ("DONE", 2)


def test_the_page_shows_what_was_refused_what_waits_and_the_rule(client: Client) -> None:
    one = make_employment()
    arrive(duties(one, 20))
    arrive(duties(one, 2, "L"))
    arrive(b"who,when\n")
    client.force_login(make_keeper())
    page = client.get(reverse("duty_files")).text
    assert "Refused: what was known stands" in page
    assert "the last file had 20" in page
    client.post(reverse("change_duty_rule"), {"fewer": "95", "unreadable": "5"})
    assert "95 per cent fewer" in client.get(reverse("duty_files")).text
