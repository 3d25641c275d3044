"""Two people, or twenty, at the same case in the same moment."""

import pytest

from moothall.cases.models import Case, CaseLink, Entry, Escalation, Step
from moothall.cases.rules.answering import record_answer
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.changing import ChangedMeanwhile
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.details import change_details
from moothall.cases.rules.escalating import escalate_late
from moothall.cases.rules.linking import LinkedAlready, link_cases
from moothall.cases.rules.merging import merge_case
from moothall.cases.rules.refusals import AlreadyClosed
from moothall.cases.rules.stepping import StepNotReady, complete_step
from moothall.cases.rules.timeline import write_note
from moothall.letters.tests.make import make_letter
from moothall.people.models import Account
from moothall.people.tests.make import make_team

from .make import AT, later, make_case, make_manager, make_service, make_step, make_worker, states, step_of
from .together import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def again(case: Case) -> Case:
    """The case as one person has it on their page."""
    return Case.objects.get(pk=case.pk)


def changes_of(case: Case) -> list[str]:
    entries = case.entries.filter(kind=Entry.CHANGE).order_by("id")
    return [entry.detail["verb"] for entry in entries]


def test_of_two_who_assign_a_case_from_the_same_page_one_is_told() -> None:
    team = make_team()
    first, second = make_worker(team=team), make_worker(team=team)
    case = make_case(team=team)
    outcomes = at_once(
        lambda: assign_case(again(case), to=first, by=first, at=AT, edition=1),
        lambda: assign_case(again(case), to=second, by=second, at=AT, edition=1),
    )
    assert refusals(outcomes) == [ChangedMeanwhile]
    assert changes_of(case) == ["assign"]
    assert again(case).assignee == next(each.by for each in outcomes if isinstance(each, Entry))


def test_of_two_who_take_a_case_the_later_has_it_and_both_are_on_the_timeline() -> None:
    team = make_team()
    people = [make_worker(team=team) for _ in range(2)]
    case = make_case(team=team)

    def take(who: Account) -> Entry:
        return assign_case(again(case), to=who, by=who, at=AT)

    at_once(lambda: take(people[0]), lambda: take(people[1]))
    entries = case.entries.filter(kind=Entry.CHANGE).order_by("id")
    assert entries[1].detail["before"]["assignee"] == entries[0].by_id
    assert again(case).assignee == entries[1].by


def test_a_step_is_done_once_and_opens_one_case_however_many_press_the_button() -> None:
    called = make_service()
    steps = make_step("read"), make_step("ask", "read", calls=called.key)
    case = make_case(service=make_service(*steps))

    def press() -> Step:
        return complete_step(step_of(case, "read"), by=None, at=AT)

    assert refusals(at_once(press, press, press)) == [StepNotReady, StepNotReady]
    assert states(case) == {"read": Step.DONE, "ask": Step.READY}
    assert Case.objects.filter(parent_step__case=case).count() == 1


def test_two_steps_that_join_make_the_next_one_ready_when_done_at_once() -> None:
    steps = make_step("one"), make_step("two"), make_step("join", "one", "two")
    case = make_case(service=make_service(*steps))
    at_once(
        lambda: complete_step(step_of(case, "one"), by=None, at=AT),
        lambda: complete_step(step_of(case, "two"), by=None, at=AT),
    )
    assert states(case)["join"] == Step.READY


def test_a_case_is_never_answered_after_it_was_closed() -> None:
    case = make_case()
    letter = make_letter(about=case)
    outcomes = at_once(
        lambda: close_case(again(case), by=None, at=AT, outcome="withdrawn"),
        lambda: record_answer(again(case), letter=letter, text="Yes", by=None, at=AT),
    )
    answered = case.entries.filter(kind=Entry.MAIL_OUT).exists()
    assert again(case).is_closed
    assert refusals(outcomes) == ([] if answered else [AlreadyClosed])


def test_of_twenty_editors_of_one_page_the_first_saves_and_nineteen_are_told() -> None:
    editors = [make_worker(team=make_team()) for _ in range(20)]
    case = make_case()
    seen = case.edition

    def save(number: int, who: Account) -> Entry | None:
        mine = again(case)
        return change_details(
            mine, title=f"Title {number}", service=mine.service, requester=None, priority=Case.NORMAL,
            language="", by=who, at=AT, edition=seen,
        )  # fmt: skip

    acts = [lambda n=n, who=who: save(n, who) for n, who in enumerate(editors)]
    assert refusals(at_once(*acts)) == [ChangedMeanwhile] * 19
    assert (again(case).edition, changes_of(case)) == (2, ["details"])


def test_twenty_notes_at_once_are_all_kept_and_found() -> None:
    by = make_worker(team=make_team())
    case = make_case()
    acts = [lambda n=n: write_note(again(case), text=f"Remark number{n}", by=by, at=AT) for n in range(20)]
    at_once(*acts)
    assert case.entries.filter(kind=Entry.NOTE).count() == 20
    assert all(Case.objects.mentioning(f"number{n}").exists() for n in range(20))


def test_two_who_merge_two_cases_into_each_other_merge_them_once() -> None:
    by = make_manager(team=make_team())
    one, two = make_case(), make_case()
    write_note(one, text="First", by=by, at=AT)
    write_note(two, text="Second", by=by, at=AT)
    outcomes = at_once(
        lambda: merge_case(again(one), into=again(two), by=by, at=AT),
        lambda: merge_case(again(two), into=again(one), by=by, at=AT),
    )
    assert len(refusals(outcomes)) == 1
    standing = Case.objects.get(merged_into=None)
    assert standing.status == Case.OPEN
    assert standing.entries.filter(kind=Entry.NOTE).count() == 2
    assert Case.objects.get(merged_into=standing).status == Case.CLOSED
    assert CaseLink.objects.filter(kind=CaseLink.MERGED).count() == 1


def test_two_who_link_two_cases_both_ways_link_them_once() -> None:
    by = make_manager(team=make_team())
    one, two = make_case(), make_case()
    outcomes = at_once(
        lambda: link_cases(again(one), again(two), kind="RELATED", by=by, at=AT),
        lambda: link_cases(again(two), again(one), kind="RELATED", by=by, at=AT),
    )
    assert refusals(outcomes) == [LinkedAlready]
    assert CaseLink.objects.count() == 1


def test_a_case_and_the_one_that_serves_it_close_at_once_without_waiting_in_a_circle() -> None:
    called = make_service()
    case = make_case(service=make_service(make_step("ask", calls=called.key), make_step("go", "ask")))
    sub = Case.objects.get(parent_step__case=case)
    outcomes = at_once(
        lambda: close_case(again(case), by=None, at=AT, outcome="withdrawn"),
        lambda: close_case(again(sub), by=None, at=AT, outcome="answered"),
    )
    assert refusals(outcomes) in ([], [AlreadyClosed])
    assert again(case).is_closed
    assert again(sub).is_closed


def test_what_is_late_is_told_once_by_two_who_look_at_once() -> None:
    team = make_team()
    team.lead = make_worker(team=team)
    team.save()
    for _ in range(5):
        make_case(team=team)
    late = later(days=16)
    told = at_once(*[lambda: escalate_late(at=late, today=late.date())] * 2)
    assert sorted(told) == [0, 5]
    assert Escalation.objects.count() == 5
