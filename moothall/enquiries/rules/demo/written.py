"""A sample case written as rows: each event leaves what the rule of its name would leave.

Used for the many cases that are over. Those still open are lived through the rules themselves.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from moothall.cases.models import Case, CaseAccess, CaseClock, ClockEvent, Entry
from moothall.cases.rules.access import BY_NAME
from moothall.cases.rules.letter_fields import said_day, worded
from moothall.cases.rules.reckoning import AMBER_AT, amber_day, computed, pauses_on_hold
from moothall.core.copying import Tables
from moothall.enquiries.models import Contact, ContactCase
from moothall.knowledge.models import Signpost
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.fields import person_fields
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import RECALL_SECONDS
from moothall.people.models import Account, Team
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import NOBODY

from .diary import Diary
from .office import Asker, Offered, Office, day_of
from .samples import Sample
from .stages import Walk
from .story import Story

MEETS = {
    "acknowledged": {"acknowledged"},
    "answered": {"acknowledged", "answered"},
    "closed": {"acknowledged", "answered", "closed"},
}
ENTRY_KINDS = {"PHONE": Entry.CALL, "COUNTER": Entry.COUNTER}


class WrittenStory(Story):
    """`case` has what the row of the case will say; `finish` writes it."""

    def __init__(
        self, office: Office, rng: Random, *, sample: Sample, offered: Offered, asker: Asker,
        now: dt.datetime, tables: Tables, case_id: int, reference: str,
    ) -> None:  # fmt: skip
        super().__init__(office, rng, sample=sample, offered=offered, asker=asker, now=now)
        self.tables = tables
        self.case: dict[str, Any] = {"id": case_id}
        self.reference = reference
        self.language = asker.language or sample.language
        self.clocks: list[dict[str, Any]] = []
        self.contacts: list[dict[str, Any]] = []
        self.readers: set[int] = set()
        self.said: list[str] = []
        self.last_message_id = ""

    @property
    def is_over(self) -> bool:
        return bool(self.case["status"] == Case.CLOSED)

    def begins(
        self, *, title: str, text: str, channel: str, at: dt.datetime, answers: Mapping[str, Any],
        minutes: int | None,
    ) -> None:  # fmt: skip
        worker = self.office.worker(self.team, self.rng)
        by = None if channel == MAIL else worker
        self.title, self.received_at = title[:300], at
        self.case |= {
            "reference": self.reference, "service_id": self.offered.service.pk,
            "version_id": self.offered.version.pk, "title": self.title, "requester_id": self.asker.person_id,
            "team_id": self.team.pk, "assignee_id": None, "seen_by_teams": [self.team.pk],
            "status": Case.OPEN, "waiting_on": Case.US, "priority": Case.NORMAL,
            "confidentiality": self.offered.definition.confidentiality, "channel": channel.lower(),
            "language": self.language, "answers": dict(answers), "received_at": at, "logged_at": at,
            "logged_by_id": by.pk if by else None, "edition": 1, "came_back_at": None, "held_until": None,
            "hold_reason": "", "handed_at": None, "handed_because": "", "first_answered_at": None,
            "closed_at": None, "outcome": "", "closing_reason": "",
        }  # fmt: skip
        self._start_clocks(at, by)
        self.audit("cases.open", at, by, {"channel": channel, "service": self.offered.service.key})
        self._let_in([by, self.team.lead], "Its service begins like this", at)
        if channel == MAIL:
            self._mail_in(text, title, at=at, result=Contact.CASE)
            self._acknowledge(at)
        else:
            said = {"subject": title, "text": text, "minutes": minutes, "person_id": self.asker.person_id}
            self.entry(ENTRY_KINDS[channel], at, by, **said)
            self._contact(channel, Contact.CASE, title, at, by, note=text, minutes=minutes)
            self._meet("acknowledged", at, by)

    def _start_clocks(self, at: dt.datetime, by: Account | None) -> None:
        for declared in self.offered.definition.clocks:
            if declared.starts_on:
                continue
            started = self.office.clock_started(self.offered, declared, day_of(at))
            row = {
                "case_id": self.case["id"], "key": declared.key, "name": declared.name,
                "rule": started.rule, "due_on": started.due_on, "due_at": started.due_at,
                "amber_on": started.amber_on, "first_due_on": started.due_on, "computed_at": at,
                "met_at": None, "stopped_at": None,
            }  # fmt: skip
            self.clocks.append({"row": row, "met_on": declared.met_on, "events": [("received", at, by)]})

    def _let_in(self, people: Iterable[Account | None], because: str, at: dt.datetime) -> None:
        """A restricted or sealed case is seen by the people named on it."""
        if self.case["confidentiality"] not in BY_NAME:
            return
        for account in people:
            if account is not None and account.pk not in self.readers:
                self.readers.add(account.pk)
                self.tables.add(
                    CaseAccess, case_id=self.case["id"], account_id=account.pk, given_by_id=None,
                    reason=because, given_at=at,
                )  # fmt: skip

    def entry(self, kind: str, at: dt.datetime, by: Account | None, **values: Any) -> int:
        by_id = by.pk if by else None
        self.said += [values[name] for name in ("subject", "sender", "text") if values.get(name)]
        return self.tables.add(Entry, case_id=self.case["id"], kind=kind, at=at, by_id=by_id, **values)

    def _contact(
        self, channel: str, result: str, subject: str, at: dt.datetime, by: Account | None, **values: Any
    ) -> None:
        box = self.office.mailbox(self.offered).pk if channel == MAIL else None
        self.contacts.append({
            "channel": channel, "result": result, "person_id": self.asker.person_id, "team_id": self.team.pk,
            "mailbox_id": box, "subject": subject[:300], "received_at": at, "logged_at": at,
            "logged_by_id": by.pk if by else None, **values,
        })  # fmt: skip

    def audit(
        self, verb: str, at: dt.datetime, by: Account | None, detail: Mapping[str, Any],
        *, letter: int | None = None,
    ) -> None:  # fmt: skip
        """Of the case, or of one of its letters."""
        kind, about = ("cases.case", self.case["id"]) if letter is None else ("letters.letter", letter)
        self.tables.add(
            AuditEvent, at=at, actor_id=by.pk if by else None, actor_name=by.name if by else NOBODY,
            verb=verb, about_kind=kind, about_id=about, detail=dict(detail),
        )  # fmt: skip

    def change(
        self, verb: str, at: dt.datetime, by: Account | None, changes: Mapping[str, Any],
        *, note: str = "", said: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Fields of the case change, on the timeline and in the audit."""
        named = {name.removesuffix("_id"): name for name in changes}
        before = {name: plain(self.case[column]) for name, column in named.items()}
        after = {name: plain(changes[column]) for name, column in named.items()}
        self.case |= changes
        self.case["edition"] += 1
        detail = {"verb": verb, "before": before, "after": after, "said": dict(said or {})}
        self.entry(Entry.CHANGE, at, by, text=note, detail=detail)
        self.audit(f"cases.{verb}", at, by, {"before": before, "after": after})

    def writes(self, text: str, subject: str, *, at: dt.datetime) -> None:
        if self.case["status"] == Case.WAITING:
            self.resumed(at=at, by=None)
        self._mail_in(text, subject, at=at, result=Contact.ADDED)
        self.case["came_back_at"] = at

    def _mail_in(self, text: str, subject: str, *, at: dt.datetime, result: str) -> None:
        self.entry(
            Entry.MAIL_IN, at, None, subject=subject, text=text, person_id=self.asker.person_id,
            sender=f"{self.asker.full_name} <{self.asker.address}>",
            recipients=self.office.mailbox(self.offered).address, detail={"kind": "person", "warnings": []},
        )  # fmt: skip
        self._contact(MAIL, result, subject, at, None)
        self.last_message_id = self._message_id(self.asker.address)

    def _message_id(self, address: str) -> str:
        return f"<{self.ids.getrandbits(96):024x}@{address.partition('@')[2]}>"

    def assigned(self, *, at: dt.datetime, by: Account, to: Account) -> None:
        changes: dict[str, Any] = {"assignee_id": to.pk}
        if by.pk != to.pk:
            changes |= {"handed_at": at, "handed_because": ""}
        elif self.case["handed_at"]:
            changes |= {"handed_at": None, "handed_because": ""}
        self._let_in([to], "Given the case to work on", at)
        self.change("assign", at, by, changes, said={"to": to.name})

    def noted(self, text: str, *, at: dt.datetime, by: Account) -> None:
        self.audit("cases.note", at, by, {"entry": self.entry(Entry.NOTE, at, by, text=text)})

    def called(self, text: str, *, at: dt.datetime, by: Account, minutes: int) -> None:
        said = {"text": text, "person_id": self.asker.person_id, "minutes": minutes}
        self.audit("cases.call", at, by, {"entry": self.entry(Entry.CALL, at, by, **said)})

    def prioritised(self, priority: int, *, at: dt.datetime, by: Account) -> None:
        self.change("prioritise", at, by, {"priority": priority}, said={"priority": priority})

    def handed(self, *, to: Team, because: str, at: dt.datetime, by: Account) -> None:
        changes = {
            "team_id": to.pk, "assignee_id": to.lead_id,
            "seen_by_teams": list(dict.fromkeys([to.pk, *self.case["seen_by_teams"]])),
            "handed_at": at, "handed_because": because, "held_until": None, "hold_reason": "",
            "waiting_on": Case.US, "status": Case.OPEN,
        }  # fmt: skip
        said = {"team": to.name, "team_cy": to.name_cy, "to": to.lead.name if to.lead else ""}
        self._let_in([to.lead], "Given the case to work on", at)
        self.change("hand_over", at, by, changes, note=because, said=said)
        self.team = to

    def held(self, *, until: dt.date, because: str, turn: str, at: dt.datetime, by: Account) -> None:
        changes = {
            "held_until": until, "hold_reason": because, "waiting_on": turn, "came_back_at": None,
            "handed_at": None, "status": Case.OPEN if turn == Case.US else Case.WAITING,
        }  # fmt: skip
        self.change("hold", at, by, changes, note=because, said={"until": until.isoformat()})
        if turn != Case.US:
            self._targets("paused", at, by)

    def resumed(self, *, at: dt.datetime, by: Account | None) -> None:
        changes = {"held_until": None, "hold_reason": "", "status": Case.OPEN, "waiting_on": Case.US}
        self.change("resume", at, by, changes)
        self._targets("resumed", at, by)

    def _targets(self, kind: str, at: dt.datetime, by: Account | None) -> None:
        """The office's own targets stand still while the case is on hold, and then go on."""
        for clock in self.clocks:
            paused = [each for each, _at, _by in clock["events"] if each in {"paused", "resumed"}]
            ready = kind == "paused" or paused[-1:] == ["paused"]
            if (
                ready
                and clock["row"]["met_at"] is None
                and pauses_on_hold(CaseClock(rule=clock["row"]["rule"]))
            ):
                clock["events"].append((kind, at, by))
                self._reckon(clock, at)

    def _reckon(self, clock: dict[str, Any], at: dt.datetime) -> None:
        events = [ClockEvent(kind=kind, at=when) for kind, when, _by in clock["events"]]
        row = clock["row"]
        due = computed(CaseClock(rule=row["rule"]), events, holidays=self.office.holidays)
        begun = day_of(clock["events"][0][1])
        row |= {
            "due_on": due.due_on, "due_at": due.due_at, "computed_at": at,
            "amber_on": amber_day(begun, due.due_on, row["rule"].get("amber_at", AMBER_AT)),
        }  # fmt: skip

    def answered(self, text: str, *, at: dt.datetime, by: Account) -> None:
        self._letter(f"Re: {self.title} [{self.reference}]", text, at=at, by=by)
        self.answered_at = self.answered_at or at
        self.case |= {
            "came_back_at": None, "handed_at": None, "held_until": None, "hold_reason": "",
            "waiting_on": Case.PERSON, "status": Case.WAITING,
            "first_answered_at": self.answered_at, "edition": self.case["edition"] + 1,
        }  # fmt: skip
        self._meet("answered", at, by)

    def _acknowledge(self, at: dt.datetime) -> None:
        key = self.offered.definition.acknowledgement or "acknowledgement"
        text = self.office.texts.get(key)
        if text is not None:
            merged = merge(text, self.language, self.letter_fields(self.language, at=at, by=None))
            subject = f"{merged.subject} [{self.reference}]"
            self._letter(subject, merged.body, at=at, by=None, template=key)
            self._meet("acknowledged", at, None)

    def letter_fields(self, language: str, *, at: dt.datetime, by: Account | None) -> dict[str, str]:
        return {
            **self.office.letter_fields(language),
            **person_fields(self.asker.person(), language),
            **worded(
                self.reference,
                self.title,
                self.offered.service,
                self.team,
                day_of(self.received_at),
                self._answer_due(),
                language,
            ),
            "sender.name": by.name if by else "",
            "letter.date": said_day(day_of(at), language),
        }

    def _letter(
        self, subject: str, body: str, *, at: dt.datetime, by: Account | None, template: str = ""
    ) -> None:
        mailbox, text = self.office.mailbox(self.offered), self.office.texts.get(template)
        name, _at, domain = mailbox.address.partition("@")
        sender = f"{name}+{self.reference}@{domain}"
        left_at = at + dt.timedelta(seconds=RECALL_SECONDS)
        letter = self.tables.add(
            Letter, text_version_id=text.pk if text else None, about_kind="cases.case",
            about_id=self.case["id"], person_id=self.asker.person_id, channel=MAIL, language=self.language,
            from_name=mailbox.name, from_address=sender, to_name=self.asker.full_name,
            to_address=self.asker.address, cc=[], subject=subject[:500], body=body,
            message_id=self._message_id(mailbox.address), in_reply_to=self.last_message_id,
            references=self.last_message_id, automatic=by is None, state=Letter.SENT,
            letterhead_id=self.office.letterhead.pk if self.office.letterhead else None,
            written_by_id=by.pk if by else None, written_at=at, attempts=1, send_after=left_at,
            sent_at=left_at,
        )  # fmt: skip
        self.entry(
            Entry.MAIL_OUT, at, by, subject=subject, text=body, person_id=self.asker.person_id,
            sender=sender, recipients=self.asker.address, letter_id=letter, detail={"automatic": by is None},
        )  # fmt: skip
        self.audit("cases.answer", at, by, {"letter": letter, "automatic": by is None})
        about = {"channel": MAIL, "kind": "cases.case", "id": self.case["id"]}
        self.audit("letters.queued", at, by, about, letter=letter)
        self.audit("letters.sent", left_at, None, {"attempt": 1}, letter=letter)

    def signposted(self, signpost: Signpost, text: str, *, at: dt.datetime, by: Account) -> None:
        self.answered(text, at=at, by=by)
        for contact in self.contacts:
            contact |= {"result": Contact.SIGNPOSTED, "signpost_id": signpost.pk}
        self._close(at=at, by=by, outcome="signposted", reason=signpost.name)

    def through_steps(self, diary: Diary) -> dt.datetime | None:
        return Walk(self, diary).go()

    def ended(self, *, at: dt.datetime, by: Account, outcome: str) -> None:
        self._close(at=at, by=by, outcome=outcome)

    def _close(self, *, at: dt.datetime, by: Account, outcome: str, reason: str = "") -> None:
        changes = {
            "status": Case.CLOSED, "closed_at": at, "outcome": outcome, "closing_reason": reason,
            "held_until": None, "hold_reason": "", "came_back_at": None, "handed_at": None,
        }  # fmt: skip
        self.change("close", at, by, changes, note=reason, said={"outcome": outcome})
        self._meet("closed", at, by)

    def _meet(self, what: str, at: dt.datetime, by: Account | None) -> None:
        for clock in self.clocks:
            row = clock["row"]
            if row["met_at"] is None and clock["met_on"] in MEETS[what]:
                row["met_at"] = row["computed_at"] = at
                clock["events"].append(("met", at, by))

    def _nearest(self, name: str) -> dt.date | None:
        running = [clock["row"] for clock in self.clocks if clock["row"]["met_at"] is None]
        return min((row[name] for row in running if row[name]), default=None)

    def _answer_due(self) -> dt.date | None:
        first = {each.key for each in self.offered.definition.clocks if each.met_on == "acknowledged"}
        due = [clock["row"]["due_on"] for clock in self.clocks if clock["row"]["key"] not in first]
        return min((day for day in due if day), default=None)

    def words(self) -> tuple[int, bool, str, str]:
        """What the case is found by: its name, and everything said on it."""
        named = f"{self.reference} {self.title} {self.asker.full_name}"
        restricted = self.case["confidentiality"] == Case.RESTRICTED
        return int(self.case["id"]), restricted, named, " ".join(self.said)

    def finish(self) -> int:
        """Write the case, its contacts and its clocks as they now stand; the answer is its id."""
        self.case["due_on"], self.case["amber_on"] = self._nearest("due_on"), self._nearest("amber_on")
        case_id = self.tables.add(Case, **self.case)
        for contact in self.contacts:
            contact_id = self.tables.add(Contact, **contact)
            self.tables.add(ContactCase, contact_id=contact_id, case_id=case_id)
        for clock in self.clocks:
            clock_id = self.tables.add(CaseClock, **clock["row"])
            for kind, at, by in clock["events"]:
                reason = "On hold" if kind in {"paused", "resumed"} else ""
                self.tables.add(
                    ClockEvent, clock_id=clock_id, kind=kind, at=at, recorded_at=at, reason=reason,
                    by_id=by.pk if by else None,
                )  # fmt: skip
        return case_id


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
