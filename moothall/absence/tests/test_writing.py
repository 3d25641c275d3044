"""Letters to people who are off: the one the ladder asks for, once, in their language, with no reason."""

import pytest
from django.urls import reverse

from moothall.absence.models import Prompt
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_person
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import days_ago, make_absence, make_certificate, make_recorder

pytestmark = pytest.mark.django_db
WRITE = "/absence/letters/"


@pytest.fixture
def recorder() -> Account:
    return make_recorder()


def somebody(**changes: object) -> Employment:
    given: dict[str, object] = {"full_name": "Tegwen Adeyemi", "emails": ["tegwen@example.org"]}
    return make_employment(make_person(**given | changes))


def test_each_gets_the_letter_the_ladder_asks_for_and_gets_it_once(recorder: Account) -> None:
    missing = make_absence(somebody(), first_day=days_ago(20))
    ending = make_absence(somebody(), first_day=days_ago(10))
    make_certificate(ending, days_ago(10), days_ago(-2))
    covered = make_absence(somebody(), first_day=days_ago(10))
    make_certificate(covered, days_ago(10), days_ago(-20))
    nowhere = make_absence(somebody(emails=[]), first_day=days_ago(20))
    client = signed_in_as(recorder)
    sent = {"ids": [each.pk for each in (missing, ending, covered, nowhere)], "back": "/absence/"}
    shown = words(main(page(client.post(WRITE, sent, follow=True))))
    assert "2 letters leave in 15 seconds." in words(page(client.get("/absence/"))) + shown
    subjects = set(Letter.objects.values_list("subject", flat=True))
    assert len(subjects) == 2
    assert {each.kind for each in Prompt.objects.all()} == {Prompt.MISSING, Prompt.ENDING}
    assert not any("Cold" in each.body for each in Letter.objects.all())
    client.post(WRITE, sent)
    assert Letter.objects.count() == 2


def test_a_welsh_speaker_is_written_to_in_welsh(recorder: Account) -> None:
    episode = make_absence(somebody(language="cy"), first_day=days_ago(20))
    signed_in_as(recorder).post(WRITE, {"ids": [episode.pk]})
    letter = Letter.objects.get()
    assert (letter.language, letter.subject.startswith("Mae angen nodyn ffitrwydd")) == ("cy", True)


def test_an_officer_is_warned_of_half_pay_once(recorder: Account) -> None:
    person = make_person(full_name="Idris Kovač", emails=["idris@example.org"])
    officer = make_employment(person, workforce="police_officer")
    episode = make_absence(officer, first_day=days_ago(160))
    client, address = signed_in_as(recorder), reverse("warn_of_half_pay", args=[episode.pk])
    assert client.post(address).status_code == 302
    assert Letter.objects.get().subject.startswith("Your pay from")
    assert "Warned of half pay" in words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    assert client.post(address).status_code == 409
    assert client.post(reverse("warn_of_half_pay", args=[make_absence().pk])).status_code == 409
