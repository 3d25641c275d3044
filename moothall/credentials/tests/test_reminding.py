"""People hear before what they hold runs out, once a rung, and of nothing that is settled."""

import datetime as dt
from random import Random

import pytest

from moothall.credentials.models import Credential, Reminder
from moothall.credentials.rules import reminding
from moothall.credentials.rules.reminding import remind_of_what_runs_out
from moothall.letters.models import Letter
from moothall.people.models import Person
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.models import Employment
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


@pytest.mark.slow
def test_of_many_those_are_found_who_came_to_a_rung_and_nobody_else() -> None:
    """The database asks as looking at each credential would."""
    dice = Random(5)
    kinds = [make_kind(ladder=ladder) for ladder in ([90, 60, 30], [30], [], [400, 7, 0], [14, 14, 1])]
    for number in range(200):
        person = make_person()
        if number % 7:
            make_employment(person)
        ends = TODAY + dt.timedelta(days=dice.randint(-20, 420))
        held = make_credential(person, kind=dice.choice(kinds), expires_on=ends)
        for days in dice.sample([0, 1, 7, 14, 30, 60, 90], dice.randint(0, 2)):
            Reminder.objects.create(credential=held, days=days, at=AT)
    for ahead in (0, 1, 6, 30):
        today = TODAY + dt.timedelta(days=ahead)
        rows = Credential.objects.verified().filter(
            superseded_by=None, expires_on__gte=today - reminding.LATEST,
            expires_on__lte=today + reminding.FURTHEST,
        )  # fmt: skip
        here = set(Employment.objects.in_force(today).values_list("person_id", flat=True))
        expected = {
            (each.pk, rung)
            for each in rows.select_related("kind")
            if (rung := reminding.rung_of(each, today)) is not None and each.person_id in here
        }
        assert {(each.pk, rung) for each, rung, _who in reminding.due(today)} == expected
        assert expected
