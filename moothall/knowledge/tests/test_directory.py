"""The directory: who else can help is kept by those who may, and only who helps today is offered."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.knowledge.models import Signpost, Word
from moothall.knowledge.rules.directory import (
    EndsBeforeItBegins,
    KeyTaken,
    add_signpost,
    change_signpost,
    fields_of,
    retire_signpost,
)
from moothall.people.tests.make import audited

from .make import AT, TODAY, make_entry, make_reader, make_writer

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def test_an_entry_is_offered_from_its_first_day_to_its_last() -> None:
    entry = make_entry(from_on=TODAY, until_on=TODAY + A_DAY)
    offered = Signpost.objects
    assert [offered.in_force(TODAY + n * A_DAY).filter(pk=entry.pk).exists() for n in (-1, 0, 1, 2)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_an_entry_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(EndsBeforeItBegins):
        make_entry(from_on=TODAY, until_on=TODAY - A_DAY)


def test_two_entries_do_not_share_a_key() -> None:
    entry = make_entry()
    with pytest.raises(KeyTaken):
        add_signpost({"name": "x", "when_to_use": "y", "how": "z"}, key=entry.key, by=None, at=AT)


def test_a_correction_is_written_down_field_by_field() -> None:
    entry, writer = make_entry(), make_writer()
    change_signpost(entry, {"name": "The college"}, by=writer, at=AT)
    assert audited(entry)[-1].detail["name"][1] == "The college"


def test_an_entry_taken_off_is_found_by_no_word() -> None:
    entry, writer = make_entry(), make_writer()
    assert Word.objects.filter(signpost=entry, lexeme="potteri").exists()
    retire_signpost(entry, by=writer, at=AT)
    assert not Word.objects.filter(signpost=entry).exists()
    assert not Signpost.objects.mentioning("pottery").exists()


def test_a_letter_says_the_hours_in_its_own_language() -> None:
    entry = make_entry(hours="mon-fri 9-16", where="County Hall", where_cy="Neuadd y Sir")
    assert "Open: Monday to Friday, 9am to 4pm" in fields_of(entry, "en")["signpost.how"]
    welsh = fields_of(entry, "cy")["signpost.how"]
    assert "Neuadd y Sir" in welsh
    assert "dydd Llun" in welsh


def test_the_public_finds_entries_in_both_languages_and_no_others(client: Client) -> None:
    make_entry(name="The college", name_cy="Y coleg")
    make_entry(name="Staff canteen", public=False)
    make_entry(name="Not yet", from_on=dt.date(2090, 1, 1))
    body = client.get("/help/who-can-help/").content.decode()
    assert "The college" in body
    assert "Staff canteen" not in body
    assert "Not yet" not in body
    assert "The college" in client.get("/help/who-can-help/?q=crochenwaith").content.decode()
    assert "The college" not in client.get("/help/who-can-help/?q=submarines").content.decode()


def test_an_entry_that_is_not_offered_has_no_public_page(client: Client) -> None:
    entry = make_entry(public=False)
    assert client.get(f"/help/who-can-help/{entry.key}/").status_code == 404


def test_an_entry_is_added_changed_checked_and_taken_off_on_its_pages(client: Client) -> None:
    client.force_login(make_writer())
    given = {
        "name": "Sea museum",
        "when_to_use": "Ships",
        "how": "Walk in",
        "hours": "sat 10-12",
        "public": "on",
    }
    assert client.post("/knowledge/directory/new/", given).status_code == 302
    entry = Signpost.objects.get(key="sea-museum")
    assert (entry.hours, entry.public) == ("Sat 10:00-12:00", True)
    wrong = client.post("/knowledge/directory/sea-museum/details/", given | {"hours": "whenever"})
    assert wrong.status_code == 422
    client.post("/knowledge/directory/sea-museum/details/", given | {"name": "Sea and shore museum"})
    client.post("/knowledge/directory/sea-museum/check/")
    client.post("/knowledge/directory/sea-museum/retirement/")
    entry.refresh_from_db()
    assert (entry.name, entry.retired_at is not None, entry.checked_by is not None) == (
        "Sea and shore museum", True, True,
    )  # fmt: skip
    assert "Not offered" in client.get("/knowledge/directory/sea-museum/").content.decode()


def test_whoever_reads_only_is_offered_no_buttons(client: Client) -> None:
    entry = make_entry()
    client.force_login(make_reader())
    assert "Take it off" not in client.get(f"/knowledge/directory/{entry.key}/").content.decode()
    assert client.post(f"/knowledge/directory/{entry.key}/retirement/").status_code == 403


def test_the_directory_asks_the_database_as_often_for_many_as_for_few(client: Client) -> None:
    client.force_login(make_reader())
    make_entry()
    client.get("/knowledge/directory/")
    with CaptureQueriesContext(connection) as few:
        client.get("/knowledge/directory/")
    for _each in range(20):
        make_entry()
    with CaptureQueriesContext(connection) as many:
        client.get("/knowledge/directory/")
    assert len(many) == len(few)
