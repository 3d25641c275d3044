"""The pages of a repair: asked for, accepted, undone and told, and as quick for many as for few."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.tests.make import AT
from moothall.training.models import Repair, RepairChange, RepairMove, RepairProposal, ScheduleVersion
from moothall.workforce.tests.make import make_employment

from .make import make_keeper
from .make_repairs import World, ahead

pytestmark = pytest.mark.django_db


def made(world: World, people: int = 1) -> Repair:
    """A repair as it is kept: so many of the first session are offered the second, one teaches elsewhere."""
    figures = {
        "sessions": 2, "placed": 2, "lost": people, "back": people, "moved": 0, "waited": 0, "left": 0,
        "bound": 2,
    }  # fmt: skip
    repair = Repair.objects.create(
        version=world.version, frozen_until=today(), state=Repair.DONE, asked_at=AT, ended_at=AT,
        figures=figures,
    )  # fmt: skip
    for number in range(people):
        row = RepairProposal.objects.create(repair=repair, number=number, sort="PEOPLE", places=1)
        who = world.people[number] if number < len(world.people) else make_employment()
        RepairMove.objects.create(
            proposal=row, employment=who, out_of=world.first, into=world.second, why=RepairMove.AWAY
        )
    RepairProposal.objects.create(
        repair=repair, number=people, sort="TRAINERS", session=world.second, trainers=[make_employment().pk],
        trainers_before=[world.trainer.pk],
    )  # fmt: skip
    return repair


@pytest.fixture
def world() -> World:
    """All of it lies ahead of the clock of the pages."""
    return World(first=ahead())


def test_a_repair_is_asked_for_from_the_published_version(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    version = reverse("schedule_version", args=[world.schedule.pk, world.version.number])
    address = reverse("repair_schedule", args=[world.schedule.pk, world.version.number])
    assert address in client.get(version).text
    page = client.get(address)
    assert "Until when is nobody asked to come or to move?" in page.text
    page = client.post(address, {"frozen_until": "1/1/2020"}, follow=True)
    assert "People cannot be asked to come on a day that is over" in page.text
    page = client.post(address, {"frozen_until": f"{today():%d/%m/%Y}", "offers_waiting": "on"}, follow=True)
    assert "It waits for a worker." in page.text
    assert 'hx-trigger="every 1s"' in page.text
    repair = Repair.objects.get()
    assert (repair.moves_others, repair.offers_waiting) == (False, True)
    assert reverse("schedule_repair", args=[repair.pk]) in client.get(version).text
    page = client.get(reverse("schedule_repair", args=[repair.pk]), headers={"HX-Request": "true"})
    assert page.text.strip().startswith('<div id="repair"')


def test_what_else_has_changed_is_said_and_looked_for_anew(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    repair = made(world)
    address = reverse("add_repair_change", args=[repair.pk])
    page = client.post(address, {"sort": "STAFF"})
    assert "Enter the staff number of whoever is away." in page.text
    assert "Enter the first day." in page.text
    form = {"sort": "STAFF", "number": world.people[0].number, "from_on": f"{ahead():%d/%m/%Y}"}
    page = client.post(address, form, follow=True)
    assert f"Somebody is away: {world.people[0].person.full_name}" in page.text
    again = Repair.objects.latest("pk")
    again.state = Repair.DONE
    again.save()
    page = client.post(
        reverse("add_repair_change", args=[again.pk]), {"sort": "SESSION", "session": world.first.pk},
        follow=True,
    )  # fmt: skip
    last = Repair.objects.latest("pk")
    assert list(last.changes.values_list("sort", flat=True)) == [RepairChange.STAFF, RepairChange.SESSION]


def test_proposals_are_accepted_undone_and_published(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    repair = made(world, people=2)
    address, accept = (reverse(name, args=[repair.pk]) for name in ("schedule_repair", "accept_repair"))
    page = client.get(address)
    assert page.text.count("Away on a day of the session") == 2
    assert "Tick what you accept." in client.post(accept, follow=True).text
    page = client.post(accept, {"only": "0"}, follow=True)
    assert "1 proposal is accepted. Nobody is told yet." in page.text
    assert "Publish the one that is accepted" in page.text
    undo = re.findall(r'action="(/training/proposals/\d+/return/)"', page.text)[0]
    page = client.post(undo, follow=True)
    assert "Undone: everything is as it was before." in page.text
    page = client.post(accept, {"ids": ["0", "1"]}, follow=True)
    assert "2 proposals are accepted." in page.text
    page = client.post(accept, {"ids": ["0"]}, follow=True)
    assert "accepted this already" in page.text
    tell = reverse("tell_of_repair", args=[repair.pk])
    assert "2 proposals are accepted. A changed version" in client.get(tell).text
    page = client.post(tell, {"because": "Illness"}, follow=True)
    assert "Published. Everybody concerned is being written to." in page.text
    assert ScheduleVersion.objects.published().get().number == 2
    page = client.get(address)
    assert "2 proposals are published and told." in page.text
    page = client.post(undo)
    assert page.status_code == 409
    assert "cannot be undone" in page.text


def test_accept_all_says_what_stops_those_that_cannot_be(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    repair = made(world, people=2)
    page = client.post(reverse("accept_repair", args=[repair.pk]), {"all": "1"}, follow=True)
    assert "2 proposals are accepted." in page.text
    assert "Proposal 3:" in page.text
    assert "cannot teach this yet" in page.text


def test_how_a_repair_stands_is_said(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    repair = made(world)
    said: list[tuple[dict[str, Any], str]] = [
        ({"state": Repair.RUNNING, "heard_at": now(), "phase": Repair.MENDING}, "fewest people to ask…"),
        ({"state": Repair.RUNNING, "heard_at": AT}, "Its process is gone"),
        ({"state": Repair.REFUSED, "problem": "Class 1 has 9 people."}, "Class 1 has 9 people."),
        ({"state": Repair.FAILED, "problem": "Nothing."}, "Nothing."),
    ]  # fmt: skip
    for values, words in said:
        Repair.objects.filter(pk=repair.pk).update(**values)
        assert words in client.get(reverse("schedule_repair", args=[repair.pk])).text


def test_a_repair_of_nothing_says_so(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    repair = made(world)
    repair.proposals.all().delete()
    page = client.get(reverse("schedule_repair", args=[repair.pk]))
    assert "Nothing has to be repaired." in page.text


def test_the_page_of_a_repair_takes_as_many_queries_for_many_as_for_few(client: Client, world: World) -> None:
    client.force_login(make_keeper())
    few, many = made(world, people=2), made(world, people=9)

    def queries(repair: Repair) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("schedule_repair", args=[repair.pk])).status_code == 200
        return len(asked)

    queries(few)
    assert queries(few) == queries(many)
