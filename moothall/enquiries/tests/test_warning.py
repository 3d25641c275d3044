"""Staff are told on every page when mail cannot be fetched or letters wait; what is stale never leaves."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from moothall.cases.tests.make import AT, WORKER
from moothall.core.clock import now
from moothall.core.notices import Notice
from moothall.enquiries.models import Mailbox, MailboxState
from moothall.enquiries.rules.mailboxes import connect_mailbox, pause_mailbox
from moothall.enquiries.rules.warning import mailboxes_out_of_reach
from moothall.letters.models import Letter
from moothall.letters.rules.waiting import cancel_what_is_stale, letters_that_wait
from moothall.letters.tests.make import make_letter
from moothall.people.models import Team
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent

from .make import make_mailbox
from .test_mailbox_pages import settings_for_nobody

pytestmark = pytest.mark.django_db
SOON, LATE = AT + dt.timedelta(minutes=5), AT + dt.timedelta(minutes=20)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    caches["this process"].clear()
    yield
    caches["this process"].clear()


def out_of_reach(team: Team, since: dt.datetime = AT) -> Mailbox:
    box = make_mailbox(team=team)
    connect_mailbox(box, settings=settings_for_nobody(), by=make_account(), at=since)
    MailboxState.objects.filter(mailbox=box).update(failing_since=since, problem="It does not listen.")
    return box


def seen_by(client: Client, account: object) -> str:
    caches["this process"].clear()
    client.force_login(account)  # type: ignore[arg-type]
    return client.get("/my/", follow=True).content.decode()


def test_the_team_of_a_mailbox_is_told_after_a_quarter_of_an_hour() -> None:
    team = make_team()
    box = out_of_reach(team)
    assert mailboxes_out_of_reach(SOON) == []
    theirs, administrators = mailboxes_out_of_reach(LATE)
    assert box.address in str(theirs)
    assert "It does not listen." in str(theirs)
    assert theirs.concerns(make_account("enquiries.log", team=team))
    assert not theirs.concerns(make_account("enquiries.log", team=make_team()))
    assert administrators.concerns(make_account("enquiries.mailboxes"))


def test_a_paused_mailbox_worries_nobody() -> None:
    box = out_of_reach(make_team())
    pause_mailbox(box, by=make_account(), at=AT)
    assert mailboxes_out_of_reach(LATE) == []


def test_the_notice_stands_on_the_pages_of_those_it_concerns(client: Client) -> None:
    team = make_team()
    out_of_reach(team, since=now() - dt.timedelta(hours=1))
    words = "Nothing could be fetched from"
    assert words in seen_by(client, make_account(*WORKER, "enquiries.log", team=team))
    assert words not in seen_by(client, make_account(*WORKER, "enquiries.log", team=make_team()))


def test_whoever_writes_letters_is_told_when_the_mail_server_takes_none() -> None:
    letter = make_letter(at=AT)
    assert letters_that_wait(SOON) == []
    [notice] = letters_that_wait(LATE)
    assert isinstance(notice, Notice)
    assert "Waiting: 1." in str(notice)
    Letter.objects.filter(pk=letter.pk).update(send_after=LATE, claimed_at=LATE, attempts=1)
    assert letters_that_wait(LATE) == []  # the server answers, and asked us to come again
    Letter.objects.filter(pk=letter.pk).update(attempts=0)
    assert letters_that_wait(LATE) != []


def test_a_reminder_that_could_not_leave_in_time_never_does() -> None:
    stale = make_letter(at=AT, useless_after=LATE)
    fresh = make_letter(at=AT, useless_after=LATE + dt.timedelta(days=1))
    usual = make_letter(at=AT)
    assert cancel_what_is_stale(at=LATE) == 0
    assert cancel_what_is_stale(at=LATE + dt.timedelta(seconds=1)) == 1
    for letter in (stale, fresh, usual):
        letter.refresh_from_db()
    assert [each.state for each in (stale, fresh, usual)] == [Letter.CANCELLED, Letter.QUEUED, Letter.QUEUED]
    assert "too late" in stale.problem
    assert AuditEvent.objects.about("letters.letter", stale.pk)[0].verb == "letters.too_late"
