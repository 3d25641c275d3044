"""A version that is consulted on is repaired: its plan changes, and only those touched are asked again."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.training.models import (
    Nomination,
    PlannedPerson,
    Repair,
    RepairChange,
    RepairMove,
    RepairProposal,
    ScheduleVersion,
)
from moothall.training.planning import repairing as looking
from moothall.training.planning.mending import RepairOrder, mended
from moothall.training.planning.repairing import make_repair
from moothall.training.rules.consulting import ask_about_schedule, consult
from moothall.training.rules.publishing import publish
from moothall.training.rules.repair_refusals import (
    NotAccepted,
    NothingToTell,
    RepairOutdated,
    ToldAlready,
)
from moothall.training.rules.repair_telling import tell_of_repair
from moothall.training.rules.repair_undoing import undo_proposal
from moothall.training.rules.repairing import Accepted, accept_proposals
from moothall.training.rules.schedule import discard

from .make import (
    MONDAY,
    TODAY,
    make_draft,
    make_keeper,
    make_minimum,
    make_place,
    make_reader,
    make_session,
    make_site,
    unit_of,
)
from .make_plans import make_trainer
from .make_repairs import DAY, FIGURES, LATER, World, ahead, is_away, is_told, make_repaired

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repairs are looked for in this process."""

    def looked_for(_repair: Repair, order: RepairOrder, *_rest: Any) -> Any:
        return mended(order)

    monkeypatch.setattr(looking, "_looked_for", looked_for)


class Asked(World):
    """The same two sessions in a version of a schedule of which nothing is published; people are asked."""

    def make_version(self) -> ScheduleVersion:
        make_reader("DUTY", name="Duties")
        make_reader("SITE", name="Site", place=self.site)
        drafted = make_draft(*self.lines, schedule=self.schedule)
        self.draft = consult(drafted, by=make_keeper(), at=AT)
        ask_about_schedule(self.draft.pk, at=AT)
        return self.draft

    def planned(self, key: str) -> set[int]:
        rows = PlannedPerson.objects.filter(line__version=self.draft, line__key=key)
        return set(rows.values_list("employment_id", flat=True))


def accept(repair: Repair) -> Accepted:
    numbers = list(repair.proposals.values_list("number", flat=True))
    return accept_proposals(repair, numbers, by=make_keeper(), at=AT, today=TODAY)


def undo(repair: Repair, number: int = 0) -> None:
    proposal = repair.proposals.select_related("repair").get(number=number)
    undo_proposal(proposal, by=make_keeper(), at=AT, today=TODAY)


def test_whoever_is_away_since_is_planned_into_another_session() -> None:
    world = Asked()
    is_away(world.people[0])
    repair = make_repaired(world.draft)
    assert repair.state == Repair.DONE, repair.problem
    assert repair.of_draft
    assert {key: repair.figures[key] for key in ("lost", "back", "moved", "left")} == {
        "lost": 1, "back": 1, "moved": 0, "left": 0,
    }  # fmt: skip
    move = RepairMove.objects.get()
    assert (move.out_of_line, move.into_line, move.why) == ("a", "b", RepairMove.AWAY)
    assert (move.out_of, move.into) == (None, None)
    assert accept(repair).done == [0]
    assert world.planned("a") == {world.people[1].pk}
    assert world.planned("b") == {world.people[0].pk}
    assert not Nomination.objects.exists()
    world.draft.refresh_from_db()
    assert world.draft.state == ScheduleVersion.DRAFT
    assert world.draft.lines.get(key="a").planned == 1


def test_only_those_touched_are_asked_again_and_read_what_changed() -> None:
    world = Asked()
    far = make_reader("SITE", name="Elsewhere", place=make_site())
    Letter.objects.all().delete()
    is_away(world.people[0])
    repair = make_repaired(world.draft)
    with pytest.raises(NothingToTell):
        tell_of_repair(repair, by=make_keeper(), at=AT, today=TODAY)
    accept(repair)
    told = tell_of_repair(repair, by=make_keeper(), at=AT + DAY, today=TODAY)
    assert told == world.draft
    assert told.state == ScheduleVersion.CONSULTED
    ask_about_schedule(told.pk, at=AT)
    letters = {each.to_name: each for each in Letter.objects.all()}
    assert set(letters) == {"Duties", "Site"}
    body = letters["Duties"].body
    new, gone = body.split("Not planned like this any more:")
    who = world.people[0].number
    assert f"{who}" in new
    assert LATER.isoformat() in new
    assert MONDAY.isoformat() in gone
    assert world.people[1].number not in body
    assert not far.notices.exists()
    with pytest.raises(ToldAlready):
        undo(repair)


def test_a_reader_whom_nothing_differs_for_is_not_asked_again() -> None:
    world = Asked(size=5, placed=2)
    other = make_trainer(world.skill)
    is_away(world.trainer)
    Letter.objects.all().delete()
    repair = make_repaired(world.draft)
    [taught] = repair.proposals.all()
    assert (taught.sort, taught.line, taught.trainers) == (RepairProposal.TRAINERS, "a", [other.pk])
    accept(repair)
    assert world.draft.lines.get(key="a").trainers == [other.pk]
    told = tell_of_repair(repair, by=make_keeper(), at=AT, today=TODAY)
    ask_about_schedule(told.pk, at=AT)
    assert not Letter.objects.exists()


def test_undone_everything_is_planned_as_it_was() -> None:
    world = Asked()
    is_away(world.people[0])
    repair = make_repaired(world.draft)
    before = world.planned("a")
    accept(repair)
    undo(repair)
    assert (world.planned("a"), world.planned("b")) == (before, set())
    with pytest.raises(NotAccepted):
        undo(repair)
    assert accept(repair).done == [0]


def test_a_session_nobody_can_teach_is_taken_out_and_put_back_when_it_is_undone() -> None:
    world = Asked()
    is_away(world.trainer)
    repair = make_repaired(world.draft)
    [off] = repair.proposals.filter(sort=RepairProposal.OFF)
    assert off.line == "a"
    found = accept(repair)
    assert found.refused == []
    assert not world.draft.lines.filter(key="a").exists()
    assert world.planned("b") == {each.pk for each in world.people}
    [one, other] = repair.proposals.filter(sort=RepairProposal.PEOPLE)
    undo(repair, one.number)
    undo(repair, off.number)
    assert world.draft.lines.get(key="a").days == [MONDAY]
    assert (len(world.planned("a")), len(world.planned("b"))) == (1, 1)
    undo(repair, other.number)
    assert world.planned("a") == {each.pk for each in world.people}


def test_what_no_record_says_is_said_by_hand_of_planned_sessions_too() -> None:
    world = Asked()
    change = RepairChange(sort=RepairChange.SESSION, line="a")
    repair = make_repaired(world.draft, changes=[change])
    assert repair.state == Repair.DONE, repair.problem
    assert (repair.figures["lost"], repair.figures["back"]) == (2, 2)


def test_other_training_booked_since_is_a_change_too() -> None:
    world = Asked()
    make_place(make_session(first_on=MONDAY), world.people[0])
    repair = make_repaired(world.draft)
    assert RepairMove.objects.get().employment == world.people[0]
    assert repair.figures["back"] == 1


def test_a_minimum_that_is_raised_withdraws_no_more_than_it_has_to() -> None:
    world = Asked(size=6, placed=3)
    make_minimum(unit_of(world.people[0]), 4)
    repair = make_repaired(world.draft)
    assert repair.figures["lost"] == 1


def test_of_a_changed_version_those_who_are_placed_already_are_not_counted_twice() -> None:
    world = World(size=5, placed=2, least=3)
    is_told(world.version)
    draft = make_draft(*world.lines, schedule=world.schedule)
    consult(draft, by=make_keeper(), at=AT)
    repair = make_repaired(draft)
    assert repair.state == Repair.DONE, repair.problem
    assert (repair.figures["placed"], repair.figures["lost"]) == (2, 0)
    is_away(world.people[0])
    make_repaired(draft)
    assert RepairMove.objects.get(employment=world.people[0]).told_on == AT.date()


@pytest.mark.parametrize("published", [True, False])
def test_a_repair_is_outdated_once_the_version_is_decided(published: bool) -> None:
    world = Asked()
    is_away(world.people[0])
    repair = make_repaired(world.draft)
    if published:
        publish(world.draft, by=make_keeper(), at=AT, today=TODAY)
    else:
        discard(world.draft, by=make_keeper(), at=AT)
    with pytest.raises(RepairOutdated):
        accept(repair)


def test_where_nothing_is_to_come_it_says_so() -> None:
    world = Asked()
    world.draft.lines.all().delete()
    repair = make_repaired(world.draft)
    assert repair.state == Repair.FAILED
    assert "No session of this version is still to come" in repair.problem


def test_the_pages_repair_a_version_that_is_consulted_on(client: Client) -> None:
    client.force_login(make_keeper())
    world = Asked(first=ahead())
    is_away(world.people[0], ahead())
    version = reverse("schedule_version", args=[world.schedule.pk, world.draft.number])
    address = reverse("repair_schedule", args=[world.schedule.pk, world.draft.number])
    assert address in client.get(version).text
    client.post(address, {"frozen_until": f"{today():%d/%m/%Y}", "moves_others": "on"}, follow=True)
    repair = Repair.objects.get()
    make_repair(repair.pk, clock=now, today=today())
    page = client.get(reverse("schedule_repair", args=[repair.pk])).text
    assert "Nothing of this version is booked yet." in page
    assert world.people[0].person.full_name in page
    page = client.post(reverse("accept_repair", args=[repair.pk]), {"all": "1"}, follow=True).text
    assert "Ask those concerned again" in page
    tell = reverse("tell_of_repair", args=[repair.pk])
    assert "Each reads what changed since they were asked." in client.get(tell).text
    page = client.post(tell, follow=True).text
    assert "Those for whom something differs are asked." in page
    assert "asked again" in client.get(reverse("schedule_repair", args=[repair.pk])).text
    form = {"sort": "SESSION", "session": world.draft.lines.get(key="b").pk}
    page = client.post(reverse("add_repair_change", args=[repair.pk]), form, follow=True).text
    assert "A session is not held" in page
    assert Repair.objects.latest("pk").changes.get().line == "b"


def test_the_page_takes_as_many_queries_for_many_planned_moves_as_for_few(client: Client) -> None:
    client.force_login(make_keeper())
    world = Asked(size=12, placed=10, places=12, first=ahead())

    def made(many: int) -> Repair:
        repair = Repair.objects.create(
            version=world.draft, of_draft=True, frozen_until=today(), state=Repair.DONE, asked_at=AT,
            ended_at=AT, figures=FIGURES,
        )  # fmt: skip
        for number in range(many):
            row = repair.proposals.create(number=number, sort=RepairProposal.PEOPLE, places=1)
            row.moves.create(employment=world.people[number], out_of_line="a", into_line="b", why="AWAY")
        return repair

    few, many = made(2), made(9)

    def queries(repair: Repair) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("schedule_repair", args=[repair.pk])).status_code == 200
        return len(asked)

    queries(few)
    assert queries(few) == queries(many)
