"""Two cases that are one, and one that was two after all."""

import pytest

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.rules.changing import undo_change
from moothall.cases.rules.closing import MergedAway, close_case, reopen_case
from moothall.cases.rules.linking import end_link
from moothall.cases.rules.merging import (
    MergedOnwards,
    MergedWithItself,
    OtherIsClosed,
    SeenByMore,
    merge_case,
)
from moothall.cases.rules.refusals import AlreadyClosed
from moothall.cases.rules.timeline import write_note
from moothall.people.models import Account
from moothall.people.tests.make import make_team

from .make import AT, clock_of, later, make_case, make_manager, make_worker, verbs_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Account:
    return make_manager(team=make_team())


def make_pair(by: Account) -> tuple[Case, Case]:
    case, into = make_case(title="Broken kettle"), make_case(title="Room four")
    write_note(case, text="It leaks steam", by=by, at=AT)
    write_note(into, text="The room is cold", by=by, at=later(hours=1))
    return case, into


def notes(case: Case) -> list[str]:
    return list(case.entries.filter(kind=Entry.NOTE).order_by("at", "id").values_list("text", flat=True))


def test_a_merged_cases_timeline_moves_and_the_case_closes_pointing_there(by: Account) -> None:
    case, into = make_pair(by)
    merge_case(case, into=into, by=by, at=later(days=1))
    case.refresh_from_db()
    assert (case.status, case.outcome, case.merged_into) == (Case.CLOSED, "merged", into)
    assert (notes(case), notes(into)) == ([], ["It leaks steam", "The room is cold"])
    assert clock_of(case).stopped_at == later(days=1)
    assert clock_of(into).stopped_at is None
    assert into in Case.objects.mentioning("steam")
    assert into in Case.objects.mentioning(case.reference)
    assert verbs_about(into)[-1] == "cases.merged_in"


def test_what_had_come_back_comes_back_on_the_standing_case(by: Account) -> None:
    case, into = make_pair(by)
    Case.objects.filter(pk=case.pk).update(came_back_at=AT)
    merge_case(case, into=into, by=by, at=later(days=1))
    into.refresh_from_db()
    assert into.came_back_at == AT


def test_those_who_saw_the_merged_case_see_the_standing_one(by: Account) -> None:
    case, into = make_pair(by)
    worker = make_worker(team=case.team)
    merge_case(case, into=into, by=by, at=AT)
    assert into in Case.objects.visible_to(worker)
    end_link(CaseLink.objects.get(kind=CaseLink.MERGED), by=by, at=later(hours=1))
    assert into not in Case.objects.visible_to(worker)


def test_cases_taken_apart_again_each_have_what_was_their_own(by: Account) -> None:
    case, into = make_pair(by)
    due = clock_of(case).due_on
    link = merge_case(case, into=into, by=by, at=later(days=1))
    write_note(into, text="Said after the merge", by=by, at=later(days=1, hours=1))
    end_link(link, by=by, at=later(days=2))
    case.refresh_from_db()
    assert (case.status, case.merged_into, case.outcome) == (Case.OPEN, None, "")
    assert notes(case) == ["It leaks steam"]
    assert notes(into) == ["The room is cold", "Said after the merge"]
    assert (clock_of(case).stopped_at, clock_of(case).due_on) == (None, due)
    assert list(Case.objects.mentioning("steam")) == [case]
    link.refresh_from_db()
    assert link.ended_by == by


def test_a_merge_is_undone_whole(by: Account) -> None:
    case, into = make_pair(by)
    merge_case(case, into=into, by=by, at=later(days=1))
    entry = case.entries.filter(kind=Entry.CHANGE).order_by("-id")[0]
    undo_change(entry, by=by, at=later(days=1, hours=1))
    assert (notes(case), notes(into)) == (["It leaks steam"], ["The room is cold"])
    assert Case.objects.get(pk=case.pk).merged_into is None
    assert not CaseLink.objects.filter(ended_at=None).exists()


def test_a_case_is_not_merged_with_itself(by: Account) -> None:
    case = make_case()
    with pytest.raises(MergedWithItself):
        merge_case(case, into=Case.objects.get(pk=case.pk), by=by, at=AT)


def test_a_closed_case_is_neither_merged_nor_merged_into(by: Account) -> None:
    case, into = make_pair(by)
    stale = Case.objects.get(pk=into.pk)
    close_case(into, by=by, at=AT, outcome="answered")
    with pytest.raises(OtherIsClosed):
        merge_case(case, into=stale, by=by, at=AT)
    with pytest.raises(AlreadyClosed):
        merge_case(stale, into=case, by=by, at=AT)


def test_merging_back_and_forth_makes_no_circle(by: Account) -> None:
    case, into = make_pair(by)
    merge_case(case, into=into, by=by, at=AT)
    with pytest.raises(OtherIsClosed):
        merge_case(into, into=case, by=by, at=AT)


def test_a_merged_case_is_not_reopened_by_itself(by: Account) -> None:
    case, into = make_pair(by)
    merge_case(case, into=into, by=by, at=AT)
    with pytest.raises(MergedAway):
        reopen_case(case, by=by, at=AT, because="Again")


def test_merges_one_after_another_are_taken_apart_from_the_last(by: Account) -> None:
    case, into = make_pair(by)
    last = make_case()
    first_link = merge_case(case, into=into, by=by, at=AT)
    second_link = merge_case(into, into=last, by=by, at=AT)
    assert len(notes(last)) == 2
    with pytest.raises(MergedOnwards):
        end_link(first_link, by=by, at=AT)
    end_link(second_link, by=by, at=later(hours=1))
    first_link.refresh_from_db()
    end_link(CaseLink.objects.get(pk=first_link.pk), by=by, at=later(hours=2))
    assert (notes(case), notes(into), notes(last)) == (["It leaks steam"], ["The room is cold"], [])


def test_a_confidential_case_is_not_merged_where_more_people_would_read_it(by: Account) -> None:
    case, into = make_pair(by)
    set_confidentiality(case, level=Case.RESTRICTED, named=[], because="Private", by=by, at=AT)
    with pytest.raises(SeenByMore):
        merge_case(case, into=into, by=by, at=AT)
    stranger = make_worker(team=into.team)
    set_confidentiality(into, level=Case.RESTRICTED, named=[stranger], because="Private", by=by, at=AT)
    with pytest.raises(SeenByMore):
        merge_case(case, into=into, by=by, at=AT)
    into.access.filter(account=stranger).update(ended_at=AT)
    merge_case(case, into=into, by=by, at=AT)
    assert notes(into) == ["It leaks steam", "The room is cold"]
