"""Plans that hold on a slow day: the room they have is said, and where nothing is enough, what would help."""

import pytest
from django.test import Client
from django.urls import reverse

from moothall.people.tests.make import AT
from moothall.transport.models import RunPlan
from moothall.transport.planning.making import make_plan as make_by_the_planner
from moothall.transport.rules import publishing
from moothall.transport.rules.reliability import unreliable

from .make import MONDAY, make_manager
from .make_runs import make_asked, make_figures, make_fleet, make_plan, make_travellers

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_plan_that_the_office_makes_can_be_published() -> None:
    make_fleet(3)
    make_figures(**{"most-late": "5", "slow": "1.5"})
    make_travellers(12)
    plan = make_asked(seconds=600)
    make_by_the_planner(plan.pk, clock=lambda: AT, rounds=1_000)
    plan.refresh_from_db()

    assert plan.making == RunPlan.DONE, plan.problem
    assert all(figures["late_share"] <= 0.05 for figures in plan.figures.values())
    assert all(figures["paces"][0][0] == 1.0 for figures in plan.figures.values())
    by = make_manager()
    publishing.own_without(plan, by, by=by, at=AT)
    assert publishing.publish_plan(plan, by=by, at=AT, today=AT.date()).state == RunPlan.PUBLISHED


def test_the_page_of_a_plan_says_what_room_it_has_and_what_that_costs(client: Client) -> None:
    make_fleet(2)
    make_travellers(2)
    plan = make_plan()
    plan.figures["TO"] |= {"lead": 600, "pace": 1.1, "pace_cost": 41.2, "paces": [[1.0, 90, 0.2, 0]]}
    plan.figures["FROM"] |= {"lead": 0, "pace": 1.0, "pace_cost": 0, "paces": [[1.0, 90, 0, 0]]}
    plan.save(update_fields=["figures"])
    client.force_login(make_manager())
    there = client.get(reverse("run_plan", args=[plan.pk])).content.decode()
    back = client.get(reverse("run_plan", args=[plan.pk]), {"way": "FROM"}).content.decode()

    assert "Runs leave up to 10 minutes before they must" in there
    assert "Travel times are taken 10 % longer than they are" in there
    assert "this costs 41 pounds a day" in there
    assert "It needs no more time on the way" in back


def test_where_nothing_is_enough_the_pages_say_so_and_what_would_help(client: Client) -> None:
    make_fleet(2)
    make_figures(**{"most-late": "10"})
    osian, _other = make_travellers(2)
    plan = make_plan()
    centre = osian.travels.get().centre
    plan.figures["TO"] |= {
        "late": 1, "late_share": 0.5, "late_at": [[centre.pk, 1]],
        "paces": [[1.0, 90, 0.5, 0], [1.2, 99, 0.5, 0]],
    }  # fmt: skip
    plan.save(update_fields=["figures"])
    client.force_login(make_manager())

    [found] = unreliable(plan)
    assert (found.share, found.most, found.where, found.tried) == (50.0, 10.0, ((centre, 1),), 20)
    for name in ("run_plan", "publish_run_plan"):
        page = client.get(reverse(name, args=[plan.pk])).content.decode()
        assert "It cannot be published so." in page
        assert "travel times up to 20 % longer was not enough" in page
        assert centre.name in page
    assert '<button class="govuk-button">Publish</button>' not in page
    assert plan.from_on == MONDAY


def test_without_a_figure_every_plan_holds() -> None:
    make_fleet(2)
    make_travellers(2)
    plan = make_plan()
    plan.figures["TO"] |= {"late": 1, "late_share": 0.5}

    assert unreliable(plan) == []
