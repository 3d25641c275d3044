"""An invitation goes out, a calendar answers by mail, and the place says so: through every floor between."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case
from moothall.enquiries.models import Contact, Mailbox, Message, RawMessage
from moothall.enquiries.tests.make import bring_in, mail, make_mailbox, newest
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.records.models import AuditEvent
from moothall.records.rules.documents import read_document
from moothall.training.models import InvitationAnswer, Nomination, Session, SessionInvitation
from moothall.training.rules.placing import fill_session
from moothall.training.rules.sessions import move_session
from moothall.training.tests.make import MONDAY, TODAY, make_course, make_keeper, make_place, make_session
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

pytestmark = pytest.mark.django_db
NEXT_DAY = AT + dt.timedelta(days=1)


class Invited:
    """Somebody with a place, their mail program, and the office's mailbox."""

    def __init__(self, session: Session | None = None, teaches: bool = False) -> None:
        self.account: Account = make_account()
        self.employment: Employment = make_employment(account=self.account)
        if teaches:
            session = make_session(trainers=[self.employment])
        else:
            self.place: Nomination = make_place(session, self.employment)
        self.mailbox: Mailbox = make_mailbox()

    def calendar(self, says: str, *, method: str = "REPLY", **lines: str) -> str:
        """The invitation that came last, as a calendar answers it."""
        letter = Letter.objects.filter(to_address=self.account.email).latest("id")
        asked = read_document(letter.documents.get()).decode().replace("\r\n ", "")
        kept = [
            each for each in asked.splitlines() if each.startswith(("UID", "SEQUENCE", "DTSTART;", "DTEND;"))
        ]
        said = {each.partition(":")[0].partition(";")[0]: each for each in kept}
        said |= {name.upper(): f"{name.upper()}{value}" for name, value in lines.items()}
        said.setdefault("DTSTAMP", "DTSTAMP:20261124T080000Z")
        body = [*said.values(), f"ATTENDEE;PARTSTAT={says}:mailto:{self.account.email}"]
        return "\r\n".join(
            ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", *body, "END:VEVENT",
             "END:VCALENDAR"]
        )  # fmt: skip

    def mail(self, calendar: str, *, text: str = "", sender: str = "", **headers: str) -> bytes:
        """As most programs send it: words and the calendar as two forms of one message."""
        body = (
            f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
            f"--b\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n{calendar}\r\n--b--"
        )
        given = {"from": sender or self.account.email, "subject": "An answer",
                 "content_type": "multipart/alternative; boundary=b"}  # fmt: skip
        return mail(body, **given | headers)

    def answer(self, says: str, *, text: str = "", sender: str = "", **lines: str) -> dict[str, int]:
        method = lines.pop("method", "REPLY")
        calendar = self.calendar(says, method=method, **lines)
        return bring_in(self.mailbox, self.mail(calendar, text=text, sender=sender), at=NEXT_DAY)

    @property
    def invitation(self) -> SessionInvitation:
        return SessionInvitation.objects.get(employment=self.employment)

    @property
    def answers(self) -> list[tuple[str, str]]:
        rows = InvitationAnswer.objects.filter(invitation__employment=self.employment).order_by("pk")
        return list(rows.values_list("answer", "fate"))


def test_yes_is_noted_on_the_place_and_opens_no_case(client: Client) -> None:
    one = Invited()
    assert one.answer("ACCEPTED") == {"added": 1}
    assert (one.invitation.answer, one.invitation.answered_at is not None) == ("YES", True)
    assert one.answers == [("YES", "TAKEN")]
    assert not Case.objects.exists()
    assert not Contact.objects.exists()
    message = Message.objects.get()
    assert (message.entry_id, message.raw.state) == (None, RawMessage.READ)
    assert AuditEvent.objects.filter(verb="training.calendar_answer").count() == 1
    client.force_login(make_keeper())
    assert "Says yes" in client.get(reverse("training_session", args=[one.place.session_id])).text
    assert "Noted" in client.get(reverse("training_place", args=[one.place.pk])).text


def test_a_calendar_alone_and_the_words_a_program_writes_need_nobody_either() -> None:
    one = Invited()
    alone = mail(
        one.calendar("TENTATIVE"), from_=one.account.email, content_type="text/calendar; method=REPLY"
    )
    assert bring_in(one.mailbox, alone, at=NEXT_DAY) == {"added": 1}
    assert one.invitation.answer == "MAYBE"
    said = "Ffion Adeyemi has accepted this invitation."
    assert one.answer("ACCEPTED", text=said, dtstamp=":20261124T090000Z") == {"added": 1}
    assert one.invitation.answer == "YES"
    assert InvitationAnswer.objects.latest("pk").comment == ""


def test_no_gives_the_place_to_whoever_waits_and_is_written_to(client: Client) -> None:
    session = make_session(capacity=1)
    one = Invited(session)
    waits = make_place(session)
    assert one.answer("DECLINED", comment=":My mother is ill") == {"added": 1}
    one.place.refresh_from_db()
    assert one.place.state == Nomination.WITHDRAWN
    assert "My mother is ill" in one.place.because
    assert one.invitation.answer == "NO"
    assert not one.invitation.stands
    last = Letter.objects.filter(to_address=one.account.email).latest("id")
    assert "no place any more" in last.body
    fill_session(session.pk, at=NEXT_DAY, today=TODAY)
    waits.refresh_from_db()
    assert waits.state == Nomination.PLACED
    client.force_login(one.account)
    page = client.post(reverse("put_training_back", args=[one.place.pk]), follow=True)
    assert "It stands again" in page.text


def test_the_same_mail_twice_is_one() -> None:
    one = Invited()
    raw = one.mail(one.calendar("ACCEPTED"), message_id="<1@borth.example>")
    assert bring_in(one.mailbox, raw, raw, at=NEXT_DAY) == {"added": 1, "duplicates": 1}
    again = raw.replace(b"Subject: An answer", b"Received: by mx\r\nSubject: An answer")
    assert bring_in(make_mailbox(), again, raw.replace(b"boundary=b", b'boundary="b"'), at=NEXT_DAY)
    assert one.answers == [("YES", "TAKEN")]
    assert not Case.objects.exists()


def test_an_answer_from_anybody_else_changes_nothing_is_kept_and_put_before_a_person(client: Client) -> None:
    one = Invited()
    forged = "somebody@elsewhere.example"
    assert one.answer("DECLINED", sender=forged) == {"new_cases": 1}
    one.place.refresh_from_db()
    assert one.place.state == Nomination.PLACED
    assert one.invitation.answer == ""
    kept = InvitationAnswer.objects.get()
    assert (kept.fate, kept.sender, kept.question) == ("REFUSED", forged, newest().reference)
    assert "PARTSTAT=DECLINED" in kept.raw
    [warning] = newest().entries.get(kind="MAIL_IN").detail["warnings"]
    assert forged in warning
    assert "Nothing was changed" in warning
    client.force_login(make_keeper())
    assert "Refused: it did not come" in client.get(reverse("training_place", args=[one.place.pk])).text


def test_an_answer_for_somebody_who_was_not_invited_becomes_a_case_and_nothing_else() -> None:
    one = Invited()
    calendar = one.calendar("DECLINED").replace(one.account.email, "nobody@borth.example")
    raw = one.mail(calendar, sender="nobody@borth.example")
    assert bring_in(one.mailbox, raw, at=NEXT_DAY) == {"new_cases": 1}
    assert one.answers == []
    assert newest().entries.get(kind="MAIL_IN").detail["warnings"]


def test_another_time_is_a_question_on_a_case() -> None:
    one = Invited()
    later = {"dtstart": ";TZID=Europe/London:20261222T130000", "dtend": ";TZID=Europe/London:20261222T150000"}
    assert one.answer("TENTATIVE", method="COUNTER", **later) == {"new_cases": 1}
    kept = InvitationAnswer.objects.get()
    assert (kept.answer, kept.fate, kept.question) == ("TIME", "ASKED", newest().reference)
    [words] = newest().entries.get(kind="MAIL_IN").detail["warnings"]
    assert "Tuesday 22 December 2026, 13:00–15:00" in words
    assert reverse("training_place", args=[one.place.pk]) in words
    assert one.invitation.answer == ""


def test_what_somebody_writes_beside_a_yes_is_read_by_somebody() -> None:
    one = Invited()
    assert one.answer("ACCEPTED", text="I come in a wheelchair: is there a lift?") == {"new_cases": 1}
    assert one.invitation.answer == "YES"
    assert "lift" in newest().entries.get(kind="MAIL_IN").text
    assert InvitationAnswer.objects.get().question == newest().reference


def test_who_teaches_is_not_taken_off_by_a_no() -> None:
    one = Invited(teaches=True)
    assert one.answer("ACCEPTED") == {"added": 1}
    assert one.answer("DECLINED", dtstamp=":20261124T090000Z") == {"new_cases": 1}
    assert one.answers == [("YES", "TAKEN"), ("NO", "ASKED")]


def test_one_day_of_several_is_a_question() -> None:
    one = Invited(make_session(make_course(days=2)))
    assert one.answer("DECLINED", **{"recurrence-id": ":20261222T090000Z"}) == {"new_cases": 1}
    one.place.refresh_from_db()
    assert one.place.state == Nomination.PLACED


def test_an_answer_to_how_it_stood_before_counts_no_more_and_a_no_is_asked_about() -> None:
    session = make_session()
    one = Invited(session)
    yes, no = one.mail(one.calendar("ACCEPTED")), one.mail(one.calendar("DECLINED"))
    week = dt.timedelta(days=7)
    move_session(session, first_on=MONDAY + week, because="Fog", by=make_keeper(), at=AT, today=TODAY)
    fill_session(session.pk, at=AT, today=TODAY)
    assert bring_in(one.mailbox, yes, no, at=NEXT_DAY) == {"added": 1, "new_cases": 1}
    assert one.answers == [("YES", "LATER"), ("NO", "ASKED")]
    assert one.invitation.answer == ""


def test_of_answers_that_overtake_each_other_the_one_written_last_counts() -> None:
    one = Invited()
    early = one.mail(one.calendar("TENTATIVE", dtstamp=":20261124T070000Z"))
    late = one.mail(one.calendar("ACCEPTED", dtstamp=":20261124T080000Z"))
    bring_in(one.mailbox, late, early, at=NEXT_DAY)
    assert one.invitation.answer == "YES"
    assert one.answers == [("YES", "TAKEN"), ("MAYBE", "LATER")]


def test_a_move_asks_anew() -> None:
    session = make_session()
    one = Invited(session)
    one.answer("ACCEPTED")
    week = dt.timedelta(days=7)
    move_session(session, first_on=MONDAY + week, because="Fog", by=make_keeper(), at=AT, today=TODAY)
    fill_session(session.pk, at=AT, today=TODAY)
    assert one.invitation.answer == ""
    one.answer("ACCEPTED", dtstamp=":20261124T100000Z")
    assert one.invitation.answer == "YES"


def test_a_no_on_the_day_itself_is_for_a_person() -> None:
    one = Invited()
    raw = one.mail(one.calendar("DECLINED"))
    on_the_day = dt.datetime.combine(MONDAY, dt.time(8), tzinfo=dt.UTC)
    assert bring_in(one.mailbox, raw, at=on_the_day) == {"new_cases": 1}
    one.place.refresh_from_db()
    assert one.place.state == Nomination.PLACED


def test_calendars_of_others_are_cases_as_ever() -> None:
    one = Invited()
    elsewhere = one.calendar("ACCEPTED").replace("UID:training-", "UID:meeting-")
    assert bring_in(one.mailbox, one.mail(elsewhere), at=NEXT_DAY) == {"new_cases": 1}
    assert newest().entries.get(kind="MAIL_IN").detail["warnings"] == []
