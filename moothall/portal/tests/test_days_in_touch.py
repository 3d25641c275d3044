"""A day worked to keep in touch: whoever decides on the leave of others counts them as there."""

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import now
from moothall.leave.rules.cover import read_staffing
from moothall.leave.tests.make import make_team, working_day
from moothall.personnel.rules.in_touch import add_touch_day, remove_touch_day
from moothall.personnel.tests.make import DAY, make_desk, make_leave

pytestmark = pytest.mark.django_db


def test_cover_and_the_calendar_count_whoever_keeps_in_touch_as_there(client: Client) -> None:
    manager, people = make_team(3, least=2)
    day = working_day(200)
    mother = people[0]
    leave = make_leave(mother, event_on=day + 14 * DAY, starts_on=day - 7 * DAY)
    unit = mother.assignments.get().unit
    touch = add_touch_day(leave, day=day, what="Team day", by=make_desk(), at=now())

    def away() -> set[object]:
        found = read_staffing([unit.pk], day - DAY, day + DAY).away
        return {on for who, on in found if who == mother.pk}

    assert away() == {day - DAY, day + DAY}
    client.force_login(manager)
    page = reverse("leave_calendar") + f"?unit={unit.pk}&month={day:%Y-%m}"
    there = client.get(page).content.decode()
    remove_touch_day(touch, by=make_desk(), at=now())
    assert away() == {day - DAY, day, day + DAY}
    assert client.get(page).content.decode() != there
