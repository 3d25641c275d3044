"""SIGKILL while the proposals of a repair are accepted: all of them or none, and the ledger adds up."""

import signal

import pytest

from moothall.training.models import PlaceDay, Repair, RepairProposal, SparedRow, TeamDay
from moothall.training.planning import repairing
from moothall.training.planning.mending import mended
from moothall.training.tests.make_repairs import World, is_away, make_repaired
from tests.faults.results import fault
from tests.faults.sweep import assert_well_here
from tests.faults.test_killed_during_publish import process

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PEOPLE = 6
STEPS = ("free_many", "place_many", "give_bed_to", "append_audit")


def stands() -> tuple[int, int, int]:
    """Days in training, what places took from the ledger, and what the ledger says is taken."""
    return (
        PlaceDay.objects.count(),
        SparedRow.objects.count(),
        sum(each.out for each in TeamDay.objects.all()),
    )


def test_killed_at_any_step_of_accepting_nothing_or_all_of_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repairing, "_looked_for", lambda _repair, order, *_rest: mended(order))
    world = World(size=12, placed=PEOPLE, places=8, least=2)
    for each in world.people:
        is_away(each)
    repair = make_repaired(world.version)
    assert repair.figures["back"] == PEOPLE
    before = stands()
    with fault(12, "killed during a repair", f"{len(STEPS)} times kill -9 while accepting") as row:
        row.n = PEOPLE
        for step in STEPS:
            assert process("accept", repair, step) == -signal.SIGKILL
            assert stands() == before
            assert not repair.proposals.exclude(state=RepairProposal.OPEN).exists()
        assert process("accept", repair, "the end") == 0
        row.lost = repair.proposals.filter(state=RepairProposal.OPEN).count()
        assert world.second.taken == PEOPLE
        assert stands() == before
        assert Repair.objects.get().proposals.to_tell().count() == PEOPLE
        assert_well_here()
