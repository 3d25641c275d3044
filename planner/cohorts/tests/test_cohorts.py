from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.cohorts.checking import check
from planner.cohorts.planning import plan_year, recourse
from planner.cohorts.problem import CohortError, Host, Intake, Module, Plan, Student, Tutor, Year
from planner.cohorts.tests.make import COMMUNITY, DISTRICTS, LAW, full_year, make_year


def planned(year: Year, rounds: int = 5) -> Plan:
    made = plan_year(year, rounds=rounds)
    assert check(year, made) == ()
    return made


def test_every_group_goes_through_the_modules_in_order_and_everybody_is_placed() -> None:
    made = planned(make_year())
    assert made.left == ()
    assert [len(group.students) for group in made.groups] == [2, 2, 2, 2]
    assert len(made.classes) == 12
    assert len(made.placements) == 8


def test_nobody_is_placed_in_their_own_district() -> None:
    made = planned(make_year())
    assert {one.host for one in made.placements if one.student == "spring-0"} == {"shelter"}


def test_weeks_that_are_shut_are_stepped_over() -> None:
    made = planned(make_year(shut=frozenset({1})))
    assert (0, 2) in {one.weeks for one in made.classes}


def test_a_group_keeps_the_tutor_it_knows() -> None:
    modules = (LAW, Module("more law", 1, "law"))
    year = make_year(modules=modules, intakes=(Intake("spring", 0),), students=make_year().students[:4])
    by_group = {(one.group, one.tutor) for one in planned(year).classes}
    assert len(by_group) == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"tutors": (Tutor("Bron", frozenset({"law"})),)}, "no tutor"),
        ({"rooms": 0}, "no room"),
        ({"weeks": 1}, "no week"),
        ({"hosts": (Host("shelter", "Barry", 1),)}, "no host"),
        ({"hosts": (Host("library", "Arfon", 9), Host("mill", "Arfon", 9))}, "own district"),
        ({"minutes": {}}, "too far"),
    ],
)
def test_what_cannot_be_planned_has_its_reason(changes: dict[str, object], why: str) -> None:
    made = planned(make_year(**changes))
    assert why in {one.why for one in made.left}


def test_access_that_is_needed_is_there_or_is_said_to_be_wanting() -> None:
    wheels = frozenset({"step-free"})
    students = (Student("Ana", "spring", "Cwmbran", wheels), Student("Ben", "spring", "Dinas"))
    year = make_year(students=students, hosts=(Host("library", "Arfon", 4),))
    assert [(one.who, one.why) for one in planned(year).left] == [("Ana", "access")]
    better = make_year(
        students=students, hosts=(Host("library", "Arfon", 4), Host("shelter", "Barry", 1, wheels))
    )
    assert planned(better).left == ()


def test_full_hosts_are_shared_with_the_least_travel() -> None:
    students = tuple(Student(f"s{i}", "spring", DISTRICTS[2 + i % 2]) for i in range(2))
    minutes = {
        ("Cwmbran", "library"): 10,
        ("Cwmbran", "shelter"): 20,
        ("Dinas", "library"): 10,
        ("Dinas", "shelter"): 60,
    }
    hosts = (Host("library", "Arfon", 1), Host("shelter", "Barry", 1))
    made = planned(make_year(students=students, minutes=minutes, hosts=hosts, modules=(COMMUNITY,)))
    assert {one.student: one.host for one in made.placements} == {"s0": "shelter", "s1": "library"}


def test_whoever_takes_a_module_again_goes_on_with_a_later_group() -> None:
    year = make_year()
    made = planned(year)
    again = recourse(year, made, student="spring-0", module="law")
    assert check(year, again) == ()
    [moved] = again.moved
    weeks = {(one.group, one.module): one.weeks for one in again.classes}
    assert weeks[moved.to_group, "law"][0] > weeks[moved.from_group, "law"][-1]
    assert "spring-0" in next(group.students for group in again.groups if group.name == moved.to_group)
    [placement] = [one for one in again.placements if one.student == "spring-0"]
    assert placement.weeks == weeks[moved.to_group, "community"]
    others = [one for one in made.placements if one.student != "spring-0"]
    assert [one for one in again.placements if one.student != "spring-0"] == others


def test_where_no_group_can_take_somebody_back_the_reason_is_said() -> None:
    year = make_year(spare=0)
    made = planned(year)
    with pytest.raises(CohortError, match="is full"):
        recourse(year, made, student="spring-0", module="law")
    with pytest.raises(CohortError, match="waited for"):
        recourse(year, made, student="summer-0", module="street")
    with pytest.raises(CohortError, match="in no group"):
        recourse(year, made, student="nobody", module="law")


def test_years_that_make_no_sense_are_refused() -> None:
    for changes in (
        {"students": (Student("Ana", "autumn", "Arfon"),)},
        {"tutors": make_year().tutors * 2},
        {"group_size": 0},
    ):
        with pytest.raises(CohortError):
            plan_year(make_year(**changes))


@st.composite
def years(draw: st.DrawFn) -> Year:
    tutors = tuple(
        Tutor(
            f"t{i}",
            frozenset(draw(st.sets(st.sampled_from(["law", "street"])))),
            frozenset({draw(st.integers(0, 12))}),
        )
        for i in range(draw(st.integers(1, 3)))
    )
    hosts = tuple(
        Host(f"h{i}", draw(st.sampled_from(DISTRICTS)), draw(st.integers(1, 5)))
        for i in range(draw(st.integers(0, 3)))
    )
    return make_year(
        weeks=draw(st.integers(6, 16)),
        tutors=tutors,
        hosts=hosts,
        rooms=draw(st.integers(1, 2)),
        group_size=draw(st.integers(1, 5)),
        shut=draw(st.frozensets(st.integers(0, 12), max_size=3)),
        minutes={(here, host.name): draw(st.integers(5, 90)) for here in DISTRICTS for host in hosts},
    )


@settings(max_examples=40, deadline=None)
@given(years())
def test_whatever_the_year_the_rules_are_kept(year: Year) -> None:
    planned(year, rounds=2)


def test_the_same_seed_and_rounds_give_the_same_year_and_more_rounds_none_worse() -> None:
    year = make_year(rooms=1)
    assert plan_year(year, seed=3, rounds=9) == plan_year(year, seed=3, rounds=9)
    ends = [max(one.weeks[-1] for one in plan_year(year, rounds=r).classes) for r in (0, 40)]
    assert ends[1] <= ends[0]


@pytest.mark.slow
def test_six_hundred_student_officers_get_through_their_year() -> None:
    year = full_year()
    made = planned(year, rounds=3)
    assert made.left == ()
    assert len(made.groups) == 30
    assert len(made.classes) == 210
    assert Counter(one.module for one in made.placements) == {"community": 600}
    own = {student.name: student.district for student in year.students}
    assert all(
        own[one.student] != host.district
        for one in made.placements
        for host in year.hosts
        if host.name == one.host
    )
