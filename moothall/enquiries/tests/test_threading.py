"""Which case a message belongs to."""

import datetime as dt

import pytest

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.merging import merge_case
from moothall.cases.tests.make import AT, later, make_case, make_manager, make_worker
from moothall.enquiries.models import Mailbox
from moothall.enquiries.rules.replying import reply
from moothall.people.tests.make import make_person

from .make import bring_in, mail, newest

pytestmark = pytest.mark.django_db
STRANGER = "Somebody Else <stranger@elsewhere.example>"


def messages_on(case: Case) -> int:
    return case.entries.filter(kind=Entry.MAIL_IN).count()


def start(box: Mailbox, **headers: str) -> Case:
    bring_in(box, mail(message_id="<one@borth.example>", **headers))
    return newest()


def test_a_message_that_answers_nothing_opens_a_case_on_the_mailboxs_service(box: Mailbox) -> None:
    case = start(box, subject="Fire wardens")
    assert (case.service, case.team, case.title) == (box.service, box.team, "Fire wardens")
    assert case.requester is not None
    assert case.requester.full_name == "Ffion Adeyemi"
    assert (case.channel, case.status, case.waiting_on) == ("mail", Case.OPEN, Case.US)
    assert (case.received_at, case.logged_at) == (dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC), AT)


@pytest.mark.parametrize(
    "headers",
    [
        {"in_reply_to": "<one@borth.example>"},
        {"references": "<far@elsewhere.example> <one@borth.example>"},
        {"references": "<one@borth.example> <not@known.example>", "in_reply_to": "<not@known.example>"},
        {"in_reply_to": "Your message of Monday <one@borth.example>"},
    ],
)  # fmt: skip
def test_an_answer_goes_to_the_case_of_what_it_answers(box: Mailbox, headers: dict[str, str]) -> None:
    case = start(box)
    assert bring_in(box, mail("Yes", subject="Re: x", from_=STRANGER, **headers)) == {"added": 1}
    assert messages_on(case) == 2


def test_answers_find_their_case_within_one_batch_whoever_comes_first(box: Mailbox) -> None:
    counts = bring_in(
        box,
        mail(message_id="<a@x.example>"),
        mail(message_id="<b@x.example>", in_reply_to="<a@x.example>"),
        mail(message_id="<c@x.example>", references="<b@x.example>"),
        mail(message_id="<d@x.example>", subject="Another thing"),
    )
    assert counts == {"new_cases": 2, "added": 2}
    assert sorted(messages_on(case) for case in Case.objects.all()) == [1, 3]


def test_an_answer_to_our_own_letter_finds_its_case_by_that_alone(box: Mailbox) -> None:
    case = start(box)
    letter = reply(case, text="Yes.", by=make_worker(team=box.team), at=AT)
    answer = mail("Thank you", in_reply_to=letter.message_id, subject="Re: x", from_=STRANGER)
    assert bring_in(box, answer) == {"added": 1}


@pytest.mark.parametrize("written", [str.upper, str.lower])
def test_the_address_with_the_reference_finds_the_case_however_it_is_written(
    box: Mailbox, written: object
) -> None:
    case = start(box)
    local, _, domain = box.address.partition("@")
    token = written(case.reference)  # type: ignore[operator]
    assert bring_in(box, mail(to=f"{local}+{token}@{domain}", from_=STRANGER)) == {"added": 1}


def test_another_offices_plus_address_says_nothing(box: Mailbox) -> None:
    case = start(box)
    assert bring_in(box, mail(to=f"elsewhere+{case.reference}@other.example")) == {"new_cases": 1}


def test_a_reference_in_the_subject_is_enough_for_whoever_asked(box: Mailbox) -> None:
    case = start(box)
    assert bring_in(box, mail(subject=f"About [{case.reference}]")) == {"added": 1}


def test_a_reference_in_the_subject_is_enough_for_whoever_was_written_to(box: Mailbox) -> None:
    case = start(box)
    reply(case, text="Yes.", by=make_worker(team=box.team), at=AT, cc=["manager@borth.example"])
    named = mail(subject=case.reference.lower(), from_="manager@borth.example")
    assert bring_in(box, named) == {"added": 1}


def test_a_stranger_who_names_a_reference_gets_a_case_of_their_own_linked_to_it(box: Mailbox) -> None:
    case = start(box)
    near = STRANGER.replace("stranger@", "ffion@borth.example.")  # her address is only a part of theirs
    for stranger in (STRANGER, near):
        assert bring_in(box, mail(subject=f"Re: {case.reference}", from_=stranger)) == {"new_cases": 1}
        link = CaseLink.objects.get(case=newest())
        assert (link.other, link.kind, link.made_by) == (case, CaseLink.RELATED, None)
    assert messages_on(case) == 1


def test_a_reference_nobody_has_opens_a_case(box: Mailbox) -> None:
    assert bring_in(box, mail(subject="Re: [LOD-26-99999]")) == {"new_cases": 1}


def test_an_answer_to_a_merged_case_goes_to_the_standing_one(box: Mailbox) -> None:
    by = make_manager(team=box.team)
    case = start(box)
    middle, standing = make_case(), make_case()
    merge_case(case, into=middle, by=by, at=AT)
    merge_case(middle, into=standing, by=by, at=AT)
    local, _, domain = box.address.partition("@")
    counts = bring_in(
        box,
        mail(in_reply_to="<one@borth.example>"),
        mail(to=f"{local}+{case.reference}@{domain}"),
        mail(subject=f"Re: {case.reference}"),
    )
    assert counts == {"added": 3}
    assert messages_on(standing) == 4
    assert messages_on(case) == messages_on(middle) == 0


def test_an_answer_takes_a_closed_case_up_again_within_four_weeks(box: Mailbox) -> None:
    case = start(box)
    close_case(case, by=None, at=AT, outcome="answered")
    bring_in(box, mail(in_reply_to="<one@borth.example>"), at=later(days=28))
    case.refresh_from_db()
    assert (case.status, case.waiting_on, case.came_back_at) == (Case.OPEN, Case.US, later(days=28))


def test_an_answer_long_after_begins_one_new_case_linked_to_the_old(box: Mailbox) -> None:
    case = start(box)
    close_case(case, by=None, at=AT, outcome="answered")
    again = {"in_reply_to": "<one@borth.example>"}
    assert bring_in(box, mail(**again), mail("More", **again), at=later(days=29)) == {
        "new_cases": 1,
        "added": 1,
    }
    new = newest()
    assert CaseLink.objects.get(case=new).other == case
    assert bring_in(box, mail("Still more", **again), at=later(days=30)) == {"added": 1}
    assert messages_on(new) == 3
    assert bring_in(box, mail(from_=STRANGER, **again), at=later(days=30)) == {"new_cases": 1}
    case.refresh_from_db()
    assert case.is_closed


def test_a_machine_does_not_begin_a_case_about_a_case_long_closed(box: Mailbox) -> None:
    case = start(box)
    close_case(case, by=None, at=AT, outcome="answered")
    away = mail(in_reply_to="<one@borth.example>", auto_submitted="auto-replied", subject="Out of office")
    assert bring_in(box, away, at=later(days=60)) == {"added": 1}
    case.refresh_from_db()
    assert case.is_closed


def test_the_person_is_the_one_already_known_by_that_address(box: Mailbox) -> None:
    known = make_person(full_name="Ffion Adeyemi", emails=["Ffion@Borth.Example"], language="cy")
    case = start(box)
    assert (case.requester, case.language) == (known, "cy")


@pytest.mark.parametrize("sender", ["", "undisclosed", "<>", "no at sign <nobody>"])
def test_a_message_from_nobody_opens_a_case_without_a_person(box: Mailbox, sender: str) -> None:
    case = start(box, from_=sender)
    assert case.requester is None


def test_a_message_without_a_subject_has_the_name_of_its_service(box: Mailbox) -> None:
    assert start(box, subject="").title == box.service.name
