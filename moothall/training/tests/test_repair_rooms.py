"""A room that is shut is found by a repair: another is proposed, or the session is not held."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.bookings.models import Feature, Resource
from moothall.bookings.rules.setting import shut, withdraw_closure
from moothall.bookings.tests.make import make_reservation, make_resource
from moothall.letters.models import Letter
from moothall.people.models.working import at_on
from moothall.people.tests.make import AT
from moothall.training.models import Nomination, Repair, RepairMove, RepairProposal
from moothall.training.planning import repairing as looking
from moothall.training.planning.mending import RepairOrder, mended
from moothall.training.rules.announcing import tell_of_schedule
from moothall.training.rules.repair_telling import tell_of_repair
from moothall.training.rules.repair_undoing import undo_proposal
from moothall.training.rules.repairing import accept_proposals
from moothall.training.rules.rooms import choose_rooms, things_of

from .make import MONDAY, TODAY, make_keeper
from .make_repairs import FIGURES, LATER, World, ahead, is_told, make_repaired

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repairs are looked for in this process."""

    def looked_for(_repair: Repair, order: RepairOrder, *_rest: Any) -> Any:
        return mended(order)

    monkeypatch.setattr(looking, "_looked_for", looked_for)


def make_housed(first: dt.date = MONDAY, **changes: Any) -> tuple[World, Resource]:
    """Both sessions in one room of the site."""
    world = World(first=first)
    room = make_resource(place=world.site, capacity=10, **changes)
    for session in (world.first, world.second):
        choose_rooms(session, [room], by=make_keeper(), at=AT)
    Letter.objects.all().delete()
    return world, room


def is_shut(room: Resource | None, day: dt.date = MONDAY, **changes: Any) -> Any:
    given: dict[str, Any] = {
        "place": None, "room": room, "first": day, "after": dt.time(0), "last": day, "before": None,
        "reason": "The ceiling", "by": make_keeper(), "at": AT,
    }  # fmt: skip
    return shut(**given | changes)


def accept(repair: Repair) -> list[str]:
    numbers = list(repair.proposals.values_list("number", flat=True))
    found = accept_proposals(repair, numbers, by=make_keeper(), at=AT, today=TODAY)
    return [why for _number, why in found.refused]


def test_another_room_of_the_site_is_proposed_and_nobody_has_to_move() -> None:
    world, room = make_housed()
    large, small, _tiny = (make_resource(place=world.site, capacity=size) for size in (30, 6, 2))
    make_resource(capacity=6)
    is_shut(room)
    repair = make_repaired(world.version)
    assert repair.state == Repair.DONE, repair.problem
    [proposal] = repair.proposals.all()
    assert (proposal.sort, proposal.session) == (RepairProposal.ROOMS, world.first)
    assert (proposal.rooms_before, proposal.rooms) == ([room.pk], [small.pk])
    assert repair.figures["lost"] == 0
    assert large.pk not in proposal.rooms


def test_accepted_it_takes_the_other_room_and_those_who_come_hear_of_it_once_it_is_published() -> None:
    world, room = make_housed()
    other = make_resource(place=world.site, capacity=10, name="Annexe")
    is_told(world.version)
    is_shut(room)
    repair = make_repaired(world.version)
    assert accept(repair) == []
    assert things_of(world.first) == [other]
    assert world.first.room == "Annexe"
    assert not Letter.objects.exists()
    version = tell_of_repair(repair, by=make_keeper(), at=AT, today=TODAY)
    tell_of_schedule(version.pk, at=AT)
    told = set(Letter.objects.filter(person__isnull=False).values_list("person_id", flat=True))
    assert {each.person_id for each in world.people} <= told
    assert Letter.objects.filter(body__contains="Annexe").exists()


def test_undone_it_is_back_once_the_room_is_open_again_and_until_then_it_says_why_not() -> None:
    world, room = make_housed()
    make_resource(place=world.site, capacity=10)
    closure = is_shut(room)
    repair = make_repaired(world.version)
    accept(repair)
    proposal = repair.proposals.get()
    given: dict[str, Any] = {"by": make_keeper(), "at": AT, "today": TODAY}
    with pytest.raises(Exception, match="is shut then"):
        undo_proposal(proposal, **given)
    withdraw_closure(closure, by=make_keeper(), at=AT)
    undo_proposal(proposal, **given)
    assert things_of(world.first) == [room]


def test_where_no_other_room_is_free_the_session_is_not_held_and_its_people_go_elsewhere() -> None:
    world, room = make_housed()
    busy = make_resource(place=world.site, capacity=10)
    make_reservation(
        busy, starts_at=at_on(MONDAY, dt.time(10)), ends_at=at_on(MONDAY, dt.time(11)), by=make_keeper()
    )
    is_shut(room)
    repair = make_repaired(world.version)
    assert repair.state == Repair.DONE, repair.problem
    [off] = repair.proposals.filter(sort=RepairProposal.OFF)
    assert off.session == world.first
    assert (repair.figures["lost"], repair.figures["back"]) == (2, 2)
    whys = set(RepairMove.objects.values_list("why", flat=True))
    assert whys == {RepairMove.SHUT}


def test_a_room_without_the_access_somebody_may_need_does_not_do() -> None:
    loop = Feature.objects.create(key="loop", name="Hearing loop", is_access=True)
    world, room = make_housed()
    room.features.add(loop)
    make_resource(place=world.site, capacity=10)
    make_resource(place=world.site, capacity=10, step_free=False).features.add(loop)
    right = make_resource(place=world.site, capacity=12)
    right.features.add(loop)
    is_shut(room)
    repair = make_repaired(world.version)
    assert repair.proposals.get().rooms == [right.pk]


def test_a_room_shut_on_another_day_or_at_another_hour_changes_nothing() -> None:
    world, room = make_housed()
    is_shut(room, MONDAY + dt.timedelta(days=1))
    is_shut(room, MONDAY, after=dt.time(18))
    repair = make_repaired(world.version)
    assert not repair.proposals.exists()


def test_one_free_room_is_proposed_to_one_session_of_a_day_only() -> None:
    world, room = make_housed()
    is_shut(room, MONDAY, last=LATER)
    other = make_resource(place=world.site, capacity=10)
    repair = make_repaired(world.version)
    rooms = repair.proposals.filter(sort=RepairProposal.ROOMS)
    assert [each.rooms for each in rooms] == [[other.pk], [other.pk]]  # on different days
    assert accept(repair) == []


def test_a_site_or_the_office_that_is_shut_is_found_too() -> None:
    world, _room = make_housed()
    is_shut(None, place=world.site)
    repair = make_repaired(world.version)
    [off] = repair.proposals.filter(sort=RepairProposal.OFF)
    assert off.session == world.first
    assert set(RepairMove.objects.values_list("why", flat=True)) == {RepairMove.CLOSED}


def test_other_rooms_taken_meanwhile_are_left_as_they_are() -> None:
    world, room = make_housed()
    make_resource(place=world.site, capacity=10)
    mine = make_resource(place=world.site, capacity=20)
    is_shut(room)
    repair = make_repaired(world.version)
    choose_rooms(world.first, [mine], by=make_keeper(), at=AT)
    [why] = accept(repair)
    assert "has other rooms since" in why
    assert Nomination.objects.placed().filter(session=world.first).count() == 2


def test_the_page_names_both_rooms(client: Client) -> None:
    client.force_login(make_keeper())
    world, room = make_housed(first=ahead(), name="Hall", name_cy="Neuadd")
    other = make_resource(place=world.site, capacity=10, name="Annexe")
    repair = Repair.objects.create(
        version=world.version,
        frozen_until=TODAY,
        state=Repair.DONE,
        asked_at=AT,
        ended_at=AT,
        figures=FIGURES,
    )
    repair.proposals.create(
        number=0, sort=RepairProposal.ROOMS, session=world.first, rooms=[other.pk], rooms_before=[room.pk]
    )
    page = client.get(reverse("schedule_repair", args=[repair.pk])).text
    assert "Hall → Annexe" in page
    assert "Its room is shut" in page
