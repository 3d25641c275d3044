"""Certificates one after another: matched to the absence they are for, counted, undone."""

import datetime as dt

import pytest
from django.urls import reverse

from moothall.absence.models import Certificate, Episode
from moothall.people.models import Account
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import days_ago, make_absence, make_certificate, make_issuer, make_reason, make_recorder

pytestmark = pytest.mark.django_db
ENTRY = "/absence/certificates/"


@pytest.fixture
def recorder() -> Account:
    return make_recorder()


def sent(employment: Employment, first: dt.date, until: str = "2w", **changes: object) -> dict[str, object]:
    return {
        "employee": employment.number, "employee-key": employment.number, "kind": "NOTE",
        "from_on": first.isoformat(), "until": until, "issuer": make_issuer().pk, "fitness": "NOT_FIT",
    } | changes  # fmt: skip


def test_a_certificate_goes_to_the_open_absence_and_is_counted(recorder: Account) -> None:
    episode, client = make_absence(first_day=days_ago(10)), signed_in_as(recorder)
    answer = client.post(ENTRY, sent(episode.employment, days_ago(3)))
    assert answer["Location"] == ENTRY
    shown = words(main(page(client.get(ENTRY))))
    assert "1 entered today" in shown
    assert "A self-certificate is missing for" in words(
        page(client.get(reverse("absence", args=[episode.pk])))
    )
    note = episode.certificates.get()
    assert (note.issued_on, note.recorded_by) == (days_ago(3), recorder)


def test_what_is_known_of_the_person_is_filled_in(recorder: Account) -> None:
    episode, client = make_absence(first_day=days_ago(10)), signed_in_as(recorder)
    make_certificate(episode, days_ago(10), days_ago(4), kind=Certificate.SELF)
    answer = client.get(ENTRY, {"employee": episode.employment.number}, headers={"HX-Request": "true"})
    assert days_ago(3).strftime("%d/%m/%Y") in answer.content.decode()
    assert "A certificate is needed from" in words(page(answer))


def test_where_nobody_was_recorded_as_off_the_absence_begins_with_it_and_undo_takes_both_back(
    recorder: Account,
) -> None:
    employment, client = make_employment(), signed_in_as(recorder)
    client.post(ENTRY, sent(employment, days_ago(5), "5 days", kind="SELF", reason=make_reason().pk))
    episode = Episode.objects.standing().get()
    assert (episode.first_day, episode.reason) == (days_ago(5), make_reason())
    made = episode.certificates.get()
    assert client.post(reverse("undo_entry", args=[made.pk])).status_code == 302
    assert not Episode.objects.standing().exists()
    assert client.post(reverse("undo_entry", args=[made.pk])).status_code == 404


def test_undo_leaves_an_absence_that_was_there_before(recorder: Account) -> None:
    episode, client = make_absence(first_day=days_ago(10)), signed_in_as(recorder)
    client.post(ENTRY, sent(episode.employment, days_ago(3)))
    client.post(reverse("undo_entry", args=[episode.certificates.get().pk]))
    assert Episode.objects.standing().get() == episode


def test_the_same_certificate_is_not_entered_twice(recorder: Account) -> None:
    episode, client = make_absence(first_day=days_ago(10)), signed_in_as(recorder)
    data = sent(episode.employment, days_ago(3))
    client.post(ENTRY, data)
    assert "entered already" in words(main(page(client.post(ENTRY, data), 422)))


def test_nobody_undoes_what_somebody_else_entered(recorder: Account) -> None:
    episode = make_absence(first_day=days_ago(10))
    signed_in_as(recorder).post(ENTRY, sent(episode.employment, days_ago(3)))
    other = signed_in_as(make_recorder())
    assert other.post(reverse("undo_entry", args=[episode.certificates.get().pk])).status_code == 404
