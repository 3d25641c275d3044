"""Whoever was told of their place by letter is dearer to move than somebody who was not."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.tests.make import AT
from moothall.training.models import Repair, RepairMove, RepairWeight
from moothall.training.planning import repairing as looking
from moothall.training.planning.mending import RepairOrder, mended
from moothall.training.rules.repair_weights import WeighedThatDay, WeightsWrong, weigh_moving

from .make import TODAY, make_keeper, make_place
from .make_repairs import DAY, FIGURES, LATER, World, ahead, is_away, is_told, make_repaired

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repairs are looked for in this process."""

    def looked_for(_repair: Repair, order: RepairOrder, *_rest: Any) -> Any:
        return mended(order)

    monkeypatch.setattr(looking, "_looked_for", looked_for)


def make_full() -> World:
    """The second session is full of two people who were not told; whoever loses a place in the first needs
    one of theirs."""
    world = World(size=4, placed=2, places=2)
    for each in world.others:
        make_place(world.second, each)
    is_away(world.people[0])
    is_away(world.others[0], LATER + DAY)
    is_away(world.others[1], LATER + 2 * DAY)
    world.second.invitations.all().delete()
    return world


def weigh(told: str, **changes: Any) -> RepairWeight:
    given: dict[str, Any] = {"from_on": TODAY, "why": "The board", "by": make_keeper(), "at": AT}
    return weigh_moving(moving=Decimal("0.5"), moving_told=Decimal(told), **given | changes)


def moved(repair: Repair) -> set[int]:
    rows = RepairMove.objects.filter(proposal__repair=repair, why=RepairMove.ROOM)
    return set(rows.values_list("employment_id", flat=True))


def test_the_proposal_says_when_whoever_is_to_move_was_told() -> None:
    world = World()
    is_told(world.version)
    is_away(world.people[0])
    make_repaired(world.version)
    assert RepairMove.objects.get().told_on == AT.date()


def test_whoever_was_not_told_has_no_day() -> None:
    world = World()
    is_away(world.people[0])
    make_repaired(world.version)
    assert RepairMove.objects.get().told_on is None


def test_of_two_who_could_make_room_the_one_who_was_not_told_is_asked() -> None:
    world = make_full()
    first = moved(make_repaired(world.version))
    assert len(first) == 1
    told = next(each for each in world.others if each.pk in first)
    place = told.training.get()
    world.second.invitations.create(employment=told, told_at=AT)
    again = moved(make_repaired(world.version))
    assert again == {each.pk for each in world.others} - {place.employment_id}


def test_where_everybody_was_told_one_is_asked_unless_the_weight_forbids_it() -> None:
    world = make_full()
    for each in world.others:
        world.second.invitations.create(employment=each, told_at=AT)
    repair = make_repaired(world.version)
    [dear] = repair.proposals.filter(touched=1)
    assert (repair.figures["back"], dear.cost) == (1, Decimal("0.90"))
    weigh("1")
    never = make_repaired(world.version)
    assert (never.figures["back"], never.figures["left"], moved(never)) == (0, 1, set())
    assert never.weighed is not None


def test_a_weight_holds_from_its_day_on_and_is_replaced_until_a_repair_has_used_it() -> None:
    weigh("0.8", from_on=TODAY + DAY)
    assert RepairWeight.objects.in_force(TODAY) is None
    again = weigh("0.7", from_on=TODAY + DAY)
    assert RepairWeight.objects.get() == again
    now = weigh("0.6")
    assert RepairWeight.objects.in_force(TODAY) == now
    make_repaired(World().version)
    with pytest.raises(WeighedThatDay):
        weigh("0.9")


@pytest.mark.parametrize("told", ["0.4", "1.1"])
def test_whoever_was_told_costs_no_less_and_nothing_is_above_a_place(told: str) -> None:
    with pytest.raises(WeightsWrong):
        weigh(told)


def test_the_page_says_what_moving_costs_and_keeps_another(client: Client) -> None:
    client.force_login(make_keeper())
    page = client.get(reverse("repair_weights"))
    assert "moving somebody costs 0.5, and 0.9 if they were told" in page.text
    address = reverse("weigh_moving")
    form = {"from_on": f"{today():%d/%m/%Y}", "moving": "0.4", "moving_told": "2", "why": "The board"}
    assert "Enter a number above 0 and up to 1" in client.post(address, form).text
    page = client.post(address, form | {"moving_told": "0.3"})
    assert "whoever was told costs no less" in page.text
    page = client.post(address, form | {"moving_told": "0,95"}, follow=True)
    assert "It holds from that day on." in page.text
    assert "0.95" in page.text


def test_the_page_of_a_repair_shows_who_was_told(client: Client) -> None:
    client.force_login(make_keeper())
    world = World(first=ahead())
    repair = Repair.objects.create(
        version=world.version, frozen_until=today(), state=Repair.DONE, asked_at=AT, ended_at=AT,
        figures=FIGURES,
    )  # fmt: skip
    row = repair.proposals.create(number=0, sort="PEOPLE", places=1, touched=1, cost=Decimal("0.9"))
    row.moves.create(
        employment=world.people[0], out_of=world.first, into=world.second, why="AWAY", told_on=AT.date()
    )
    page = client.get(reverse("schedule_repair", args=[repair.pk])).text
    assert f"told on {AT.day} {AT:%B %Y}" in page
    assert "costs 0.90" in page
    assert "costs 0.5, and 0.9 if they were told" in page
