"""Letters for programs: the same doors as the pages."""

import pytest

from moothall.letters.models import Letter
from moothall.letters.rules import visibility
from moothall.people.tests.pages import signed_in_as

from .make import make_account, make_letter, make_team

pytestmark = pytest.mark.django_db


def test_letters_are_listed_newest_first_and_read_by_those_who_may_see_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = make_team()
    monkeypatch.setattr(visibility, "_registered", {"people.team": lambda _account: [ours.pk]})
    first, second = make_letter(about=ours), make_letter(about=ours, subject="Second", body="Words")
    hidden = make_letter()
    client = signed_in_as(make_account("letters.write"))
    assert [line["id"] for line in client.get("/api/letters/").json()] == [second.pk, first.pk]
    assert [line["id"] for line in client.get(f"/api/letters/?before={second.pk}").json()] == [first.pk]
    about: dict[str, str | int] = {
        "about_kind": "people.team",
        "about_id": ours.pk,
        "limit": 1,
        "state": Letter.QUEUED,
    }
    assert [line["subject"] for line in client.get("/api/letters/", about).json()] == ["Second"]
    assert client.get("/api/letters/?state=SENT").json() == []
    record = client.get(f"/api/letters/{second.pk}").json()
    assert (record["body"], record["message_id"]) == ("Words", second.message_id)
    assert client.get(f"/api/letters/{hidden.pk}").status_code == 404
    assert client.get(f"/api/letters/{10**30}").status_code == 404
    monkeypatch.setattr(visibility, "_gates", {"people.team": lambda _account, _id: "/reason/"})
    assert client.get(f"/api/letters/{second.pk}").status_code == 403


def test_letters_are_for_those_who_write_them() -> None:
    assert signed_in_as(make_account("letters.outbox")).get("/api/letters/").status_code == 403
