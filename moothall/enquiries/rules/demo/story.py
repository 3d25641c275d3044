"""One sample case, told event by event. Each event leaves the rows that the rule of its name would leave."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

from moothall.cases.models import Case, CaseAccess, CaseClock, ClockEvent, Entry
from moothall.cases.rules.letter_fields import fields_of
from moothall.enquiries.models import Contact, ContactCase
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.fields import date_in, person_fields
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import RECALL_SECONDS
from moothall.people.models import Account, Team
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import NOBODY

from .office import Asker, Offered, Office, day_of
from .samples import Sample
from .tables import Tables

MACHINE_TAKES = dt.timedelta(minutes=1)
MEANS_ALSO = {
    "acknowledged": {"acknowledged"},
    "answered": {"acknowledged", "answered"},
    "closed": {"acknowledged", "answered", "closed"},
}


class NotYet(Exception):  # noqa: N818
    """The next event would be later than now: the case stays as it is."""


class Story:
    """A case as it grows. `case` has what its row will say; `finish` writes the row."""

    def __init__(
        self,
        office: Office,
        tables: Tables,
        rng: Random,
        *,
        sample: Sample,
        offered: Offered,
        asker: Asker,
        now: dt.datetime,
    ) -> None:
        self.office, self.tables, self.rng, self.now = office, tables, rng, now
        self.sample, self.offered, self.asker = sample, offered, asker
        self.team: Team = offered.service.team
        self.assignee: Account | None = None
        self.case: dict[str, Any] = {}
        self.clocks: list[dict[str, Any]] = []
        self.contacts: list[dict[str, Any]] = []
        self.mails: list[dict[str, Any]] = []
        self.last_message_id = ""

    def begins(
        self, *, case_id: int, reference: str, title: str, text: str, channel: str, at: dt.datetime,
        answers: Mapping[str, Any], minutes: int | None = None,
    ) -> None:  # fmt: skip
        """Somebody gets in touch: the case, its clocks, what they said and the contact that is counted."""
        by = None if channel == MAIL else self.office.worker(self.team, self.rng)
        self.case = {
            "id": case_id, "reference": reference, "service_id": self.offered.service.pk,
            "version_id": self.offered.version.pk, "title": title, "requester_id": self.asker.person.pk,
            "team_id": self.team.pk, "assignee_id": None, "seen_by_teams": [self.team.pk],
            "status": Case.OPEN, "waiting_on": Case.US, "priority": Case.NORMAL,
            "confidentiality": self.offered.definition.confidentiality, "channel": channel.lower(),
            "language": self.asker.person.language or self.sample.language, "answers": dict(answers),
            "received_at": at, "logged_at": at, "logged_by_id": by.pk if by else None, "edition": 1,
            "came_back_at": None, "held_until": None, "hold_reason": "", "handed_at": None,
            "handed_because": "", "first_answered_at": None, "closed_at": None, "outcome": "",
            "closing_reason": "",
        }  # fmt: skip
        self._start_clocks(at, by)
        self.audit("cases.open", at, by, {"channel": channel, "service": self.offered.service.key})
        self._name_readers(at)
        if channel == MAIL:
            self.writes(text, title, at=at, result=Contact.CASE)
        else:
            kind = Entry.CALL if channel == "PHONE" else Entry.COUNTER
            self.entry(
                kind, at, by, subject=title, text=text, person_id=self.asker.person.pk, minutes=minutes
            )
            self.contact(channel, Contact.CASE, title, at, by, note=text, minutes=minutes)
            self._meet("acknowledged", at, by)

    def _start_clocks(self, at: dt.datetime, by: Account | None) -> None:
        for declared in self.offered.definition.clocks:
            if declared.starts_on:
                continue
            started = self.office.clock_started(self.offered, declared, day_of(at))
            clock = {
                "case_id": self.case["id"], "key": declared.key, "name": declared.name,
                "rule": started.rule, "due_on": started.due_on, "due_at": started.due_at,
                "amber_on": started.amber_on, "first_due_on": started.due_on, "computed_at": at,
                "met_at": None, "stopped_at": None,
            }  # fmt: skip
            self.clocks.append({"row": clock, "met_on": declared.met_on, "events": [("received", at, by)]})

    def _name_readers(self, at: dt.datetime) -> None:
        """A restricted or sealed case is seen by the people named on it: the team's lead and managers."""
        if self.case["confidentiality"] not in {Case.RESTRICTED, Case.SEALED}:
            return
        named = {account.pk: account for account in self.office.managers.get(self.team.pk, [])}
        for pk in named:
            self.tables.add(
                CaseAccess, case_id=self.case["id"], account_id=pk, reason="It is their duty.",
                given_by_id=None, given_at=at,
            )  # fmt: skip

    def by_now(self, at: dt.datetime) -> dt.datetime:
        if at > self.now:
            raise NotYet
        return at

    def entry(self, kind: str, at: dt.datetime, by: Account | None, **values: Any) -> int:
        return self.tables.add(
            Entry, case_id=self.case["id"], kind=kind, at=at, by_id=by.pk if by else None, **values
        )

    def contact(
        self, channel: str, result: str, subject: str, at: dt.datetime, by: Account | None, **values: Any
    ) -> dict[str, Any]:
        box = self.office.mailbox(self.offered).pk if channel == MAIL else None
        contact = {
            "channel": channel, "result": result, "person_id": self.asker.person.pk, "team_id": self.team.pk,
            "mailbox_id": box, "subject": subject[:300], "received_at": at, "logged_at": at,
            "logged_by_id": by.pk if by else None, **values,
        }  # fmt: skip
        self.contacts.append(contact)
        return contact

    def audit(self, verb: str, at: dt.datetime, by: Account | None, detail: Mapping[str, Any]) -> None:
        self.tables.add(
            AuditEvent, at=at, actor_id=by.pk if by else None, actor_name=by.name if by else NOBODY,
            verb=verb, about_kind="cases.case", about_id=self.case["id"], detail=dict(detail),
        )  # fmt: skip

    def change(
        self, verb: str, at: dt.datetime, by: Account | None, changes: Mapping[str, Any],
        *, note: str = "", said: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Fields of the case change, on the timeline and in the audit, as by the rule that changes cases."""
        named = {name.removesuffix("_id"): name for name in changes}
        before = {name: plain(self.case[column]) for name, column in named.items()}
        after = {name: plain(changes[column]) for name, column in named.items()}
        self.case |= changes
        self.case["edition"] += 1
        detail = {"verb": verb, "before": before, "after": after, "said": dict(said or {})}
        self.entry(Entry.CHANGE, at, by, text=note, detail=detail)
        self.audit(f"cases.{verb}", at, by, {"before": before, "after": after})

    def writes(self, text: str, subject: str, *, at: dt.datetime, result: str = Contact.ADDED) -> None:
        """A mail from whoever asked; on a case that is under way it is our turn again."""
        if result == Contact.ADDED and self.case["status"] == Case.WAITING:
            changes = {"held_until": None, "hold_reason": "", "status": Case.OPEN, "waiting_on": Case.US}
            self.change("resume", at, None, changes)
        mailbox = self.office.mailbox(self.offered)
        message_id = f"<{self.rng.getrandbits(96):024x}@{self.asker.address.partition('@')[2]}>"
        entry = self.entry(
            Entry.MAIL_IN, at, None, subject=subject, text=text, person_id=self.asker.person.pk,
            sender=f"{self.asker.person.full_name} <{self.asker.address}>", recipients=mailbox.address,
            detail={"kind": "person", "warnings": []},
        )  # fmt: skip
        contact = self.contact(MAIL, result, subject, at, None)
        self.mails.append(
            {"entry": entry, "contact": contact, "message_id": message_id, "text": text, "at": at,
             "subject": subject, "answers": self.last_message_id, "mailbox": mailbox}
        )  # fmt: skip
        self.last_message_id = message_id
        if result == Contact.ADDED:
            self.case["came_back_at"] = at

    def answers(
        self, body: str, *, at: dt.datetime, by: Account, waiting_on: str = Case.PERSON, template: str = ""
    ) -> None:
        """A letter that somebody wrote: the turn passes, and the clocks that wait for an answer are met."""
        title = self.case["title"]
        self._letter(f"Re: {title} [{self.case['reference']}]", body, at=at, by=by, template=template)
        self.case |= {
            "came_back_at": None, "waiting_on": waiting_on,
            "status": Case.OPEN if waiting_on == Case.US else Case.WAITING,
            "first_answered_at": self.case["first_answered_at"] or at, "edition": self.case["edition"] + 1,
        }  # fmt: skip
        self._meet("answered", at, by)

    def acknowledges(self, *, at: dt.datetime) -> None:
        """The letter that goes out by rule when a mail opens a case."""
        template = self.offered.definition.acknowledgement or "acknowledgement"
        text = self.office.texts.get(template)
        if text is None:
            return
        language = self.case["language"] or "en"
        at += MACHINE_TAKES
        merged = merge(text, language, self.fields(language, at=at))
        subject = f"{merged.subject} [{self.case['reference']}]"
        self._letter(subject, merged.body, at=at, by=None, template=template)
        self._meet("acknowledged", at, None)

    def fields(self, language: str, *, at: dt.datetime, by: Account | None = None) -> dict[str, str]:
        """What a letter about this case may say."""
        about = Case(
            reference=self.case["reference"], title=self.case["title"], received_at=self.case["received_at"],
            due_on=self._nearest("due_on"), service=self.offered.service, team=self.team,
        )  # fmt: skip
        return {
            **self.office.letter_fields(language),
            **person_fields(self.asker.person, language),
            **fields_of(about, language),
            "sender.name": by.name if by else "",
            "letter.date": date_in(language, day_of(at)),
        }

    def _letter(self, subject: str, body: str, *, at: dt.datetime, by: Account | None, template: str) -> None:
        mailbox = self.office.mailbox(self.offered)
        name, _at, domain = mailbox.address.partition("@")
        sender = f"{name}+{self.case['reference']}@{domain}"
        text = self.office.texts.get(template)
        letter = self.tables.add(
            Letter, text_version_id=text.pk if text else None, about_kind="cases.case",
            about_id=self.case["id"], person_id=self.asker.person.pk, channel=MAIL,
            language=self.case["language"] or "en", from_name=mailbox.name, from_address=sender,
            to_name=self.asker.person.full_name, to_address=self.asker.address, cc=[], subject=subject[:500],
            body=body, message_id=f"<{self.rng.getrandbits(96):024x}@{domain}>",
            in_reply_to=self.last_message_id, references=self.last_message_id, automatic=by is None,
            state=Letter.SENT, letterhead_id=self.office.letterhead.pk if self.office.letterhead else None,
            written_by_id=by.pk if by else None, written_at=at, attempts=1,
            send_after=at + dt.timedelta(seconds=RECALL_SECONDS),
            sent_at=at + dt.timedelta(seconds=RECALL_SECONDS + 2),
        )  # fmt: skip
        self.entry(
            Entry.MAIL_OUT, at, by, subject=subject, text=body, person_id=self.asker.person.pk,
            sender=sender, recipients=self.asker.address, letter_id=letter, detail={"automatic": by is None},
        )  # fmt: skip
        self.audit("cases.answer", at, by, {"letter": letter, "automatic": by is None})

    def _meet(self, what: str, at: dt.datetime, by: Account | None) -> None:
        for clock in self.clocks:
            row = clock["row"]
            if row["met_at"] is None and clock["met_on"] in MEANS_ALSO[what]:
                row["met_at"] = row["computed_at"] = at
                clock["events"].append(("met", at, by))

    def ends(self, *, at: dt.datetime, by: Account, outcome: str, reason: str = "") -> None:
        """The case is closed."""
        changes = {
            "status": Case.CLOSED, "closed_at": at, "outcome": outcome, "closing_reason": reason,
            "held_until": None, "hold_reason": "", "came_back_at": None,
        }  # fmt: skip
        self.change("close", at, by, changes, note=reason, said={"outcome": outcome})
        self._meet("closed", at, by)

    def _nearest(self, name: str) -> dt.date | None:
        running = [clock["row"] for clock in self.clocks if clock["row"]["met_at"] is None]
        return min((row[name] for row in running if row[name]), default=None)

    def finish(self) -> None:
        """Write the case and its clocks as they now stand."""
        self.case["due_on"], self.case["amber_on"] = self._nearest("due_on"), self._nearest("amber_on")
        self.tables.add(Case, **self.case)
        for contact in self.contacts:
            contact["id"] = self.tables.add(Contact, **contact)
            self.tables.add(ContactCase, contact_id=contact["id"], case_id=self.case["id"])
        for clock in self.clocks:
            clock_id = self.tables.add(CaseClock, **clock["row"])
            for kind, at, by in clock["events"]:
                self.tables.add(
                    ClockEvent, clock_id=clock_id, kind=kind, at=at, recorded_at=at,
                    by_id=by.pk if by else None,
                )  # fmt: skip


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
