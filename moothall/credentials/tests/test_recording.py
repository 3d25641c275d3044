"""A credential counts once a second person has verified it; and nothing that was recorded is written over."""

import datetime as dt

import pytest

from moothall.credentials.models import Credential, Validity
from moothall.credentials.rules import recording
from moothall.people.tests.make import AT, audited, make_account, make_person

from .make import TODAY, make_credential, make_keeper, make_kind

pytestmark = pytest.mark.django_db


def test_what_somebody_sends_in_waits_until_a_second_person_verifies_it() -> None:
    person = make_person()
    own, keeper = make_account(person=person), make_keeper()
    sent = make_credential(person, by=own)
    assert sent.state(TODAY) == Credential.WAITING
    with pytest.raises(recording.NotYourOwn):
        recording.verify_credential(sent, by=own, at=AT)
    verified = recording.verify_credential(sent, by=keeper, at=AT)
    assert Credential.objects.get(pk=verified.pk).state(TODAY) == Credential.HELD
    assert [event.verb for event in audited(sent)] == ["credentials.record", "credentials.verify"]


def test_what_the_desk_has_seen_counts_at_once_unless_its_kind_needs_two() -> None:
    keeper, other = make_keeper(), make_keeper()
    assert make_credential(by=keeper).verified_by == keeper
    checked = make_credential(kind=make_kind(second_check=True), by=keeper)
    assert checked.verified_at is None
    with pytest.raises(recording.NotYourOwn):
        recording.verify_credential(checked, by=keeper, at=AT)
    assert recording.verify_credential(checked, by=other, at=AT).verified_by == other


def test_nobody_who_keeps_records_verifies_what_they_hold_themselves() -> None:
    keeper = make_keeper(person=make_person())
    assert make_credential(keeper.person, by=keeper).verified_at is None
    recorded = make_credential(keeper.person, by=make_keeper(), seen=False)
    with pytest.raises(recording.NotYourOwn):
        recording.verify_credential(recorded, by=keeper, at=AT)


def test_a_renewal_takes_the_place_of_what_it_renews_and_withdrawn_gives_it_back() -> None:
    person, kind, keeper = make_person(), make_kind(), make_keeper()
    old = make_credential(person, kind=kind, expires_on=dt.date(2026, 12, 31))
    new = make_credential(person, kind=kind, issued_on=dt.date(2026, 11, 1))
    old.refresh_from_db()
    assert old.superseded_by == new
    assert old.state(TODAY) == Credential.RENEWED
    recording.withdraw_credential(new, because="Recorded for the wrong person", by=keeper, at=AT)
    old.refresh_from_db()
    assert old.superseded_by is None
    recording.restore_credential(new, by=keeper, at=AT)
    old.refresh_from_db()
    assert old.superseded_by == new


def test_the_last_day_comes_from_the_rule_in_force_on_the_day_of_issue() -> None:
    kind = make_kind()
    for from_on, until_on, months in (
        (dt.date(2020, 1, 1), dt.date(2025, 12, 31), 12),
        (dt.date(2026, 1, 1), None, 36),
    ):
        Validity.objects.create(
            kind=kind, from_on=from_on, until_on=until_on, months=months, source="The body"
        )
    before = make_credential(kind=kind, issued_on=dt.date(2025, 12, 31), expires_on=None)
    after = make_credential(kind=kind, issued_on=dt.date(2026, 1, 1), expires_on=None)
    assert before.expires_on == dt.date(2026, 12, 30)
    assert after.expires_on == dt.date(2028, 12, 31)


def test_a_kind_without_confirmed_months_asks_for_the_last_day() -> None:
    kind = make_kind()
    Validity.objects.create(kind=kind, from_on=dt.date(2020, 1, 1), source="Not confirmed")
    with pytest.raises(recording.LastDayNeeded):
        make_credential(kind=kind, expires_on=None)
    assert make_credential(kind=make_kind(must_expire=False), expires_on=None).expires_on is None


def test_days_that_cannot_be_are_refused_and_so_is_the_same_twice() -> None:
    with pytest.raises(recording.IssuedLater):
        make_credential(issued_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(recording.EndsBeforeItBegins):
        make_credential(expires_on=dt.date(2024, 12, 31))
    first = make_credential()
    with pytest.raises(recording.RecordedAlready):
        make_credential(first.person, kind=first.kind, number=first.number)


def test_what_is_not_accepted_says_why_and_can_be_sent_in_again() -> None:
    person, keeper = make_person(), make_keeper()
    sent = make_credential(person, by=make_account(person=person), number="A1")
    with pytest.raises(recording.ReasonNeeded):
        recording.refuse_credential(sent, because=" ", by=keeper, at=AT)
    recording.refuse_credential(sent, because="The picture cannot be read", by=keeper, at=AT)
    sent.refresh_from_db()
    assert sent.state(TODAY) == Credential.REFUSED
    with pytest.raises(recording.NotWaiting):
        recording.verify_credential(sent, by=keeper, at=AT)
    assert make_credential(person, kind=sent.kind, number="A1").state(TODAY) == Credential.HELD
