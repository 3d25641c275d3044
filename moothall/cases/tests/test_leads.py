"""An outcome may end the case, or leave its step to be done again: nothing goes on as if nothing was,
and all of it can be taken back."""

import pytest
from django.urls import reverse

from moothall.cases.models import Case, Entry, Service, Step
from moothall.cases.rules.changing import CannotUndo, undo_change
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.definition import OutcomeDefinition, definition_of
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.stepping import complete_step, reopen_step
from moothall.people.models import Team
from moothall.people.tests.make import make_team
from moothall.people.tests.pages import page, signed_in_as, words

from .make import AT, later, make_service, make_step, make_worker, states, step_of

pytestmark = pytest.mark.django_db
ENDS = (OutcomeDefinition("taken_on", "Taken on"), OutcomeDefinition("refused", "Refused", "Gwrthodwyd"))
LEADS = {"look": {"no": "refused", "ask": "again"}}
LOOK = make_step("look", outcomes=("yes", "no", "ask"))


def make_looked_at(team: Team | None = None) -> Service:
    return make_service(LOOK, make_step("begin", "look"), team=team, outcomes=ENDS, leads=LEADS)


def opened(service: Service | None = None) -> Case:
    made = service or make_looked_at()
    return open_case(made, title="A place", channel="mail", received_at=AT, at=AT)


def end(case: Case, outcome: str, *, note: str = "", key: str = "look") -> Case:
    complete_step(step_of(case, key), by=None, at=later(hours=1), outcome=outcome, note=note)
    case.refresh_from_db()
    return case


def undone(case: Case, entry: Entry, *, hours: int = 2) -> None:
    undo_change(entry, by=make_worker(team=case.team), at=later(hours=hours))


def test_an_outcome_that_ends_the_case_closes_it_and_what_came_after_is_not_done() -> None:
    case = end(opened(), "no", note="Too late")
    assert (case.is_closed, case.outcome, case.closing_reason) == (True, "refused", "Too late")
    assert states(case) == {"look": Step.DONE, "begin": Step.SKIPPED}


def test_without_a_note_the_outcome_is_the_reason() -> None:
    assert end(opened(), "no").closing_reason == "No"


def test_a_step_that_is_to_be_done_again_stays_open_and_holds_up_what_follows() -> None:
    case = end(opened(), "ask")
    assert not case.is_closed
    assert states(case) == {"look": Step.READY, "begin": Step.PENDING}
    assert step_of(case, "look").occurrence == 2
    assert states(end(case, "yes"))["begin"] == Step.READY


def test_an_ending_by_mistake_is_taken_back_where_it_was_done() -> None:
    case = end(opened(), "no")
    reopen_step(step_of(case, "look"), by=None, at=later(hours=2), because="Misread")
    case.refresh_from_db()
    assert (case.is_closed, case.outcome) == (False, "")
    assert states(case) == {"look": Step.READY, "begin": Step.PENDING}
    assert states(end(case, "yes"))["begin"] == Step.READY


def test_a_case_taken_up_again_stands_at_the_step_that_ended_it_and_that_is_undone_too() -> None:
    case = end(opened(), "no")
    entry = reopen_case(case, by=None, at=later(hours=2), because="They appealed")
    assert states(case) == {"look": Step.READY, "begin": Step.PENDING}
    undone(case, Entry.objects.select_related("case").get(pk=entry.pk), hours=3)
    case.refresh_from_db()
    assert (case.is_closed, case.outcome) == (True, "refused")
    assert states(case) == {"look": Step.DONE, "begin": Step.SKIPPED}
    assert step_of(case, "look").outcome == "no"


def test_a_case_taken_up_again_stays_open_once_its_step_was_done_anew() -> None:
    case = end(opened(), "no")
    entry = reopen_case(case, by=None, at=later(hours=2), because="They appealed")
    end(case, "yes")
    with pytest.raises(CannotUndo):
        undone(case, Entry.objects.select_related("case").get(pk=entry.pk), hours=3)


def test_the_closing_itself_can_be_undone() -> None:
    case = end(opened(), "no")
    entry = case.entries.filter(kind=Entry.CHANGE, detail__verb="close").select_related("case").get()
    undone(case, entry)
    case.refresh_from_db()
    assert not case.is_closed
    assert states(case) == {"look": Step.READY, "begin": Step.PENDING}


def test_a_round_too_many_is_taken_back_with_the_step_that_asked_for_it() -> None:
    case = end(opened(), "ask")
    reopen_step(case.steps.get(key="look", occurrence=1), by=None, at=later(hours=2), because="Misread")
    assert list(case.steps.filter(key="look").order_by("occurrence").values_list("state", flat=True)) == [
        Step.READY, Step.SKIPPED,
    ]  # fmt: skip
    complete_step(case.steps.get(key="look", occurrence=1), by=None, at=later(hours=3), outcome="yes")
    assert step_of(case, "begin").state == Step.READY


def test_a_third_round_comes_after_one_that_was_taken_back() -> None:
    case = end(opened(), "ask")
    first = case.steps.get(key="look", occurrence=1)
    reopen_step(first, by=None, at=later(hours=2), because="Misread")
    complete_step(first, by=None, at=later(hours=3), outcome="ask")
    assert step_of(case, "look").occurrence == 3
    assert states(case) == {"look": Step.READY, "begin": Step.PENDING}


def test_a_case_of_its_own_ends_the_case_above_and_undoing_that_opens_both() -> None:
    team = make_team()
    make_service(
        make_step("decide", outcomes=("yes", "no")), team=team, key="looking", is_sub=True, clocks=()
    )
    other = make_step("other", sub="looking")
    look = make_step("look", sub="looking", outcomes=("yes", "no"))
    above = make_service(look, other, make_step("begin", "look"), team=team, outcomes=ENDS, leads={
        "look": {"no": "refused"}})  # fmt: skip
    case = opened(above)
    sub = Case.objects.get(parent_step=step_of(case, "look"))
    beside = Case.objects.get(parent_step=step_of(case, "other"))
    end(sub, "no", key="decide")
    for each in (case, beside):
        each.refresh_from_db()
        assert each.is_closed
    assert case.outcome == "refused"
    closing = sub.entries.filter(kind=Entry.CHANGE, detail__verb="close").select_related("case").get()
    undone(case, closing)
    for each in (case, beside, sub):
        each.refresh_from_db()
        assert not each.is_closed
    assert states(case) == {"look": Step.READY, "other": Step.READY, "begin": Step.PENDING}


def test_a_case_closed_by_a_person_is_not_opened_by_a_step() -> None:
    case = end(opened(), "yes")
    close_case(case, by=None, at=later(hours=2), outcome="refused")
    step = step_of(case, "look")
    with pytest.raises(Exception, match="not ready"):
        reopen_step(step, by=None, at=later(hours=3), because="Misread")


def test_the_page_of_a_step_ends_the_case_and_takes_that_back() -> None:
    team = make_team()
    case, worker = opened(make_looked_at(team)), make_worker(team=team)
    client, step = signed_in_as(worker), step_of(case, "look")
    client.post(reverse("complete_step", args=[case.reference, step.pk]), {"outcome": "no", "note": "Late"})
    case.refresh_from_db()
    assert case.is_closed
    assert "Late" in words(page(client.get(reverse("case_page", args=[case.reference]))))
    client.post(reverse("reopen_step", args=[case.reference, step.pk]), {"because": "Misread"})
    case.refresh_from_db()
    assert not case.is_closed


def test_a_definition_remembers_where_its_outcomes_lead() -> None:
    case = opened()
    definition = definition_of(case.version)
    assert definition.leads == LEADS
    assert [definition.leads_to("look", each) for each in ("yes", "no", "ask")] == ["", "refused", "again"]
    assert definition.leads_to("begin", "") == ""
