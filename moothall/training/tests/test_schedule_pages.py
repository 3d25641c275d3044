"""The pages of the Planning Schedule: from an empty draft to a published version and back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.training.models import Schedule, ScheduleReader, ScheduleVersion, Session
from moothall.training.rules.planned import PlannedLine
from moothall.training.rules.publishing import publish
from moothall.training.rules.schedule import draft, open_schedule
from moothall.workforce.tests.make import make_employment

from .make import make_course, make_keeper, make_line, make_reader, make_site, make_team

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def soon(days: int = 30) -> dt.date:
    """A weekday that far ahead."""
    day = today() + days * DAY
    return day + DAY * (7 - day.weekday() if day.weekday() > 4 else 0)


def schedule_now() -> Schedule:
    return open_schedule(
        name="The coming year", from_on=today(), until_on=today() + 400 * DAY, by=None, at=now()
    )


def draft_now(schedule: Schedule, *lines: PlannedLine) -> ScheduleVersion:
    return draft(schedule=schedule, lines=lines, by=None, at=now())


def publish_now(schedule: Schedule, *lines: PlannedLine) -> ScheduleVersion:
    return publish(draft_now(schedule, *lines), by=None, at=now(), today=today())


def page_of(name: str, version: ScheduleVersion, **more: int) -> str:
    return reverse(name, args=[version.schedule_id, version.number, *more.values()])


def test_a_schedule_is_opened_drafted_by_hand_consulted_on_and_published(client: Client) -> None:
    one, course, site = make_employment(), make_course("First aid"), make_site("Centre")
    client.force_login(make_keeper())
    form = {
        "name": "Next year", "from_on": f"{today():%d/%m/%Y}", "until_on": f"{today() + 300 * DAY:%d/%m/%Y}",
    }  # fmt: skip
    page = client.post(reverse("open_planning_schedule"), form, follow=True)
    assert "No version yet" in page.text
    schedule = Schedule.objects.get()
    page = client.post(reverse("draft_schedule", args=[schedule.pk]), follow=True)
    assert "No session is planned" in page.text
    version = ScheduleVersion.objects.get()
    line = {
        "course": course.pk, "first_on": f"{soon():%d/%m/%Y}", "place": site.pk, "begins": "09:00",
        "ends": "16:00", "language": "en", "people": one.number,
    }  # fmt: skip
    page = client.post(page_of("add_schedule_line", version), line, follow=True)
    assert "0 of 1 trainers are named" in page.text
    client.post(page_of("consult_on_schedule", version))
    page = client.get(page_of("publish_schedule", version))
    assert "1 session differs from what is published" in page.text
    page = client.post(page_of("publish_schedule", version), {"because": ""}, follow=True)
    assert "Everybody concerned is being written to" in page.text
    assert Session.objects.get().taken == 1
    for zoom in ("months", "weeks", "days"):
        address = page_of("schedule_version", version)
        page = client.get(address, {"zoom": zoom, "from": f"{soon():%Y-%m-%d}"})
        assert "Centre" in page.text
    assert "First aid" in page.text


def test_what_stops_publishing_is_said_at_once_and_nothing_is_done(client: Client) -> None:
    trainer, schedule = make_employment(), schedule_now()
    version = draft_now(schedule, *[make_line(days=(soon(),), trainers=(trainer.pk,)) for _n in range(2)])
    client.force_login(make_keeper())
    assert "1 thing stops publishing" in client.get(page_of("schedule_version", version)).text
    page = client.post(page_of("publish_schedule", version), {})
    assert page.status_code == 422
    assert "teaches twice" in page.text
    assert not Session.objects.exists()


def test_a_session_is_taken_out_of_a_draft_and_put_back(client: Client) -> None:
    schedule, line = schedule_now(), make_line("a", days=(soon(),))
    published = publish_now(schedule, line)
    version = draft_now(schedule, line)
    client.force_login(make_keeper())
    page = client.post(page_of("take_out_schedule_line", version, line=version.lines.get().pk), follow=True)
    undo = page_of("put_back_schedule_line", version, line=published.lines.get().pk)
    assert undo in page.text
    assert "It is in the draft again" in client.post(undo, follow=True).text
    assert version.lines.count() == 1


def test_a_planned_session_is_moved_and_keeps_its_people(client: Client) -> None:
    one, schedule = make_employment(), schedule_now()
    version = draft_now(schedule, make_line("a", days=(soon(),), people=(one.pk,)))
    client.force_login(make_keeper())
    address = page_of("change_schedule_line", version, line=version.lines.get().pk)
    page = client.get(address)
    assert one.number in page.text
    before = version.lines.get()
    form = {
        "course": before.course_version.course_id, "first_on": f"{soon(40):%d/%m/%Y}",
        "begins": "10:00", "ends": "16:00", "language": "cy", "people": one.number, "places": "8",
        "place": before.place_id,
    }  # fmt: skip
    client.post(address, form)
    after = version.lines.get()
    assert (after.key, after.days, after.planned, after.places) == ("a", [soon(40)], 1, 8)


def test_two_versions_are_shown_side_by_side_with_their_differences_and_sums(client: Client) -> None:
    schedule, course, site = schedule_now(), make_course("First aid"), make_site().pk
    publish_now(schedule, make_line("a", course, place_id=site, days=(soon(),), places=10))
    version = draft_now(
        schedule, make_line("a", course, place_id=site, days=(soon(40),), places=10),
        make_line("b", course, place_id=site, days=(soon(50),), places=7),
    )  # fmt: skip
    client.force_login(make_keeper())
    page = client.get(page_of("compare_schedule_versions", version)).text
    assert "New: 1" in page
    assert "Moved: 1" in page
    assert "+7" in page


def test_a_draft_shows_what_it_takes_from_teams_with_a_link_to_their_ledger(client: Client) -> None:
    _manager, [one, two, *_others] = make_team(3, least=2)
    version = draft_now(schedule_now(), make_line(days=(soon(),), people=(one.pk, two.pk)))
    client.force_login(make_keeper())
    page = client.get(page_of("schedule_teams", version), {"from": f"{soon():%Y-%m-%d}"}).text
    assert "On 1 part of a day a team would be below its minimum" in page
    assert f"{reverse('training_ledger')}?unit=" in page
    assert "Agreed with duty planning" in page


def test_a_version_is_discarded_taken_up_copied_and_stepped_back_from(client: Client) -> None:
    schedule, line = schedule_now(), make_line("a", days=(soon(),))
    publish_now(schedule, line)
    second = publish_now(schedule)
    client.force_login(make_keeper())
    client.post(page_of("copy_schedule", second))
    draft = ScheduleVersion.objects.get(state=ScheduleVersion.DRAFT)
    for state in (ScheduleVersion.DISCARDED, ScheduleVersion.DRAFT):
        client.post(page_of("discard_schedule", draft))
        draft.refresh_from_db()
        assert draft.state == state
    page = client.post(page_of("step_back_schedule", second), {"because": "The site is open"}, follow=True)
    assert "The version before is published again" in page.text
    assert Session.objects.standing().count() == 1


def test_readers_are_added_and_ended_and_what_they_were_sent_can_be_looked_at(client: Client) -> None:
    client.force_login(make_keeper())
    form = {"sort": "SITE", "name": "The centre", "email": "centre@example.org", "language": "cy"}
    page = client.post(reverse("add_schedule_reader"), form)
    assert "Choose the site" in page.text
    site = make_site()
    client.post(reverse("add_schedule_reader"), form | {"place": site.pk})
    version = publish_now(schedule_now(), make_line(place_id=site.pk, days=(soon(),)))
    assert "The centre" in client.get(page_of("schedule_version", version)).text
    file = client.get(reverse("schedule_notice_file", args=[version.notices.get().pk]))
    assert file["Content-Disposition"].startswith("attachment")
    reader = ScheduleReader.objects.get()
    client.post(reverse("end_schedule_reader", args=[reader.pk]))
    assert not ScheduleReader.objects.standing().exists()
    client.post(reverse("end_schedule_reader", args=[reader.pk]))
    assert ScheduleReader.objects.standing().exists()


def counted(client: Client, address: str, **asked: str) -> Callable[[], int]:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address, asked).status_code == 200
        return len(found)

    return queries


def test_pages_of_a_version_take_as_many_queries_for_many_as_for_few(client: Client) -> None:
    _manager, people = make_team(6, least=1)
    schedule, trainers = schedule_now(), [make_employment() for _n in range(6)]
    make_reader()
    course = make_course()

    def lines(count: int) -> list[PlannedLine]:
        return [
            make_line(
                f"{number}", course, days=(soon(30 + 7 * number),), people=(people[number].pk,),
                trainers=(trainers[number].pk,),
            )
            for number in range(count)
        ]  # fmt: skip

    client.force_login(make_keeper())

    def asked(count: int) -> list[int]:
        published = publish_now(schedule, *lines(count))
        version = draft_now(schedule, *lines(count)[1:])
        pages = ("schedule_version", "schedule_lines", "schedule_teams", "compare_schedule_versions")
        names = [page_of(name, each) for each in (published, version) for name in pages]
        names += [reverse("planning_schedule", args=[schedule.pk]), reverse("planning_schedules")]
        found = [counted(client, address) for address in names]
        for ask in found:
            ask()
        return [ask() for ask in found]

    asked(2)
    assert asked(3) == asked(6)
