"""Proposals accepted, undone and told: by the same rules as any place, each as a whole, each once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.training.models import (
    Nomination,
    PlaceDay,
    Repair,
    RepairProposal,
    ScheduleVersion,
    Session,
    TeamDay,
    TrainerDay,
)
from moothall.training.planning import repairing as looking
from moothall.training.planning.mending import RepairOrder, mended
from moothall.training.rules import repair_telling, repairing
from moothall.training.rules.announcing import csv_of, tell_of_schedule
from moothall.training.rules.publishing import published_of
from moothall.training.rules.repair_refusals import (
    CannotAccept,
    NeededByAnother,
    NotAccepted,
    NothingToTell,
    RepairOutdated,
    ToldAlready,
)
from moothall.training.rules.repair_telling import tell_of_repair
from moothall.training.rules.repair_undoing import undo_proposal
from moothall.training.rules.repairing import Accepted, accept_proposals

from .make import MONDAY, TODAY, make_keeper, make_place, make_reader, make_session, publish_lines
from .make_plans import make_trainer
from .make_repairs import LATER, World, is_away, make_repaired, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repairs are looked for in this process."""

    def looked_for(_repair: Repair, order: RepairOrder, *_rest: Any) -> Any:
        return mended(order)

    monkeypatch.setattr(looking, "_looked_for", looked_for)


def accept(repair: Repair, *numbers: int, by: Any = None) -> Accepted:
    wanted = numbers or tuple(repair.proposals.values_list("number", flat=True))
    return accept_proposals(repair, wanted, by=by or make_keeper(), at=AT, today=TODAY)


def undo(repair: Repair, number: int = 0) -> None:
    proposal = repair.proposals.select_related("repair").get(number=number)
    undo_proposal(proposal, by=make_keeper(), at=AT, today=TODAY)


def tell(repair: Repair) -> ScheduleVersion:
    return tell_of_repair(repair, by=make_keeper(), at=AT, today=TODAY)


def taken(world: World) -> tuple[int, int]:
    return world.first.taken, world.second.taken


def out() -> dict[Any, int]:
    return {day: many for day, many in TeamDay.objects.values_list("day", "out") if many}


def test_an_accepted_proposal_moves_the_place_and_the_ledger_and_tells_nobody() -> None:
    world = World(least=1)
    is_away(world.people[0])
    repair = make_repaired(world.version)
    found = accept(repair)
    assert (found.done, found.refused) == ([0], [])
    assert taken(world) == (1, 1)
    assert out() == {MONDAY: 1, LATER: 1}
    placed = Nomination.objects.placed().get(employment=world.people[0])
    assert placed.session == world.second
    assert not Letter.objects.exists()
    assert published_of(world.schedule) == world.version


def test_who_comes_second_reads_who_accepted_it_and_when() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    first = make_keeper()
    accept(repair, by=first)
    found = accept(repair, 0)
    assert not found.done
    assert str(first) in found.refused[0][1]
    assert "accepted this already" in found.refused[0][1]
    assert world.second.taken == 1


def test_a_proposal_that_cannot_be_done_says_what_stops_it_and_leaves_the_rest() -> None:
    world = World(size=6, placed=2, places=2)
    is_away(world.people[0])
    is_away(world.people[1])
    repair = make_repaired(world.version)
    assert repair.figures["back"] == 2
    make_place(world.second, world.others[0])
    found = accept(repair)
    assert len(found.done) == 1
    [(number, why)] = found.refused
    assert "The session is full" in why
    assert repair.proposals.get(number=number).said == why
    assert taken(world) == (1, 2)
    assert PlaceDay.objects.filter(employment__in=[each.pk for each in world.people]).count() == 2


def test_other_training_on_the_day_stops_it_too() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    make_place(make_session(first_on=LATER), world.people[0])
    [(_number, why)] = accept(repair).refused
    assert "Other training on the same day" in why
    assert world.first.taken == 2


def test_another_trainer_takes_over_or_it_says_that_they_teach_elsewhere() -> None:
    world = World()
    other = make_trainer(world.skill)
    is_away(world.trainer)
    repair = make_repaired(world.version)
    busy = make_session(first_on=MONDAY)
    day = TrainerDay.objects.create(session=busy, trainer=other, day=MONDAY)
    [(_number, why)] = accept(repair).refused
    assert "teaches" in why
    assert world.first.trainer_days.get().trainer == world.trainer
    day.delete()
    assert accept(repair).done == [0]
    assert world.first.trainer_days.get().trainer == other
    undo(repair)
    assert world.first.trainer_days.get().trainer == world.trainer


def test_undone_everything_is_as_it_was_also_where_they_are_away() -> None:
    world = World(least=1)
    is_away(world.people[0])
    before = out()
    repair = make_repaired(world.version)
    accept(repair)
    undo(repair)
    assert taken(world) == (2, 0)
    assert out() == before
    assert Nomination.objects.placed().filter(session=world.first).count() == 2
    with pytest.raises(NotAccepted):
        undo(repair)
    assert accept(repair).done == [0]
    assert taken(world) == (1, 1)


def test_a_seat_that_somebody_else_has_since_cannot_be_given_back() -> None:
    world = World(size=4, placed=2, places=2)
    is_away(world.people[0])
    repair = make_repaired(world.version)
    accept(repair)
    make_place(world.first, world.others[0])
    with pytest.raises(CannotAccept, match="Somebody else has one of the places"):
        undo(repair)
    assert world.second.taken == 1


def test_what_another_needs_is_accepted_before_it_and_undone_after_it() -> None:
    world = World(size=4, placed=1)
    other = make_trainer(world.skill)
    is_away(world.people[0])
    is_away(world.trainer, LATER)
    repair = make_repaired(world.version)
    assert list(repair.proposals.values_list("sort", "needs")) == [("TRAINERS", []), ("PEOPLE", [0])]
    [(_number, why)] = accept(repair, 1).refused
    assert "needs proposal 1 too" in why
    assert accept(repair, 1, 0).done == [0, 1]
    with pytest.raises(NeededByAnother):
        undo(repair, 0)
    undo(repair, 1)
    undo(repair, 0)
    assert other.teaching_days.count() == 0


def test_what_was_accepted_is_published_as_a_changed_version_and_only_the_differences_are_sent() -> None:
    world = World()
    make_reader("DUTY")
    tell_of_schedule(world.version.pk, at=AT)
    Letter.objects.all().delete()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    with pytest.raises(NothingToTell):
        tell(repair)
    accept(repair)
    version = tell(repair)
    assert published_of(world.schedule) == version
    assert version.outcome == {"changed": 2, "placed": 1, "waiting": 0, "gone": 1}
    people = {line.key: line.planned for line in version.lines.all()}
    assert people == {"a": 1, "b": 1}
    text = csv_of(version.notices.get()).decode("utf-8-sig")
    assert world.people[0].number in text
    assert world.people[1].number not in text
    tell_of_schedule(version.pk, at=AT)
    tell_of_schedule(version.pk, at=AT)
    told = Letter.objects.filter(person=world.people[0].person_id)
    assert told.count() == 2
    assert not Letter.objects.filter(person=world.people[1].person_id).exists()
    repair.refresh_from_db()
    with pytest.raises(ToldAlready):
        undo(repair)


def test_a_session_that_is_not_held_is_called_off_when_it_is_told() -> None:
    world = World()
    is_away(world.trainer)
    repair = make_repaired(world.version)
    accept(repair)
    assert world.first.is_standing
    version = tell(repair)
    session = Session.objects.get(pk=world.first.pk)
    assert not session.is_standing
    assert (session.taken, session_of(version, "b").taken) == (0, 2)
    assert not session.trainer_days.exists() or version.lines.count() == 1


def test_after_another_version_is_published_the_old_proposals_are_refused() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    publish_lines(*world.lines, schedule=world.schedule)
    with pytest.raises(RepairOutdated):
        accept(repair)


STEPS = ["free_many", "place_many", "append_audit"]


@pytest.mark.parametrize("step", STEPS)
def test_broken_off_at_any_step_nothing_of_it_is_accepted(step: str, monkeypatch: Any) -> None:
    world = World(placed=2)
    is_away(world.people[0])
    is_away(world.people[1])
    repair = make_repaired(world.version)
    done, calls = getattr(repairing, step), []

    def break_off(*given: Any, **named: Any) -> None:
        done(*given, **named)
        calls.append(step)
        if len(calls) == 2:
            raise RuntimeError("The power went")

    monkeypatch.setattr(repairing, step, break_off)
    with pytest.raises(RuntimeError):
        accept(repair)
    assert taken(world) == (2, 0)
    assert not repair.proposals.exclude(state=RepairProposal.OPEN).exists()
    monkeypatch.setattr(repairing, step, done)
    assert len(accept(repair).done) == 2


def test_told_but_broken_off_it_is_not_told_at_all(monkeypatch: Any) -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    accept(repair)

    def break_off(*given: Any, **named: Any) -> None:
        raise RuntimeError("The power went")

    with monkeypatch.context() as patch:
        patch.setattr(repair_telling, "append_audit", break_off)
        with pytest.raises(RuntimeError):
            tell(repair)
    assert published_of(world.schedule) == world.version
    assert repair.proposals.to_tell().count() == 1
    assert tell(repair).number == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_people_at_once_exactly_one_accepts_a_proposal() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    people = [make_keeper() for _n in range(8)]
    ready = Barrier(8, timeout=120)

    def try_it(by: Any) -> Accepted:
        try:
            ready.wait()
            return accept_proposals(repair, [0], by=by, at=AT, today=TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(try_it, people, timeout=600))
    assert sum(len(each.done) for each in found) == 1
    assert sum("accepted this already" in each.refused[0][1] for each in found if each.refused) == 7
    assert world.second.taken == 1
