"""People hear before what they hold runs out, once a rung, and of nothing that is settled."""

import datetime as dt

import pytest

from moothall.credentials.models import Credential, Reminder
from moothall.credentials.rules.reminding import remind_of_what_runs_out
from moothall.letters.models import Letter
from moothall.people.models import Person
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.tests.make import make_employment

from .make import TODAY, make_activity, make_credential, make_kind

pytestmark = pytest.mark.django_db


def remind(days: int = 0) -> int:
    step = dt.timedelta(days=days)
    return remind_of_what_runs_out(at=AT + step, today=TODAY + step)


def letters_to(person: Person) -> list[Letter]:
    return list(Letter.objects.filter(person=person).order_by("id"))


def holding(days: int, **changes: object) -> tuple[Person, Person, Credential]:
    """Somebody whose credential runs out so many days from now, and their manager."""
    above = make_person(full_name="Manager Mutasa", emails=["manager@borth.example"])
    person = make_person(full_name="Siân Okafor", emails=["sian@borth.example"])
    make_employment(person, manager=make_employment(above))
    expires_on = TODAY + dt.timedelta(days=days)
    return person, above, make_credential(person, expires_on=expires_on, **changes)


def test_the_ladder_is_climbed_once_each_and_the_manager_hears_at_its_end() -> None:
    kind = make_kind(name="First aid at work")
    make_activity(kind, name="Escort passengers")
    person, above, held = holding(91, kind=kind)
    assert [remind(day) for day in range(95)].count(1) == 4
    assert list(held.reminders.order_by("at").values_list("days", flat=True)) == [90, 60, 30, 0]
    first, *_others, last = letters_to(person)
    assert first.subject == "First aid at work runs out on 22 February 2027"
    assert "escort passengers" in first.body
    assert "ran out" in last.subject
    assert [letter.subject for letter in letters_to(above)] == [
        "Siân Okafor: First aid at work, until 22 February 2027"
    ] * 2


def test_the_same_day_again_writes_to_nobody_twice() -> None:
    person, _above, _held = holding(60)
    assert remind() == 1
    assert remind() == 0
    assert len(letters_to(person)) == 1


def test_after_days_on_which_nothing_ran_only_the_nearest_rung_counts() -> None:
    _person, _above, held = holding(20)
    assert remind() == 1
    assert Reminder.objects.get(credential=held).days == 30


def test_whoever_has_sent_in_the_renewal_is_left_alone() -> None:
    person, _above, held = holding(30)
    make_credential(person, kind=held.kind, issued_on=TODAY, by=make_account(person=person))
    assert remind() == 0


def test_a_welsh_reader_reads_welsh() -> None:
    kind = make_kind(name="First aid at work", name_cy="Cymorth cyntaf yn y gwaith")
    person, _above, _held = holding(30, kind=kind)
    Person.objects.filter(pk=person.pk).update(language="cy")
    remind()
    [letter] = letters_to(person)
    assert letter.subject == "Cymorth cyntaf yn y gwaith: daw i ben ar 23 Rhagfyr 2026"


def test_whoever_does_not_work_here_is_not_written_to() -> None:
    make_credential(make_person(emails=["gone@borth.example"]), expires_on=TODAY + dt.timedelta(days=30))
    assert remind() == 0
