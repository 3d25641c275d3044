"""Mail that no person wrote: never answered, never a reason to change where a case stands."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import AT, later, make_worker
from moothall.enquiries.models import Contact, Mailbox, Message
from moothall.enquiries.rules.replying import reply
from moothall.letters.models import Letter
from moothall.people.models import ContactPoint
from moothall.records.models import AuditEvent

from .make import bounce, bring_in, mail, make_acknowledgement, make_mailbox, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def box() -> Mailbox:
    make_acknowledgement()
    return make_mailbox()


def make_answered(box: Mailbox, *, left: bool = True) -> tuple[Case, Letter]:
    """A case that was answered, and the answer, which has left."""
    bring_in(box, mail())
    case = newest()
    letter = reply(case, text="Yes, there is.", by=make_worker(team=box.team), at=AT)
    if left:
        Letter.objects.filter(pk=letter.pk).update(state=Letter.SENT, sent_at=AT)
    return case, letter


def standing(case: Case) -> tuple[str, str, str]:
    case.refresh_from_db()
    return case.status, case.waiting_on, case.outcome


def make_away(letter: Letter) -> bytes:
    return mail(
        "I am away until Monday.", subject="Automatic reply: Re: x", auto_submitted="auto-replied",
        in_reply_to=letter.message_id,
    )  # fmt: skip


def test_a_vacation_reply_is_on_the_case_and_changes_nothing(box: Mailbox) -> None:
    case, letter = make_answered(box)
    before = standing(case)
    assert bring_in(box, make_away(letter), answer=True) == {"added": 1}
    assert standing(case) == before == (Case.WAITING, Case.PERSON, "")
    assert case.came_back_at is None
    assert Letter.objects.count() == 1
    assert case.entries.filter(kind=Entry.MAIL_IN).count() == 2
    assert Contact.objects.order_by("-id")[0].result == Contact.NO_ACTION


def test_a_vacation_reply_does_not_open_a_closed_case(box: Mailbox) -> None:
    case, letter = make_answered(box)
    close_case(case, by=None, at=AT, outcome="answered")
    bring_in(box, make_away(letter))
    assert standing(case)[0] == Case.CLOSED


def test_a_bounce_comes_back_to_the_desk_and_marks_the_address_and_the_letter(box: Mailbox) -> None:
    case, letter = make_answered(box)
    before = standing(case)
    assert bring_in(box, bounce(letter.message_id), answer=True) == {"added": 1}
    assert standing(case) == before
    assert case.came_back_at == AT
    assert ContactPoint.objects.get(folded="ffion@borth.example").undeliverable_since == AT
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == (Letter.FAILED, "Undelivered Mail Returned to Sender")
    assert Letter.objects.count() == 1
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"people.undeliverable", "letters.returned"} <= verbs


def test_a_bounce_of_an_answer_to_a_closed_case_puts_the_letter_before_a_person(box: Mailbox) -> None:
    case, letter = make_answered(box)
    close_case(case, by=None, at=AT, outcome="answered")
    bring_in(box, bounce(letter.message_id))
    assert standing(case)[0] == Case.CLOSED
    assert Letter.objects.get(state=Letter.FAILED) == letter


def test_a_bounce_that_names_nothing_but_the_case_marks_its_persons_address(box: Mailbox) -> None:
    _case, letter = make_answered(box)
    to = letter.from_address
    assert bring_in(box, bounce("<unknown@elsewhere.example>", to=to)) == {"added": 1}
    assert ContactPoint.objects.get(folded="ffion@borth.example").undeliverable_since == AT


def test_an_address_somebody_writes_from_is_no_longer_undeliverable(box: Mailbox) -> None:
    _case, letter = make_answered(box)
    bring_in(box, bounce(letter.message_id))
    bring_in(box, mail("The mailbox was full.", subject="I can be reached again"))
    assert ContactPoint.objects.get(folded="ffion@borth.example").undeliverable_since is None
    assert AuditEvent.objects.filter(verb="people.deliverable").count() == 1


def test_a_bounce_of_somebody_elses_address_marks_nobody(box: Mailbox) -> None:
    _case, letter = make_answered(box)
    bring_in(box, bounce(letter.message_id, failed="other@borth.example"))
    assert ContactPoint.objects.get(folded="ffion@borth.example").undeliverable_since is None


def test_a_delay_or_a_delivery_is_only_noted(box: Mailbox) -> None:
    case, letter = make_answered(box)
    for action in ("delayed", "delivered", "relayed"):
        report = bounce(letter.message_id).replace(b"Action: failed", f"Action: {action}".encode())
        bring_in(box, report.replace(b"Status: 5.1.1", b"Status: 4.4.1"))
    assert case.entries.filter(kind=Entry.MAIL_IN).count() == 4
    case.refresh_from_db()
    assert case.came_back_at is None
    assert ContactPoint.objects.get(folded="ffion@borth.example").undeliverable_since is None


def test_a_bounce_that_belongs_nowhere_is_a_case_of_low_priority(box: Mailbox) -> None:
    assert bring_in(box, bounce("<unknown@elsewhere.example>"), answer=True) == {"new_cases": 1}
    case = newest()
    assert (case.priority, case.requester) == (Case.LOW, None)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-generated"},
        {"precedence": "bulk"},
        {"list_id": "<staff.lists.example>"},
        {"x_auto_response_suppress": "All"},
        {"from_": "noreply@shop.example"},
        {"return_path": "<>"},
    ],
)
def test_what_a_machine_or_a_list_sends_is_kept_and_never_answered(
    box: Mailbox, headers: dict[str, str]
) -> None:
    assert bring_in(box, mail(**headers), answer=True) == {"new_cases": 1}
    assert not Letter.objects.exists()
    assert Message.objects.get().why_not


def test_mail_from_our_own_addresses_makes_no_loop(box: Mailbox) -> None:
    other = make_mailbox(key="hr", address="hr@borth.example")
    own = f"Learning <{other.address}>"
    assert bring_in(box, mail(from_=own, to=box.address), answer=True) == {"new_cases": 1}
    assert newest().requester is None
    assert not Letter.objects.exists()
    teams = make_mailbox().team
    teams.email = "team@borth.example"
    teams.save()
    bring_in(box, mail(from_="team@borth.example"), answer=True)
    assert not Letter.objects.exists()


def test_two_offices_that_acknowledge_each_other_stop(box: Mailbox) -> None:
    """Each acknowledgement of theirs looks like a new message by a person, and threads nowhere."""
    sent = []
    for number in range(12):
        bring_in(
            box,
            mail(f"Thank you for message {number}", subject=f"Received: {number}"),
            answer=True,
            at=later(minutes=number),
        )
        sent.append(Letter.objects.filter(automatic=True).count())
    assert sent[-1] == 3
    bring_in(
        box,
        mail("The next day", subject="Received: once more"),
        answer=True,
        at=AT + dt.timedelta(days=1, minutes=5),
    )
    assert Letter.objects.filter(automatic=True).count() == 4
