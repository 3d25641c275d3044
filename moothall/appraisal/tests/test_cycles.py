"""Who is in a cycle and who is not, how far it has come, and who is written to."""

import datetime as dt

import pytest

from moothall.appraisal.models import Appraisal, Cycle
from moothall.appraisal.rules import refusals
from moothall.appraisal.rules.chasing import chase
from moothall.appraisal.rules.completion import MANAGER, completion, total
from moothall.appraisal.rules.cycles import open_cycle, preview, take_in
from moothall.appraisal.rules.rating import look_again, sign_as_manager, sign_own
from moothall.core.clock import today
from moothall.letters.models import Letter
from moothall.people.models import Person
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce import away
from moothall.workforce.away import FAMILY, SICK, Away
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.tests.make import make_employment, make_manager, make_unit

from .make import Pair, agree_one, give_rating, make_cycle, make_pair

pytestmark = pytest.mark.django_db
TODAY = AT.date()
DAY = dt.timedelta(days=1)


def complete(pair: Pair) -> None:
    give_rating(pair)
    look_again(pair.appraisal, agrees=True, by=pair.above, at=AT)
    sign_own(pair.appraisal, agrees=True, by=pair.employee, at=AT)
    sign_as_manager(pair.appraisal, by=pair.manager, at=AT)


def test_the_preview_says_who_is_in_and_who_is_out_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    stays, starts, ill = make_employment(), make_employment(started_on=TODAY), make_employment()
    monkeypatch.setattr(away, "_sources", [lambda ids, first, last: [
        Away(ill.pk, TODAY - 120 * DAY, None, SICK), Away(stays.pk, TODAY - 5 * DAY, None, SICK),
    ]])  # fmt: skip
    cycle = make_cycle(starters_until=TODAY - DAY)
    seen = preview(cycle, on=TODAY)
    assert {each.employment_id: each.because for each in seen.standings} == {
        stays.pk: "", starts.pk: Appraisal.STARTER, ill.pk: Appraisal.AWAY,
    }  # fmt: skip
    assert len(seen.without_manager) == 1
    open_cycle(cycle, by=None, at=AT)
    found = dict(Appraisal.objects.values_list("employment_id", "stage"))
    assert found[stays.pk] == Appraisal.OBJECTIVES
    assert found[ill.pk] == Appraisal.EXEMPT


def test_a_day_worked_in_a_long_absence_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    since = TODAY - 120 * DAY
    long, back = make_employment(), make_employment()
    monkeypatch.setattr(away, "_sources", [lambda ids, first, last: [
        each for each in (
            Away(long.pk, since, TODAY - DAY, FAMILY, since), Away(long.pk, TODAY + DAY, None, FAMILY, since),
            Away(back.pk, since, TODAY - DAY, SICK), Away(back.pk, TODAY + DAY, None, SICK),
        ) if each.from_on <= last and (each.until_on is None or each.until_on >= first)
    ]])  # fmt: skip
    seen = preview(make_cycle(starters_until=TODAY - DAY), on=TODAY)
    found = {each.employment_id: each.because for each in seen.standings}
    assert found == {long.pk: Appraisal.AWAY, back.pk: ""}


def test_a_cycle_of_a_unit_and_a_kind_of_staff_is_only_theirs() -> None:
    unit = make_unit()
    inside, officer = make_employment(unit=unit), make_employment(unit=unit, workforce="police_officer")
    make_employment()
    cycle = make_cycle(units=[unit], workforces=["employee"])
    assert [each.employment_id for each in preview(cycle, on=TODAY).standings] == [inside.pk]
    open_cycle(cycle, by=None, at=AT)
    take_in(cycle, officer, by=make_account(), at=AT)
    with pytest.raises(refusals.InAlready):
        take_in(cycle, officer, by=make_account(), at=AT)


def test_a_cycle_is_opened_once_and_never_for_nobody() -> None:
    with pytest.raises(refusals.NobodyIn):
        open_cycle(make_cycle(), by=None, at=AT)
    make_employment()
    cycle = open_cycle(make_cycle(), by=None, at=AT)
    with pytest.raises(refusals.AlreadyOpen):
        open_cycle(cycle, by=None, at=AT)
    with pytest.raises(refusals.StagesOutOfOrder):
        make_cycle(self_by=TODAY)


def test_completion_counts_each_person_once_in_the_unit_of_the_day() -> None:
    pair = make_pair()
    agree_one(pair)
    lines = completion(pair.appraisal.cycle, TODAY)
    assert total(lines).in_cycle == 3
    assert total(lines).agreed == 1
    complete(pair)
    unit = pair.employment.assignments.get().unit
    [line] = [each for each in completion(pair.appraisal.cycle, TODAY) if each.about == unit]
    assert (line.done, line.rated, line.share) == (1, 1, 100)
    by_manager = completion(pair.appraisal.cycle, TODAY, by=MANAGER)
    assert {each.key: each.done for each in by_manager}[pair.manages.pk] == 1
    later = total(completion(pair.appraisal.cycle, TODAY + 31 * DAY))
    assert later.late == 2


def test_a_mover_is_seen_by_the_new_manager_from_that_day_and_by_the_old_no_more() -> None:
    pair = make_pair()
    new, manages = make_manager()
    assert Appraisal.objects.visible_to(pair.manager).filter(pk=pair.appraisal.pk).exists()
    change_assignment(pair.employment, from_on=today(), because="Moved", by=None, at=AT, manager=manages)
    assert Appraisal.objects.visible_to(new).filter(pk=pair.appraisal.pk).exists()
    assert not Appraisal.objects.visible_to(pair.manager).filter(pk=pair.appraisal.pk).exists()


def letters_to(employment: Employment) -> list[str]:
    return list(
        Letter.objects.filter(person=employment.person).order_by("id").values_list("subject", flat=True)
    )


def test_each_is_written_to_once_about_each_stage() -> None:
    pair = make_pair(name="Siân Okafor")
    chase(at=AT, today=TODAY)
    assert chase(at=AT, today=TODAY) == 0
    assert len(letters_to(pair.employment)) == 1
    agree_one(pair)
    cycle: Cycle = pair.appraisal.cycle
    for days in range(-9, 5):
        day = cycle.self_by + days * DAY
        chase(at=AT + (day - TODAY), today=day)
    subjects = letters_to(pair.employment)
    assert len(subjects) == 3
    assert "write your own view" in subjects[1]


def test_the_manager_is_told_once_how_many_wait_and_the_outcome_once_a_round() -> None:
    pair = make_pair()
    make_employment(manager=pair.manages)
    cycle: Cycle = pair.appraisal.cycle
    chase(at=AT, today=TODAY)
    chase(at=AT, today=cycle.objectives_by + DAY)
    assert not letters_to(pair.manages)
    complete(pair)
    chase(at=AT, today=TODAY)
    assert "complete" in letters_to(pair.employment)[-1]
    assert chase(at=AT, today=TODAY) == 0


def test_a_welsh_reader_reads_welsh() -> None:
    pair = make_pair(name_cy="Arfarniad 2026")
    Person.objects.filter(pk=pair.employment.person_id).update(language="cy")
    chase(at=AT, today=TODAY)
    assert letters_to(pair.employment) == ["Arfarniad 2026: eich arfarniad"]


def test_a_manager_with_an_address_reads_how_many_wait() -> None:
    boss = make_account(person=make_person(emails=["boss@borth.example"]))
    _account, above = make_manager(account=boss)
    for _each in range(2):
        make_employment(manager=above)
    cycle = open_cycle(make_cycle(), by=None, at=AT)
    chase(at=AT, today=cycle.objectives_by + DAY)
    bodies = Letter.objects.filter(person=above.person).order_by("id").values_list("body", flat=True)
    assert any("so many people: 2" in body for body in bodies)
