"""One action for many applications: who could not have it done and why is known before, it is done in one
press, and taken back in one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.stepping import complete_step
from moothall.cases.tests.make import make_service, make_step
from moothall.letters.models import Letter
from moothall.letters.rules.formatting import to_plain
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.rules.contact_points import add_contact_point
from moothall.people.tests.make import AT, make_account, make_team
from moothall.recruitment.models import Application, BulkAct, BulkRow, Campaign, SiftReason, Tag
from moothall.recruitment.rules import bulk, bulk_refusals, tagging, withdrawing
from moothall.recruitment.rules.links import link_to_application

from .make import finish, make_application, make_campaign, make_recruiter, make_route
from .make_events import make_event

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(minutes=5)
UNTIL = (AT.date() + dt.timedelta(days=20)).isoformat()


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


@pytest.fixture
def by(campaign: Campaign) -> Account:
    return make_recruiter(team=campaign.team)


def those(campaign: Campaign, many: int = 3) -> list[Application]:
    return [make_application(campaign, name=f"Person {number}") for number in range(many)]


def said(rows: list[Application], kind: str, by: Account, **given: Any) -> BulkAct:
    act = bulk.choose([each.pk for each in rows], by=by, at=AT)
    return bulk.say(act, kind=kind, given=given, by=by, at=AT)


def pressed(act: BulkAct, begin: Callable[..., bool], by: Account, at: dt.datetime = LATER) -> BulkAct:
    begin(act, by=by, at=at)
    bulk.carry_on(act.pk, clock=lambda: at)
    act.refresh_from_db()
    return act


def states(act: BulkAct) -> list[str]:
    return list(act.rows.order_by("application__number").values_list("state", flat=True))


def stage(application: Application) -> set[str]:
    return set(Step.objects.filter(case=application.case_id, state=Step.READY).values_list("key", flat=True))


def test_those_at_the_stage_are_moved_on_and_the_others_named_with_the_reason_beforehand(
    campaign: Campaign, by: Account
) -> None:
    one, two, gone = those(campaign)
    finish(two.case, "sift", "met")
    withdrawing.withdraw(gone, because="Another job", by=by, at=AT)
    act = said([one, two, gone], BulkAct.MOVE, by, move="sift|met")
    assert states(act) == [BulkRow.WOULD, BulkRow.WOULD_NOT, BulkRow.WOULD_NOT]
    assert "not ready" in act.rows.get(application=two).why
    assert stage(one) == {"sift"}
    act = pressed(act, bulk.begin, by)
    assert (states(act)[0], act.state) == (BulkRow.DONE, BulkAct.DONE)
    assert stage(one) == {"board"}
    act = pressed(act, bulk.begin_undoing, by)
    assert (states(act)[0], act.state) == (BulkRow.UNDONE, BulkAct.UNDONE)
    assert stage(one) == {"sift"}


def test_whoever_has_moved_on_since_is_not_moved_back_and_is_named(campaign: Campaign, by: Account) -> None:
    one, two = those(campaign, 2)
    act = pressed(said([one, two], BulkAct.MOVE, by, move="sift|met"), bulk.begin, by)
    finish(two.case, "board")
    act = pressed(act, bulk.begin_undoing, by)
    assert states(act) == [BulkRow.UNDONE, BulkRow.KEPT]
    assert "moved on since" in act.rows.get(application=two).why
    assert stage(two) == {"vet", "medical"}


def test_an_ending_or_another_round_is_taken_back_for_all_but_those_who_have_moved_on() -> None:
    team = make_team()
    service = make_service(
        make_step("apply", owner="applicant"), make_step("sift", "apply", outcomes=("met", "not_met", "ask")),
        make_step("board", "sift"), team=team, clocks=(), outcomes=(OutcomeDefinition("rejected", "No"),),
        leads={"sift": {"not_met": "rejected", "ask": "again"}},
    )  # fmt: skip
    campaign, by = (
        make_campaign(team=team, routes=[make_route(team=team, service=service)]),
        make_recruiter(team=team),
    )
    rows = those(campaign)
    act = pressed(said(rows, BulkAct.MOVE, by, move="sift|not_met"), bulk.begin, by)
    assert not Application.objects.running().exists()
    pressed(act, bulk.begin_undoing, by)
    assert [stage(each) for each in rows] == [{"sift"}] * 3
    act = pressed(said(rows, BulkAct.MOVE, by, move="sift|ask"), bulk.begin, by)
    complete_step(Step.objects.get(case=rows[2].case_id, state=Step.READY), by=by, at=LATER, outcome="met")
    act = pressed(act, bulk.begin_undoing, by)
    assert states(act) == [BulkRow.UNDONE, BulkRow.UNDONE, BulkRow.KEPT]
    assert [stage(each) for each in rows] == [{"sift"}, {"sift"}, {"board"}]


def test_what_is_looked_at_is_what_is_refused_when_it_is_done(campaign: Campaign, by: Account) -> None:
    """Nobody is told one thing and has another done: every reason is the rule’s own."""
    SiftReason.objects.create(key="no", name="No", name_cy="Na", from_on=dt.date(2026, 1, 1))
    event = make_event(campaign, step="board")
    reason = SiftReason.objects.get().pk
    ways: list[tuple[str, dict[str, Any]]] = [
        (BulkAct.MOVE, {"move": "sift|met"}), (BulkAct.MOVE, {"move": "sift|maybe"}),
        (BulkAct.HOLD, {"until": UNTIL, "because": "The medical", "waiting_on": Case.THIRD}),
        (BulkAct.HOLD, {"until": AT.date().isoformat(), "because": "x", "waiting_on": Case.THIRD}),
        (BulkAct.REJECT, {"outcome": "withdrew", "reason": reason, "because": "", "tell": True}),
        (BulkAct.REJECT, {"outcome": "unknown", "reason": reason, "because": "", "tell": True}),
        (BulkAct.WITHDRAW, {"because": "They wrote"}), (BulkAct.INVITE, {"event": event.pk}),
        (BulkAct.ASK, {"asked": "A licence", "asked_cy": "Trwydded", "until": UNTIL}),
        (BulkAct.TAG, {"words": "Reserve"}), (BulkAct.TAG, {"words": "  "}),
    ]  # fmt: skip
    for kind, given in ways:
        one, two, gone = those(campaign)
        finish(two.case, "sift", "met")
        tagging.add_tag(two, words="Reserve", by=by, at=AT)
        withdrawing.withdraw(gone, because="Another job", by=by, at=AT)
        act = said([one, two, gone], kind, by, **given)
        foretold = dict(act.rows.values_list("application", "why"))
        would = set(act.rows.filter(state=BulkRow.WOULD).values_list("application", flat=True))
        act.rows.update(state=BulkRow.WOULD, why="")
        BulkAct.objects.filter(pk=act.pk).update(begun_at=AT, begun_by=by)
        bulk.carry_on(act.pk, clock=lambda: LATER)
        assert dict(act.rows.values_list("application", "why")) == foretold, (kind, given)
        assert set(act.rows.filter(state=BulkRow.DONE).values_list("application", flat=True)) == would


def test_letters_that_wait_are_drawn_back_and_those_that_left_are_named(
    campaign: Campaign, by: Account
) -> None:
    rows = those(campaign, 2)
    SiftReason.objects.create(key="no", name="No", name_cy="Na", from_on=dt.date(2026, 1, 1))
    act = said(
        rows,
        BulkAct.REJECT,
        by,
        outcome="withdrew",
        reason=SiftReason.objects.get().pk,
        because="",
        tell=True,
    )
    act = pressed(act, bulk.begin, by)
    letters = Letter.objects.filter(subject__startswith="Your application").order_by("pk")
    assert all(each.send_after == LATER + dt.timedelta(minutes=15) for each in letters)
    assert Case.objects.filter(job_application__in=rows, status=Case.CLOSED).count() == 2
    Letter.objects.filter(pk=letters[1].pk).update(state=Letter.SENT, sent_at=LATER)
    act = pressed(act, bulk.begin_undoing, by, at=LATER + dt.timedelta(minutes=1))
    assert Case.objects.filter(job_application__in=rows, status=Case.CLOSED).count() == 0
    assert [each.state for each in letters.all()] == [Letter.CANCELLED, Letter.SENT]
    first, second = act.rows.order_by("application__number")
    assert (first.why, second.state) == ("", BulkRow.UNDONE)
    assert "had left already" in second.why


def test_every_action_is_taken_back_whole(campaign: Campaign, by: Account) -> None:
    event = make_event(campaign, step="sift")
    for kind, given in (
        (BulkAct.HOLD, {"until": UNTIL, "because": "The medical", "waiting_on": Case.THIRD}),
        (BulkAct.WITHDRAW, {"because": "They wrote"}), (BulkAct.INVITE, {"event": event.pk}),
        (BulkAct.ASK, {"asked": "A licence", "asked_cy": "Trwydded", "until": UNTIL}),
        (BulkAct.TAG, {"words": "Reserve"}),
    ):  # fmt: skip
        rows = those(campaign, 2)
        act = pressed(said(rows, kind, by, **given), bulk.begin, by)
        assert set(states(act)) == {BulkRow.DONE}, kind
        act = pressed(act, bulk.begin_undoing, by)
        assert set(states(act)) == {BulkRow.UNDONE}, kind
        for each in Application.objects.filter(pk__in=[one.pk for one in rows]).select_related("case"):
            assert (each.withdrawn_at, each.case.held_until, each.case.is_closed) == (None, None, False)
            assert stage(each) == {"sift"}
    assert not event.candidates.standing().exists()
    assert not Tag.objects.standing().exists()
    left = Letter.objects.exclude(state=Letter.CANCELLED).exclude(subject__startswith="We have")
    assert not left.exists()


def test_of_two_who_press_at_once_one_does_it_and_the_other_is_told(campaign: Campaign, by: Account) -> None:
    act = said(those(campaign, 2), BulkAct.TAG, by, words="Reserve")
    bulk.begin(act, by=by, at=LATER)
    with pytest.raises(bulk_refusals.BegunAlready):
        bulk.begin(act, by=make_account(), at=LATER)
    bulk.carry_on(act.pk, clock=lambda: LATER)
    bulk.carry_on(act.pk, clock=lambda: LATER)
    assert Tag.objects.count() == 2
    bulk.begin_undoing(act, by=by, at=LATER)
    with pytest.raises(bulk_refusals.NotDone):
        bulk.begin_undoing(act, by=by, at=LATER)


def test_whoever_was_changed_by_another_action_meanwhile_is_told_so(campaign: Campaign, by: Account) -> None:
    rows = those(campaign, 2)
    mine, theirs = (said(rows, BulkAct.MOVE, by, move="sift|met") for _ in range(2))
    pressed(mine, bulk.begin, by)
    theirs = pressed(theirs, bulk.begin, make_account())
    assert set(states(theirs)) == {BulkRow.REFUSED}


def test_looking_at_many_asks_the_database_as_often_as_for_few(campaign: Campaign, by: Account) -> None:
    def asked(many: int) -> int:
        act = bulk.choose([each.pk for each in those(campaign, many)], by=by, at=AT)
        with CaptureQueriesContext(
            connection,
        ) as found:
            bulk.say(act, kind=BulkAct.MOVE, given={"move": "sift|met"}, by=by, at=AT)
        return len(found)

    asked(1)
    assert asked(2) == asked(8) < 20


def test_many_go_to_the_worker_and_few_are_done_at_once(
    campaign: Campaign, by: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    few, many = those(campaign, 2), those(campaign, 3)
    assert not bulk.begin(said(few, BulkAct.TAG, by, words="Few"), by=by, at=LATER)
    assert bulk.begin(said(many, BulkAct.TAG, by, words="Many"), by=by, at=LATER)


def test_only_applications_of_one_campaign_are_chosen_together(campaign: Campaign, by: Account) -> None:
    here, there = make_application(campaign), make_application(make_campaign(team=make_team()))
    with pytest.raises(bulk_refusals.SeveralCampaigns):
        bulk.choose([here.pk, there.pk], by=by, at=AT)
    with pytest.raises(bulk_refusals.NobodyChosen):
        bulk.choose([], by=by, at=AT)


def test_what_was_chosen_and_never_done_is_forgotten_after_a_week(campaign: Campaign, by: Account) -> None:
    act = said(those(campaign, 1), BulkAct.TAG, by, words="Reserve")
    done = pressed(said(those(campaign, 1), BulkAct.TAG, by, words="Reserve"), bulk.begin, by)
    assert bulk.forget_unbegun(at=AT + dt.timedelta(days=8)) == 1
    assert list(BulkAct.objects.all()) == [done]
    assert not BulkRow.objects.filter(act=act.pk).exists()


WORDS = {
    "subject_en": "About {application.campaign}", "subject_cy": "Am {application.campaign}",
    "body_en": "{person.greeting}\n\nSee {application.link} about {application.number}. {sender.name}",
    "body_cy": "{person.greeting}\n\nGweler {application.link} am {application.number}. {sender.name}",
}  # fmt: skip


def test_each_letter_is_read_before_it_goes_in_the_language_of_each(campaign: Campaign, by: Account) -> None:
    one, two = those(campaign, 2)
    Application.objects.filter(pk=two.pk).update(language="cy")
    act = said([one, two], BulkAct.LETTER, by, **WORDS)
    first, second = act.rows.order_by("application__number")
    assert first.detail["subject"] == "About Constables 2027"
    assert second.detail["subject"] == "Am Cwnstabliaid 2027"
    assert second.detail["body"].startswith("Annwyl Person 1")
    assert by.name in first.detail["body"]
    link = link_to_application(one)
    assert link not in first.detail["body"]
    assert not Letter.objects.filter(subject__startswith="About").exists()
    act = pressed(act, bulk.begin, by)
    letter = Letter.objects.get(subject__startswith="About")
    assert link in to_plain(letter.body)
    assert (letter.written_by, letter.send_after) == (by, LATER + dt.timedelta(minutes=15))
    told = Entry.objects.get(letter=letter).text
    assert "https://…" in told
    assert link not in to_plain(told)
    act = pressed(act, bulk.begin_undoing, by)
    assert set(states(act)) == {BulkRow.UNDONE}
    assert set(Letter.objects.filter(written_by=by).values_list("state", flat=True)) == {Letter.CANCELLED}


def test_whoever_lacks_a_field_is_named_and_gets_no_letter(campaign: Campaign, by: Account) -> None:
    one, two = those(campaign, 2)
    Person.objects.filter(applicant=two.applicant).update(title="Dr")
    act = said(
        [one, two], BulkAct.LETTER, by, **WORDS | {"body_en": "Dear {person.title} {application.stage}"}
    )
    assert states(act) == [BulkRow.WOULD_NOT, BulkRow.WOULD]
    assert "person.title" in act.rows.get(application=one).why
    assert act.rows.get(application=two).detail["body"] == "Dear Dr We read your application"


def test_whoever_gave_no_mail_address_is_written_to_on_paper(campaign: Campaign, by: Account) -> None:
    one, two = those(campaign, 2)
    Application.objects.filter(pk__in=[one.pk, two.pk]).update(email="")
    add_contact_point(
        two.applicant.person, kind=ContactPoint.POST, value="1 Hill Street, Tre Gwyn", by=None, at=AT
    )
    act = said([one, two], BulkAct.LETTER, by, **WORDS)
    assert states(act) == [BulkRow.WOULD_NOT, BulkRow.WOULD]
    assert act.rows.get(application=two).detail["channel"] == "PRINT"
    assert "nobody to go to" in act.rows.get(application=one).why


def test_a_letter_that_has_left_is_named_when_all_are_drawn_back(campaign: Campaign, by: Account) -> None:
    one, two = those(campaign, 2)
    act = pressed(said([one, two], BulkAct.LETTER, by, **WORDS), bulk.begin, by)
    gone = act.rows.get(application=two).detail["letter"]
    Letter.objects.filter(pk=gone).update(state=Letter.SENT, sent_at=LATER)
    act = pressed(act, bulk.begin_undoing, by)
    assert states(act) == [BulkRow.UNDONE, BulkRow.KEPT]
    assert "has left already" in act.rows.get(application=two).why


def test_letters_for_many_ask_the_database_as_often_as_for_few(campaign: Campaign, by: Account) -> None:
    def asked(many: int) -> int:
        act = bulk.choose([each.pk for each in those(campaign, many)], by=by, at=AT)
        with CaptureQueriesContext(connection) as found:
            bulk.say(act, kind=BulkAct.LETTER, given=WORDS, by=by, at=AT)
        return len(found)

    asked(1)
    assert asked(2) == asked(8) < 25
