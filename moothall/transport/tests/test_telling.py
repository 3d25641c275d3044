"""Families are told of a published plan: each once, for all their passengers, in their language."""

from itertools import count
from typing import Any

import pytest

from moothall.letters.models import Letter
from moothall.letters.rules.outbox import queue_letter
from moothall.people.tests.make import AT, make_person
from moothall.transport.models import Passenger, RunNotice, RunPlan
from moothall.transport.rules import plan_telling
from moothall.transport.rules.plan_telling import tell_of_plan

from .make import MONDAY, make_application, make_centre, make_manager, make_passenger, make_travel
from .make_runs import make_fleet, make_plan, make_published

pytestmark = pytest.mark.django_db


def travellers(*people: dict[str, object]) -> list[Passenger]:
    """A passenger for each, to one school."""
    make_fleet(len(people))
    centre = make_centre()
    made = []
    for given in people:
        passenger = make_passenger(person=make_person(**given))
        make_travel(passenger, centre=centre)
        made.append(passenger)
    return made


def test_each_family_has_one_letter_however_often_the_job_runs() -> None:
    travellers(
        {"full_name": "Osian Bello", "emails": ["osian@post.example"]},
        {"full_name": "Nia Haidari", "emails": ["nia@post.example"]},
    )
    plan = make_published(make_manager())

    assert tell_of_plan(plan.pk, at=AT) == 2
    assert tell_of_plan(plan.pk, at=AT) == 0
    letters = Letter.objects.order_by("to_address")
    assert [each.to_address for each in letters] == ["nia@post.example", "osian@post.example"]
    assert "fetched at" in letters[0].body
    assert "home at" in letters[0].body


def test_brothers_and_sisters_stand_in_one_letter_to_whoever_asked_for_them() -> None:
    by = make_manager()
    both = travellers({"full_name": "Osian Bello"}, {"full_name": "Efa Bello"})
    non = make_person(full_name="Non Bello", emails=["non@post.example"])
    for each in both:
        application = make_application(by, requester=non)
        type(application).objects.filter(pk=application.pk).update(passenger=each)
    plan = make_published(by)

    assert tell_of_plan(plan.pk, at=AT) == 2
    letter = Letter.objects.get(about_kind=RunPlan._meta.label_lower)
    assert (letter.to_address, "Osian Bello" in letter.body, "Efa Bello" in letter.body) == (
        "non@post.example", True, True,
    )  # fmt: skip


def test_a_family_that_reads_welsh_is_written_to_in_welsh() -> None:
    travellers({"full_name": "Osian Bello", "emails": ["osian@post.example"], "language": "cy"})
    plan = make_published(make_manager())
    tell_of_plan(plan.pk, at=AT)
    letter = Letter.objects.get()

    assert letter.language == "cy"
    assert "fetched at" not in letter.body


def test_whoever_has_no_address_is_to_be_rung_and_is_not_written_to() -> None:
    travellers({"full_name": "Osian Bello"})
    plan = make_published(make_manager())

    assert tell_of_plan(plan.pk, at=AT) == 0
    notice = RunNotice.objects.get()
    assert (notice.by_telephone, notice.told_at) == (True, None)
    assert not Letter.objects.exists()


def test_nobody_is_told_of_a_plan_that_is_not_published() -> None:
    (osian,) = travellers({"full_name": "Osian Bello", "emails": ["osian@post.example"]})
    plan = make_plan(from_on=MONDAY)
    RunNotice.objects.create(plan=plan, passenger=osian, lines=[])

    assert tell_of_plan(plan.pk, at=AT) == 0
    assert not Letter.objects.exists()


def test_a_letter_that_could_not_be_queued_leaves_its_family_to_be_told_and_the_next_run_does_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when the worker is killed between two families: what was done stands, the rest is done later."""
    travellers(
        {"full_name": "Osian Bello", "emails": ["osian@post.example"]},
        {"full_name": "Nia Haidari", "emails": ["nia@post.example"]},
    )
    plan = make_published(make_manager())
    times = count(1)

    def second_fails(**given: Any) -> Letter:
        if next(times) == 2:
            raise InterruptedError
        return queue_letter(**given)

    monkeypatch.setattr(plan_telling, "queue_letter", second_fails)
    with pytest.raises(InterruptedError):
        tell_of_plan(plan.pk, at=AT)

    assert RunNotice.objects.filter(told_at=None).count() == 1
    assert tell_of_plan(plan.pk, at=AT) == 1
    assert Letter.objects.count() == 2
    assert Letter.objects.values("to_address").distinct().count() == 2
