"""What a plan is made from: the office's own rows, with leave, minimums, duties and what comes first."""

import datetime as dt

import pytest

from moothall.people.tests.make import AT, make_account
from moothall.training.models import DutyLine, RestRule
from moothall.training.planning.case import case_of
from moothall.training.planning.levers import with_larger_course, with_unit_eased
from moothall.training.planning.reading import Reading
from moothall.training.planning.span import Span
from moothall.training.planning.weekday_levers import (
    NOBODY_YET,
    SATURDAY,
    WEEKDAY,
    weekday_levers,
    with_weekday,
)
from moothall.training.planning.year import Year, digest, packed, read_office, read_year
from moothall.training.rules.courses import require_course
from moothall.training.rules.ledger import set_minimum
from moothall.training.rules.needs import note_needs
from moothall.workforce.models import EmployeeSkill, Employment
from moothall.workforce.tests.make import make_skill
from planner.training.levers import Lever, pulled
from planner.training.reading import problem_of
from planner.training.searching import plan_training
from planner.training.writing import written

from .make import MONDAY, TODAY, make_course, make_place, make_session, unit_of
from .make_duties import down_for, make_rest
from .make_plans import make_year

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SPAN = Span(MONDAY, MONDAY + 55 * DAY)


def year_now() -> Year:
    return read_year(SPAN, [], TODAY)


def test_days_are_numbered_from_the_monday_and_only_working_days_teach() -> None:
    make_year()
    case = year_now().case
    assert case["start"] == MONDAY.isoformat()
    assert case["teach"][:6] == [0, 1, 2, 3, 8, 9], "Christmas is not taught"
    assert max(case["teach"]) < 56


def test_leave_and_court_keep_somebody_from_those_days() -> None:
    _course, [one, two, *_others] = make_year()
    down_for(one, [(MONDAY, "D", DutyLine.LEAVE), (MONDAY + DAY, "D", DutyLine.COURT)])
    year = year_now()
    absent = {
        who: year.case["officers"][number]["absent"] for number, who in enumerate(year.names["officers"])
    }
    assert absent[one.pk][:2] == [0, 1]
    assert 0 not in absent[two.pk]


def test_the_rest_that_is_due_goes_along_with_its_source_and_whether_it_is_confirmed() -> None:
    make_year()
    assert "rest" not in year_now().case
    rule = make_rest()
    said = year_now().case["rest"]
    assert (said["hours"], said["session"], said["duties"]["N"]) == (11, [9, 17], [22, 31])
    assert (said["source"], said["confirmed"]) == (rule.source, False)


def test_a_rule_of_rest_holds_from_its_day_until_the_next() -> None:
    make_year()
    make_rest(until_on=MONDAY - DAY)
    assert "rest" not in year_now().case
    RestRule.objects.create(hours=12, from_on=MONDAY, source="Agreed here")
    assert year_now().case["rest"]["hours"] == 12


def test_nobody_is_planned_in_after_a_late_duty_that_leaves_ten_hours() -> None:
    _course, [one, *_others] = make_year(1)
    every = [MONDAY + number * DAY for number in range(84)]
    down_for(one, [(day, "L", DutyLine.DUTY) for day in every])
    assert plan_training(year_now().problem, rounds=0).placed == 1
    make_rest()
    year = year_now()
    assert plan_training(year.problem, rounds=0).placed == 0
    held = {"id": 0, "kind": "course", "course": 0, "site": 0, "days": [1], "trainers": [0]}
    place = {"officer": 0, "kind": "course", "requirement": 0, "class": 0}
    plan = {"classes": [held], "places": [place], "unplaced": [], "placed": 1, "bound": 1, "rounds": 0}
    told = Reading(year.case, year.names, plan).breaches()
    assert any("10 hours of rest between the duty of" in each for each in told)


def test_nobody_teaches_in_the_morning_after_a_night() -> None:
    make_year(1)
    trainer = Employment.objects.get(pk__in=EmployeeSkill.objects.values("employment"))
    down_for(trainer, [(MONDAY, "N", DutyLine.DUTY), (MONDAY + 2 * DAY, "L", DutyLine.DUTY)])
    [known] = read_office(SPAN, [], TODAY).trainers
    assert {0, 1} <= known.absent
    assert not {2, 3} & known.absent
    make_rest()
    [known] = read_office(SPAN, [], TODAY).trainers
    assert 3 in known.absent


def unplaced_of(year: Year) -> list[int]:
    return list(range(len(year.case["reqs"])))


def test_one_more_trainer_on_tuesdays_opens_sessions_then_and_takes_nobody_from_elsewhere() -> None:
    make_year(4, least=1)
    EmployeeSkill.objects.all().delete()
    year = year_now()
    assert not year.runs
    assert (WEEKDAY, 1, 4.0) in weekday_levers(year.case, unplaced_of(year))
    eased = with_weekday(year, 1, unplaced_of(year))
    assert eased.runs
    assert {day % 7 for run in eased.runs for day in run["days"]} == {1}
    assert eased.names["trainers"][-1] == NOBODY_YET
    assert not year.case["trainers"], "the plan it is tried on stays as it was"
    plan = plan_training(eased.problem, rounds=200)
    assert plan.placed == 4
    assert Reading(eased.case, eased.names, written(plan)).breaches() == []


def test_saturdays_help_those_who_work_then_and_nobody_else() -> None:
    _course, people = make_year(3, least=1)
    year = year_now()
    assert SATURDAY not in {number for _kind, number, _many in weekday_levers(year.case, unplaced_of(year))}
    every = [MONDAY + number * DAY for number in range(84)]
    for one in people:
        down_for(one, [(day, "D" if day.weekday() == 5 else "", "DUTY" if day.weekday() == 5 else "REST")
                       for day in every])  # fmt: skip
    year = year_now()
    assert plan_training(year.problem, rounds=0).placed == 0
    assert (WEEKDAY, SATURDAY, 3.0) in weekday_levers(year.case, unplaced_of(year))
    eased = with_weekday(year, SATURDAY, unplaced_of(year))
    plan = plan_training(eased.problem, rounds=200)
    assert plan.placed == 3
    assert Reading(eased.case, eased.names, written(plan)).breaches() == []


def test_the_minimum_says_how_many_can_be_spared_and_rest_days_none() -> None:
    _course, people = make_year(4, least=3)
    [team] = year_now().case["teams"]
    assert team["n"] == 4
    assert (team["slack"][0], team["duty"][0]) == (1, "D")
    assert (team["slack"][5], team["duty"][5]) == (0, "R")
    down_for(people[0], [(MONDAY, "D", DutyLine.LEAVE)])
    [team] = year_now().case["teams"]
    assert team["slack"][0] == 0


def test_training_that_is_booked_has_taken_its_part_of_what_can_be_spared() -> None:
    course, [one, two, *_others] = make_year(4, least=2)
    make_place(make_session(make_course(), first_on=MONDAY), one)
    year = year_now()
    [team] = year.case["teams"]
    assert team["slack"][:2] == [1, 2]
    assert 0 in year.case["officers"][year.names["officers"].index(one.pk)]["absent"]
    make_place(make_session(course, first_on=MONDAY + DAY), two)
    assert two.pk not in year_now().names["officers"]


def test_those_who_work_other_duties_are_a_team_of_their_own_and_share_what_is_left() -> None:
    _course, [one, two, three, four] = make_year(4)
    days = [MONDAY + number * DAY for number in range(-1, SPAN.horizon)]
    for who in (three, four):
        down_for(who, [(day, "N", DutyLine.DUTY) for day in days])
    set_minimum(unit_of(one), least=1, from_on=TODAY, why="Agreed", by=make_account(), at=AT, today=TODAY)
    teams = {team["duty"][0]: team for team in year_now().case["teams"]}
    assert (teams["D"]["n"], teams["N"]["n"]) == (2, 2)
    assert (teams["D"]["slack"][0], teams["N"]["slack"][0]) == (1, 1)
    assert (teams["D"]["kind"], teams["N"]["kind"]) == ("weekday", "response")
    assert two.pk in year_now().names["officers"]


def test_part_timers_are_of_the_team_and_not_there_on_their_days_off() -> None:
    _course, [one, *_others] = make_year(3)
    down_for(one, [(MONDAY, "", DutyLine.REST)])
    year = year_now()
    assert len(year.case["teams"]) == 1
    assert 0 in year.case["officers"][year.names["officers"].index(one.pk)]["absent"]


def test_a_minimum_of_a_skill_holds_back_all_but_as_many_as_can_go() -> None:
    _course, people = make_year(4)
    skill = make_skill()
    for who in people[:3]:
        EmployeeSkill.objects.create(employment=who, skill=skill, level=EmployeeSkill.ABLE, added_at=AT)
    set_minimum(
        unit_of(people[0]), skill=skill, least=2, from_on=TODAY, why="Agreed", by=make_account(), at=AT,
        today=TODAY,
    )  # fmt: skip
    year = year_now()
    skilled = {year.names["officers"].index(who.pk) for who in people[:3]}
    for day in (0, 14, 21):
        there = [one["id"] for one in year.case["officers"] if day not in one["absent"]]
        assert len(skilled & set(there)) == 1
        assert len(there) == 2


def test_what_comes_first_is_planned_too_unless_it_was_passed_or_is_booked() -> None:
    first = make_course("Basics")
    course, [one, *_others] = make_year(2, prerequisites=[first])
    office = read_office(SPAN, [course.pk], TODAY)
    assert {(each.course, each.after) for each in office.wanted} == {
        (first.pk, None), (course.pk, first.pk),
    }  # fmt: skip
    make_place(make_session(first, first_on=MONDAY + DAY), one)
    wanted = {(each.employment, each.course): each for each in read_office(SPAN, [course.pk], TODAY).wanted}
    assert (one.pk, first.pk) not in wanted
    assert wanted[one.pk, course.pk].release == MONDAY + 2 * DAY
    reqs = case_of(office)["reqs"]
    assert {need["pre"] for need in reqs} == {None, office.course[first.pk]}


def test_what_is_overdue_is_planned_for_any_of_the_days_and_what_is_not_due_yet_is_not() -> None:
    course, [one, *_others] = make_year(1)
    late = make_course("Data protection")
    require_course(late, unit=unit_of(one), within_days=1, from_on=TODAY, by=None, at=AT)
    far = make_course("Leadership")
    require_course(far, unit=unit_of(one), within_days=900, from_on=TODAY, by=None, at=AT)
    note_needs(at=AT, today=TODAY)
    wanted = {each.course: each for each in read_office(SPAN, [], TODAY).wanted}
    assert far.pk not in wanted
    assert wanted[late.pk].due == SPAN.last
    assert wanted[course.pk].release == SPAN.first


def test_the_same_rows_give_the_same_input_and_another_minimum_another() -> None:
    _course, [one, *_others] = make_year(3)

    def said() -> str:
        year = year_now()
        return digest(packed(year.case), packed(year.runs))

    first = said()
    assert said() == first
    set_minimum(unit_of(one), least=1, from_on=TODAY, why="Agreed", by=make_account(), at=AT, today=TODAY)
    assert said() != first


def test_a_lever_in_the_case_is_the_planners_own_lever() -> None:
    course, people = make_year(4, least=3)
    year = year_now()
    eased = with_unit_eased(year.case, year.names, unit_of(people[0]).pk)
    larger = with_larger_course(year.case, year.names, course.pk)
    assert problem_of(eased) == pulled(problem_of(year.case), Lever("team", 0, "", 0.0))
    assert problem_of(larger) == pulled(problem_of(year.case), Lever("course", 0, "", 0.0))


def test_the_judge_names_the_day_on_which_a_team_would_be_below_its_minimum() -> None:
    _course, _people = make_year(4, least=3)
    year = year_now()
    held = {
        "id": 0, "kind": "course", "course": 0, "site": 0, "days": [0],
        "trainers": list(range(year.case["courses"][0]["trainers"])),
    }  # fmt: skip
    places = [{"officer": who, "kind": "course", "requirement": who, "class": 0} for who in range(2)]
    left = [{"officer": who, "requirement": who, "reason": "x", "causes": {}} for who in (2, 3)]
    said = Reading(year.case, year.names, {"classes": [held], "places": places, "unplaced": left}).breaches()
    assert said == [f"Team 0 lends 2 officers on {MONDAY:%d/%m/%Y} and can spare 1."]


def test_a_course_is_held_as_often_as_a_team_can_send_people_to_it() -> None:
    make_year(6, least=4)
    assert len(year_now().runs) == 4
