"""Repairs found: what has changed is read from the records, and the fewest people are asked."""

from typing import Any

import pytest

from moothall.core.clock import now
from moothall.people.tests.make import AT
from moothall.training.models import (
    Nomination,
    Repair,
    RepairChange,
    RepairMove,
    RepairProposal,
    ScheduleVersion,
)
from moothall.training.planning import repairing
from moothall.training.planning.mending import RepairOrder, mended
from moothall.training.planning.repairing import make_repair
from moothall.training.rules.repair_refusals import (
    ChangeBackwards,
    FreezeInThePast,
    OnlyWhatIsKnown,
    RepairGoesOn,
)
from moothall.training.rules.repairs import begin_repair, usual_freeze
from moothall.training.rules.sessions import cancel_session
from moothall.workforce.models import Employment, LeavingReason

from .make import MONDAY, TODAY, make_draft, make_keeper, make_minimum, make_place, unit_of
from .make_plans import make_trainer
from .make_repairs import DAY, LATER, World, is_away, make_asked, make_repaired

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Repairs are looked for in this process."""
    if "slow" in request.keywords:
        return

    def looked_for(_repair: Repair, order: RepairOrder, *_rest: Any) -> Any:
        return mended(order)

    monkeypatch.setattr(repairing, "_looked_for", looked_for)


def proposals(repair: Repair, sort: str) -> list[RepairProposal]:
    return list(repair.proposals.filter(sort=sort).order_by("number"))


def test_where_nothing_has_changed_nothing_is_proposed() -> None:
    repair = make_repaired(World().version)
    assert repair.state == Repair.DONE, repair.problem
    assert (repair.figures["placed"], repair.figures["lost"]) == (2, 0)
    assert not repair.proposals.exists()


def test_whoever_is_away_since_is_offered_another_session_and_nobody_else_is_touched() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    assert repair.state == Repair.DONE, repair.problem
    said = {"lost": 1, "back": 1, "moved": 0, "left": 0}
    assert {key: repair.figures[key] for key in said} == said
    move = RepairMove.objects.get()
    assert (move.employment, move.out_of, move.into) == (world.people[0], world.first, world.second)
    assert (move.why, move.proposal.places, move.proposal.touched) == (RepairMove.AWAY, 1, 0)


@pytest.mark.slow
def test_a_repair_is_looked_for_in_a_process_of_its_own() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version)
    assert repair.state == Repair.DONE, repair.problem
    assert repair.figures["back"] == 1


def test_until_the_freeze_ends_nobody_is_asked_to_come_and_it_says_so() -> None:
    world = World()
    is_away(world.people[0])
    repair = make_repaired(world.version, frozen_until=LATER)
    [leave] = proposals(repair, RepairProposal.LEAVE)
    assert leave.moves.get().left_because == RepairMove.FROZEN
    assert (repair.figures["lost"], repair.figures["left"]) == (1, 1)


def test_another_is_moved_only_where_that_gives_a_place_back_and_it_was_allowed() -> None:
    world = World(size=4, placed=2, places=2)
    filler = make_place(world.second, world.others[0])
    make_place(world.second, world.others[1])
    is_away(world.people[0])
    is_away(filler.employment, LATER + DAY)
    kept = make_repaired(world.version, moves_others=False)
    assert (kept.figures["back"], kept.figures["left"]) == (0, 1)
    repair = make_repaired(world.version)
    assert (repair.figures["back"], repair.figures["moved"]) == (1, 1)
    both = proposals(repair, RepairProposal.PEOPLE)
    whys = {each.moves.get().why: each for each in both}
    assert set(whys) == {RepairMove.AWAY, RepairMove.ROOM}
    assert whys[RepairMove.AWAY].needs == [whys[RepairMove.ROOM].number]
    assert whys[RepairMove.ROOM].touched == 1


def test_a_team_that_is_below_its_minimum_since_gets_back_as_few_as_can_be() -> None:
    world = World(size=5, placed=2, least=3)
    is_away(world.others[0])
    repair = make_repaired(world.version)
    assert repair.figures["lost"] == 1
    assert RepairMove.objects.get().why == RepairMove.TEAM


def test_a_minimum_that_is_raised_withdraws_no_more_than_it_has_to() -> None:
    world = World(size=6, placed=3, least=3)
    make_minimum(unit_of(world.people[0]), 4)
    repair = make_repaired(world.version)
    assert repair.figures["lost"] == 1


def test_somebody_else_teaches_where_the_trainer_is_gone() -> None:
    world = World()
    other = make_trainer(world.skill)
    is_away(world.trainer)
    repair = make_repaired(world.version)
    [taught] = proposals(repair, RepairProposal.TRAINERS)
    assert (taught.session, taught.trainers) == (world.first, [other.pk])
    assert taught.trainers_before == [world.trainer.pk]
    assert repair.figures["lost"] == 0


def test_where_nobody_can_teach_the_session_is_not_held_and_its_people_go_elsewhere() -> None:
    world = World()
    is_away(world.trainer)
    repair = make_repaired(world.version)
    [off] = proposals(repair, RepairProposal.OFF)
    assert off.session == world.first
    assert (repair.figures["lost"], repair.figures["back"]) == (2, 2)


def test_those_whose_session_was_called_off_are_offered_another() -> None:
    world = World()
    cancel_session(world.first, because="Flood", by=make_keeper(), at=AT, today=TODAY)
    repair = make_repaired(world.version, offers_waiting=False)
    assert repair.state == Repair.DONE, repair.problem
    moves = RepairMove.objects.all()
    assert {(move.why, move.into, move.out_of) for move in moves} == {(RepairMove.LOST, world.second, None)}


def test_who_waits_is_offered_what_is_free() -> None:
    world = World(size=4, placed=2, places=2)
    waits = make_place(world.first, world.others[0])
    assert waits.state == Nomination.WAITING
    repair = make_repaired(world.version)
    assert (repair.figures["waited"], RepairMove.objects.get().into) == (1, world.second)
    assert not make_repaired(world.version, offers_waiting=False).proposals.exists()


@pytest.mark.parametrize("sort", [RepairChange.STAFF, RepairChange.SITE, RepairChange.SESSION])
def test_what_no_record_says_is_said_by_hand(sort: str) -> None:
    world = World(size=3, placed=1)
    change = RepairChange(sort=sort, from_on=MONDAY)
    if sort == RepairChange.STAFF:
        change.employment = world.people[0]
    elif sort == RepairChange.SITE:
        change.place = world.site
    else:
        change.session, change.from_on = world.first, None
    repair = make_repaired(world.version, changes=[change])
    assert repair.state == Repair.DONE, repair.problem
    assert (repair.figures["lost"], repair.figures["back"]) == (1, 1)
    held_off = [each.session for each in proposals(repair, RepairProposal.OFF)]
    assert held_off == ([] if sort == RepairChange.STAFF else [world.first])


def test_whoever_leaves_the_office_before_is_taken_out() -> None:
    world = World()
    reason = LeavingReason.objects.create(key="moved", name="Moved away")
    leaver = Employment.objects.filter(pk=world.people[0].pk)
    leaver.update(ended_on=MONDAY - DAY, ended_because=reason)
    repair = make_repaired(world.version)
    [leave] = proposals(repair, RepairProposal.LEAVE)
    assert leave.moves.get().why == RepairMove.LEFT


def test_a_place_that_the_office_allows_is_no_broken_one_whatever_the_planner_thinks() -> None:
    world = World(size=3, placed=1)
    saturday = MONDAY + 5 * DAY
    made = make_place(world.first, world.others[0])
    assert made.state == Nomination.PLACED
    world.first.days = [saturday]
    type(world.first).objects.filter(pk=world.first.pk).update(
        days=[saturday], first_on=saturday, last_on=saturday
    )
    repair = make_repaired(world.version)
    assert repair.state == Repair.DONE, repair.problem
    assert repair.figures["lost"] == 0


def test_a_draft_is_not_repaired_nor_one_twice_at_a_time() -> None:
    world = World()
    with pytest.raises(OnlyWhatIsKnown):
        make_asked(make_draft(schedule=world.schedule))
    with pytest.raises(FreezeInThePast):
        make_asked(world.version, frozen_until=TODAY - DAY)
    backwards = RepairChange(
        sort="SITE", place=world.site, from_on=MONDAY, until_on=MONDAY - DAY
    )  # fmt: skip
    with pytest.raises(ChangeBackwards):
        make_asked(world.version, changes=[backwards])
    make_asked(world.version)
    with pytest.raises(RepairGoesOn):
        make_asked(world.version)


def test_a_repair_is_taken_up_once_and_says_where_nothing_is_to_come() -> None:
    world = World()
    ScheduleVersion.objects.get().lines.all().delete()
    repair = make_asked(world.version)
    make_repair(repair.pk, clock=now, today=TODAY)
    repair.refresh_from_db()
    assert repair.state == Repair.FAILED
    assert "No session of this version is still to come" in repair.problem
    assert begin_repair(repair.pk, at=now()) is None


def test_the_usual_freeze_is_as_many_days_as_it_was_last_time() -> None:
    assert usual_freeze(today=TODAY) == TODAY + 14 * DAY
    make_asked(World().version, frozen_until=TODAY + 21 * DAY)
    assert usual_freeze(today=TODAY + DAY) == TODAY + 22 * DAY
