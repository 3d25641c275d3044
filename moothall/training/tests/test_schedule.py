"""The Planning Schedule: versions, what differs between two, and what stands against one."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.bookings.models import Resource
from moothall.people.tests.make import AT
from moothall.training.models import ScheduleVersion
from moothall.training.rules.abstraction import abstraction_of
from moothall.training.rules.checking import find_problems
from moothall.training.rules.consulting import consult
from moothall.training.rules.picture import draw
from moothall.training.rules.planned import PlannedLine, applied, compare, lines_of_version
from moothall.training.rules.publishing import differences_of
from moothall.training.rules.refusals import AlreadyDecided, LineTwice, MorePlannedThanPlaces, OutsideSchedule
from moothall.training.rules.schedule import (
    add_line,
    change_line,
    discard,
    draft_from,
    take_out_line,
    take_up,
)
from moothall.workforce.models import EmployeeSkill, Skill
from moothall.workforce.tests.make import make_employment

from .make import (
    MONDAY,
    TODAY,
    make_course,
    make_draft,
    make_keeper,
    make_line,
    make_schedule,
    make_site,
    make_team,
    publish_lines,
)

DAY = dt.timedelta(days=1)
versions = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2**9 - 1), max_size=6).map(
    lambda drawn: [line_of(key, bits) for key, bits in drawn.items()]
)


def line_of(key: str, bits: int) -> PlannedLine:
    """One of few lines, so that two versions often have the same, or nearly."""
    first = dt.date(2027, 1, 1) + DAY * (bits % 4)
    return PlannedLine(
        key=key, course_version_id=1 + (bits >> 2) % 2, place_id=1 + (bits >> 3) % 2, places=9 + (bits >> 8),
        days=(first, first + DAY) if (bits >> 4) % 2 else (first,), trainers=((bits >> 5) % 2,),
        people=tuple(range((bits >> 6) % 4)),
    )  # fmt: skip


def in_order(lines: list[PlannedLine]) -> list[PlannedLine]:
    return sorted(lines, key=lambda line: (line.days[0], line.key))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(versions, versions)
def test_the_differences_applied_to_the_old_version_give_the_new(
    old: list[PlannedLine], new: list[PlannedLine]
) -> None:
    found = applied(old, compare(old, new))
    assert [(each.when_and_where, each.what) for each in found] == [
        (each.when_and_where, each.what) for each in in_order(new)
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(versions)
def test_a_version_does_not_differ_from_itself(lines: list[PlannedLine]) -> None:
    assert compare(lines, lines) == []


@pytest.mark.django_db
def test_a_draft_keeps_what_was_planned_and_a_copy_of_it_is_the_same() -> None:
    people = tuple(make_employment().pk for _n in range(3))
    line = make_line(people=people, days=(MONDAY, MONDAY + DAY))
    first = make_draft(line, note="By hand", plan={"placed": 3})
    assert lines_of_version(first) == [line]
    copy = draft_from(first, by=make_keeper(), at=AT)
    assert (copy.number, lines_of_version(copy)) == (2, [line])


@pytest.mark.django_db
def test_what_no_version_can_hold_is_refused() -> None:
    schedule = make_schedule()
    line = make_line("one")
    with pytest.raises(LineTwice):
        make_draft(line, line, schedule=schedule)
    with pytest.raises(OutsideSchedule):
        make_draft(make_line(days=(TODAY + 900 * DAY,)), schedule=schedule)
    with pytest.raises(MorePlannedThanPlaces):
        make_draft(make_line(places=1, people=(1, 2)), schedule=schedule)
    assert not ScheduleVersion.objects.exists()


@pytest.mark.django_db
def test_a_draft_is_changed_by_hand_and_what_was_consulted_on_is_a_draft_again() -> None:
    keeper, line = make_keeper(), make_line("one")
    draft = consult(make_draft(line), by=keeper, at=AT)
    assert draft.state == ScheduleVersion.CONSULTED
    add_line(draft, make_line("two"), by=keeper, at=AT)
    draft.refresh_from_db()
    assert draft.state == ScheduleVersion.DRAFT
    later = make_line("one", days=(MONDAY + DAY,))
    change_line(draft, later, by=keeper, at=AT)
    take_out_line(draft, "two", by=keeper, at=AT)
    assert lines_of_version(draft) == [later]


@pytest.mark.django_db
def test_a_discarded_draft_is_not_changed_until_it_is_taken_up_again() -> None:
    keeper, draft = make_keeper(), make_draft(make_line("one"))
    discard(draft, by=keeper, at=AT)
    with pytest.raises(AlreadyDecided):
        take_out_line(draft, "one", by=keeper, at=AT)
    take_up(draft, by=keeper, at=AT)
    take_out_line(draft, "one", by=keeper, at=AT)
    assert not draft.lines.exists()


def sorts_of(draft: ScheduleVersion) -> dict[str, str]:
    found = find_problems(draft, differences_of(draft, today=TODAY), today=TODAY)
    return {each.sort: each.words for each in found}


@pytest.mark.django_db
def test_a_trainer_twice_or_without_the_skill_stops_publishing() -> None:
    skill = Skill.objects.create(key="teach", name="Teaches it")
    course, trainer, other = make_course(skill=skill, trainers=2), make_employment(), make_employment()
    EmployeeSkill.objects.create(
        employment=trainer, skill=skill, level=EmployeeSkill.TEACHES, added_at=AT, confirmed_at=AT
    )
    draft = make_draft(
        make_line(course=course, trainers=(trainer.pk,)),
        make_line(course=course, trainers=(trainer.pk, other.pk)),
    )
    found = sorts_of(draft)
    assert trainer.person.full_name in found["TRAINER"]
    assert other.person.full_name in found["SKILL"]
    assert "1 of 2" in found["FEW"]


@pytest.mark.django_db
def test_a_trainer_who_teaches_elsewhere_that_day_stops_publishing() -> None:
    trainer = make_employment()
    publish_lines(make_line(trainers=(trainer.pk,)))
    assert "teaches twice" in sorts_of(make_draft(make_line(trainers=(trainer.pk,))))["TRAINER"]


@pytest.mark.django_db
def test_a_full_site_and_somebody_planned_twice_are_said_and_do_not_stop() -> None:
    site, one = make_site(), make_employment()
    Resource.objects.create(name="Room 1", place=site)
    draft = make_draft(
        make_line(place_id=site.pk, people=(one.pk,)), make_line(place_id=site.pk, people=(one.pk,))
    )
    found = find_problems(draft, differences_of(draft, today=TODAY), today=TODAY)
    assert {(each.sort, each.stops) for each in found if each.sort != "FEW"} == {
        ("PERSON", False), ("ROOMS", False),
    }  # fmt: skip
    assert "2 rooms wanted, 1 there" in sorts_of(draft)["ROOMS"]


@pytest.mark.django_db
def test_the_picture_counts_by_site_and_says_months_ahead_what_is_short() -> None:
    site = make_site("Centre")
    Resource.objects.create(name="Room 1", place=site)
    lines = [make_line(place_id=site.pk, days=(MONDAY, MONDAY + DAY), places=7) for _n in range(2)]
    draft = make_draft(*lines)
    for zoom in ("months", "weeks", "days"):
        picture = draw(draft, zoom, MONDAY)
        assert (picture.sessions, picture.people) == (2, 14)
        assert picture.groups[0].rows[0].name == "Centre"
        assert picture.shortages
        assert picture.shortages[0].startswith("Centre on ")
        assert picture.shortages[0].endswith(": rooms wanted 2, there 1.")
    week = draw(draft, "days", MONDAY)
    assert [cell.words for cell in week.groups[0].rows[0].cells] == ["2", "2", "", "", "", "", ""]


@pytest.mark.django_db
def test_a_draft_shows_what_it_takes_from_a_team_and_who_set_its_minimum() -> None:
    _manager, [one, two, *_others] = make_team(4, least=3)
    draft = make_draft(make_line(people=(one.pk, two.pk)))
    [line] = abstraction_of(draft, MONDAY, MONDAY + 6 * DAY)
    assert (line.present, line.planned, line.left, line.minimum, line.short) == (4, 2, 2, 3, 1)
    assert line.source is not None
    assert line.source.why == "Agreed with duty planning"


@pytest.mark.django_db
def test_training_of_others_counts_against_the_minimum_and_ones_own_only_once() -> None:
    _manager, [one, two, three, *_others] = make_team(5, least=3)
    schedule, line = make_schedule(), make_line("one", people=(make_employment().pk,))
    published = publish_lines(line, schedule=schedule)
    publish_lines(make_line(people=(three.pk,)))
    mine = make_line("two", people=(one.pk, two.pk))
    published = publish_lines(line, mine, schedule=schedule)
    [found] = abstraction_of(published, MONDAY, MONDAY)
    assert (found.planned, found.others, found.short) == (1, 1, 0)  # the other one waits
    draft = draft_from(published, by=make_keeper(), at=AT)
    [found] = abstraction_of(draft, MONDAY, MONDAY)
    assert (found.planned, found.others, found.short) == (2, 1, 1)
