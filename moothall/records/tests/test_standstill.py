"""After a backup was put back nothing goes out until somebody who manages accounts says why it may."""

import pytest
from django.core.cache import caches

from moothall.config import working
from moothall.core.notices import KEY, notices_for
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.records.models import AuditEvent, Standstill
from moothall.records.rules.standing import NothingStands, end_standstill

from .make import AT

pytestmark = pytest.mark.django_db
PAGE = "/records/standstill/"


def begin() -> Standstill:
    caches["this process"].delete(KEY)
    return Standstill.objects.create(began_at=AT, because="A backup was put back.")


def test_everybody_is_told_on_every_page_and_an_administrator_ends_it_with_a_reason() -> None:
    row = begin()
    administrator = make_account("people.administer", "people.view", name="Zanele Dube")
    assert ["A backup was put back" in each for each in notices_for(administrator)] == [True]
    client = signed_in_as(administrator)
    assert "Look through the outbox first" in words(page(client.get(PAGE)))
    assert "Why things may go out again" in words(page(client.post(PAGE, {"because": ""}), 422))
    assert client.post(PAGE, {"because": "The outbox was looked through"}).status_code == 302
    row.refresh_from_db()
    assert (row.ended_by, row.ended_because) == (administrator, "The outbox was looked through")
    assert AuditEvent.objects.filter(verb="records.end_standstill", actor=administrator).exists()
    assert "ended by Zanele Dube" in words(page(client.get(PAGE)))
    caches["this process"].delete(KEY)
    assert notices_for(administrator) == []


def test_what_does_not_stand_is_not_ended() -> None:
    with pytest.raises(NothingStands):
        end_standstill(because="Nothing", by=make_account(), at=AT)


def test_the_worker_waits_while_the_office_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    row = begin()
    waited: list[float] = []

    def look_away(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            end_standstill(because="Looked through", by=make_account(), at=AT)

    monkeypatch.setattr("moothall.config.working.time.sleep", look_away)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    working.wait_for_leave()
    assert len(waited) == 2
    row.refresh_from_db()
    assert row.ended_at == AT
