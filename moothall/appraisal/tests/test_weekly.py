"""Each week one letter a person about all that is late, until nearly all are done; and the cycle's case."""

import datetime as dt

import pytest

from moothall.appraisal.models import Appraisal, Cycle, CycleCase
from moothall.appraisal.rules.chasing import chase
from moothall.appraisal.rules.cycles import close_cycle, open_cycle, reopen_cycle
from moothall.appraisal.rules.rating import look_again, sign_as_manager, sign_own
from moothall.appraisal.rules.weekly import chase_weekly, is_nearly_complete, week_of
from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import OutcomeDefinition, StepDefinition
from moothall.cases.tests.make import make_service
from moothall.letters.models import Letter
from moothall.people.models import Person
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

from .make import Pair, agree_one, give_rating, make_cycle, make_pair

pytestmark = pytest.mark.django_db
TODAY = AT.date()
DAY = dt.timedelta(days=1)


def weekly(day: dt.date) -> int:
    return chase_weekly(at=AT + (day - TODAY), today=day)


def letters_to(person: Person) -> list[str]:
    return list(Letter.objects.filter(person=person).order_by("id").values_list("body", flat=True))


def boss_of_two() -> tuple[Employment, Cycle]:
    boss = make_account(person=make_person(emails=["boss@borth.example"]))
    _account, above = make_manager(account=boss)
    for _each in range(2):
        make_employment(manager=above)
    return above, open_cycle(make_cycle(), by=None, at=AT)


def complete(pair: Pair) -> None:
    give_rating(pair)
    look_again(pair.appraisal, agrees=True, by=pair.above, at=AT)
    sign_own(pair.appraisal, agrees=True, by=pair.employee, at=AT)
    sign_as_manager(pair.appraisal, by=pair.manager, at=AT)


def test_who_is_late_has_one_letter_a_week_and_nobody_before_it_is_late() -> None:
    above, cycle = boss_of_two()
    told = {days: weekly(cycle.objectives_by + days * DAY) for days in range(-3, 22)}
    assert {days: count for days, count in told.items() if count} == {1: 1, 8: 1, 15: 1}
    bodies = letters_to(above.person)
    assert len(bodies) == 3
    assert "so many people: 2" in bodies[0]


def test_run_again_in_the_same_week_nobody_is_written_to_twice() -> None:
    _above, cycle = boss_of_two()
    late = cycle.objectives_by + DAY
    assert weekly(late) == 1
    assert weekly(late) == 0
    assert weekly(late + 6 * DAY) == 0
    assert week_of(dt.date(2027, 1, 1)) == "2026-W53"


def test_within_a_week_of_another_letter_about_a_stage_there_is_none() -> None:
    above, cycle = boss_of_two()
    late = cycle.objectives_by + DAY
    chase(at=AT + (late - TODAY), today=late)
    before = len(letters_to(above.person))
    assert [weekly(late + days * DAY) for days in (0, 6, 7)] == [0, 0, 1]
    assert len(letters_to(above.person)) == before + 1


def test_one_letter_says_what_is_late_of_ones_own_and_of_ones_team() -> None:
    pair = make_pair()
    Person.objects.filter(pk=pair.employment.person_id).update(language="cy")
    make_employment(manager=pair.employment)
    agree_one(pair)
    pair.appraisal.refresh_from_db()
    assert pair.appraisal.stage == Appraisal.SELF
    theirs = make_employment(manager=pair.employment)
    Appraisal.objects.create(cycle=pair.appraisal.cycle, employment=theirs)
    weekly(pair.appraisal.cycle.self_by + DAY)
    [body] = letters_to(pair.employment.person)
    assert "Yn eich arfarniad eich hun: ysgrifennu eich barn eich hun am y flwyddyn" in body
    assert "nifer hwn o bobl: 1" in body


def test_a_cycle_that_is_nearly_complete_is_chased_no_more() -> None:
    pair = make_pair()
    cycle: Cycle = pair.appraisal.cycle
    late = cycle.sign_by + DAY
    Appraisal.objects.filter(cycle=cycle).exclude(pk=pair.appraisal.pk).update(
        stage=Appraisal.EXEMPT, exempt_because=Appraisal.OTHER
    )
    assert not is_nearly_complete(cycle)
    complete(pair)
    assert is_nearly_complete(cycle)
    assert weekly(late) == 0


def test_of_two_stages_that_are_late_the_second_letter_comes_another_day() -> None:
    pair = make_pair()
    boss = pair.manages.person
    Person.objects.filter(pk=boss.pk).update(full_name="Tomos Bielak")
    cycle: Cycle = pair.appraisal.cycle
    agree_one(pair)
    Appraisal.objects.filter(pk=pair.appraisal.pk).update(stage=Appraisal.SELF)
    day = cycle.self_by + DAY
    chase(at=AT + (day - TODAY), today=day)
    found = len(letters_to(pair.employment.person))
    Appraisal.objects.filter(pk=pair.appraisal.pk).update(stage=Appraisal.SIGN)
    later = cycle.sign_by + DAY
    chase(at=AT + (day - TODAY), today=later)
    assert len(letters_to(pair.employment.person)) == found
    chase(at=AT + (later - TODAY), today=later)
    assert len(letters_to(pair.employment.person)) == found + 1


def make_process() -> None:
    step = StepDefinition
    make_service(
        step("open", "Open", "desk", 1),
        step("self", "Own view", "desk", 1, after=("open",)),
        step("evidence", "Evidence", "desk", 1, after=("open",)),
        step("meet", "Meet", "desk", 1, after=("self", "evidence"), outcomes=("held", "rearranged")),
        step("obj", "Plan", "desk", 1, after=("meet",)),
        step("sign", "Sign", "desk", 1, after=("obj",)),
        step("second", "Second look", "desk", 1, after=("sign",), outcomes=("agreed", "returned")),
        step("rating", "Rating", "desk", 1, after=("second",)),
        step("chase", "Chase", "desk", 5, after=("open",), repeat="weekly"),
        key="appraisal_cycle",
        outcomes=tuple(OutcomeDefinition(key, key, key) for key in ("complete", "overdue")),
    )  # fmt: skip


def done() -> set[str]:
    return set(Step.objects.filter(state=Step.DONE).values_list("key", flat=True))


def test_the_case_of_a_cycle_opens_ticks_as_people_get_on_and_closes_with_it() -> None:
    make_process()
    pair = make_pair()
    cycle: Cycle = pair.appraisal.cycle
    Appraisal.objects.filter(cycle=cycle).exclude(pk=pair.appraisal.pk).update(
        stage=Appraisal.EXEMPT, exempt_because=Appraisal.OTHER
    )
    assert CycleCase.objects.get(cycle=cycle).case.title == cycle.name
    assert done() == {"open"}
    weekly(cycle.objectives_by + DAY)
    agree_one(pair)
    weekly(cycle.self_by + DAY)
    assert done() == {"open", "chase"}
    assert Step.objects.filter(key="chase").count() >= 2
    complete(pair)
    weekly(cycle.sign_by + DAY)
    assert done() == {"open", "chase", "self", "evidence", "meet", "obj", "sign", "second", "rating"}
    by = make_account()
    close_cycle(cycle, by=by, at=AT)
    assert Case.objects.get().outcome == "complete"
    reopen_cycle(cycle, by=by, at=AT)
    assert not Case.objects.get().is_closed


def test_a_cycle_that_is_closed_before_all_are_complete_is_overdue() -> None:
    make_process()
    pair = make_pair()
    close_cycle(pair.appraisal.cycle, by=make_account(), at=AT)
    assert Case.objects.get().outcome == "overdue"
