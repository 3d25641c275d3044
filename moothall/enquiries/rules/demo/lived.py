"""A sample case lived through the office's own rules, so that whoever opens it can go on from there."""

import datetime as dt
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from moothall.cases.models import Case, Step
from moothall.cases.rules.assigning import assign_case, hand_over, prioritise_case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.details import change_service
from moothall.cases.rules.holding import hold_case, resume_case
from moothall.cases.rules.stepping import complete_step
from moothall.cases.rules.timeline import log_call, write_note
from moothall.enquiries.models import Contact, Mailbox, Message, RawMessage
from moothall.enquiries.rules.contacts import log_contact, signpost_case
from moothall.enquiries.rules.intake import reader, take_in
from moothall.enquiries.rules.keeping import keep_messages
from moothall.enquiries.rules.replying import reply
from moothall.knowledge.models import Signpost
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.outbox import RECALL_SECONDS
from moothall.people.models import Account, Team

from .diary import Diary
from .office import day_of
from .stages import hours_for, outcome_of
from .story import NotYet, Story

CAME_FROM = "sample year"
TRIAGE = dt.timedelta(minutes=4)


class LivedStory(Story):
    """`case` is the case itself, read again after every rule."""

    case: Case

    def begins(
        self, *, title: str, text: str, channel: str, at: dt.datetime, answers: Mapping[str, Any],
        minutes: int | None,
    ) -> None:  # fmt: skip
        self.received_at = at
        by = self.office.worker(self.team, self.rng)
        if channel == MAIL:
            case = self._mail_in(text, title, at=at)
            if case.service_id != self.offered.service.pk:
                change_service(case, service=self.offered.service, by=by, at=min(at + TRIAGE, self.now))
        else:
            contact = log_contact(
                channel=channel, result=Contact.CASE, subject=title, team=self.team, by=by, at=at,
                received_at=at, person=self.asker.person(), note=text, minutes=minutes,
                service=self.offered.service,
            )  # fmt: skip
            case = Case.objects.get(contacts__contact=contact)
        if answers:
            Case.objects.filter(pk=case.pk).update(answers=dict(answers))
        self.case = case
        self._again()
        self.title, self.reference = self.case.title, self.case.reference

    def _again(self) -> Case:
        """The case as it stands in the database now."""
        self.case = Case.objects.select_related("service", "version", "team", "requester").get(
            pk=self.case.pk
        )
        self.answered_at = self.case.first_answered_at
        return self.case

    def _mail_in(self, text: str, subject: str, *, at: dt.datetime) -> Case:
        mailbox = self.office.mailbox(self.offered)
        raw = self._bytes(text, subject, mailbox, at=at)
        [(row, _had)] = keep_messages([(CAME_FROM, raw)], mailbox=mailbox, at=at)
        take_in(row, at=at, read=reader(), raw=raw, answer=True)
        self._send_letters()
        row.refresh_from_db()
        if row.state != RawMessage.READ:
            raise ValueError(f"A sample message could not be read: {row.reason}")
        entry = Message.objects.select_related("entry__case").get(raw=row).entry
        if entry is None:
            raise ValueError("A sample message came to no case.")
        return entry.case

    def _bytes(self, text: str, subject: str, mailbox: Mailbox, *, at: dt.datetime) -> bytes:
        domain = self.asker.address.partition("@")[2]
        message = EmailMessage()
        message["From"] = f'"{self.asker.full_name}" <{self.asker.address}>'
        message["To"] = mailbox.address
        message["Subject"] = subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{self.ids.getrandbits(96):024x}@{domain}>"
        message["Content-Language"] = self.sample.language
        message.set_content(text)
        return message.as_bytes(policy=SMTP)

    def _send_letters(self) -> None:
        """Sample letters count as sent the moment they may leave: nobody is to get one."""
        letters = Letter.objects.filter(state=Letter.QUEUED, written_at__lte=self.now)
        for letter in letters.filter(to_address=self.asker.address):
            left_at = letter.written_at + dt.timedelta(seconds=RECALL_SECONDS)
            Letter.objects.filter(pk=letter.pk).update(state=Letter.SENT, sent_at=left_at, attempts=1)

    def writes(self, text: str, subject: str, *, at: dt.datetime) -> None:
        if self.reference not in subject:
            subject = f"{subject} [{self.reference}]"
        self._mail_in(text, subject, at=at)
        self._again()

    def assigned(self, *, at: dt.datetime, by: Account, to: Account) -> None:
        assign_case(self.case, to=to, by=by, at=at)
        self._again()

    def noted(self, text: str, *, at: dt.datetime, by: Account) -> None:
        write_note(self.case, text=text, by=by, at=at)

    def called(self, text: str, *, at: dt.datetime, by: Account, minutes: int) -> None:
        log_call(self.case, text=text, by=by, at=at, person=self.asker.person(), minutes=minutes)

    def prioritised(self, priority: int, *, at: dt.datetime, by: Account) -> None:
        prioritise_case(self.case, priority=priority, by=by, at=at)
        self._again()

    def handed(self, *, to: Team, because: str, at: dt.datetime, by: Account) -> None:
        hand_over(self.case, to_team=to, because=because, by=by, at=at)
        self.team = to
        self._again()

    def held(self, *, until: dt.date, because: str, turn: str, at: dt.datetime, by: Account) -> None:
        hold_case(self.case, until=until, because=because, by=by, at=at, today=day_of(at), waiting_on=turn)
        self._again()

    def resumed(self, *, at: dt.datetime, by: Account) -> None:
        resume_case(self.case, by=by, at=at)
        self._again()

    def answered(self, text: str, *, at: dt.datetime, by: Account) -> None:
        reply(self.case, text=text, by=by, at=at)
        self._send_letters()
        self._again()

    def signposted(self, signpost: Signpost, text: str, *, at: dt.datetime, by: Account) -> None:
        signpost_case(self.case, signpost=signpost, text=text, by=by, at=at)
        self._send_letters()
        self._again()

    def ended(self, *, at: dt.datetime, by: Account, outcome: str) -> None:
        close_case(self.case, by=by, at=at, outcome=outcome)
        self._again()

    def letter_fields(self, language: str, *, at: dt.datetime, by: Account) -> dict[str, str]:
        return fields_for(self.case, language=language, person=self.asker.person(), by=by, at=at)

    def through_steps(self, diary: Diary) -> dt.datetime | None:
        definition = self.offered.definition
        done_at: dict[int, dt.datetime] = {}
        while ready := list(self.case.steps.filter(state=Step.READY).select_related("team")):
            for step in ready:
                hours = hours_for(definition.step(step.key), self.rng)
                done_at.setdefault(step.pk, diary.later(step.ready_at or self.received_at, hours))
            first = min(ready, key=lambda step: (done_at[step.pk], step.position))
            if done_at[first.pk] > self.now:
                return None
            by = self.office.worker(first.team or self.team, self.rng)
            outcome = outcome_of(definition.step(first.key), definition, self.sample)
            complete_step(first, by=by, at=done_at[first.pk], outcome=outcome)
        self._again()
        last = self.case.steps.filter(state=Step.DONE).order_by("-done_at").first()
        if last is None or last.done_at is None:
            raise NotYet
        return last.done_at
