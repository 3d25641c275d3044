"""The office that the table is tried on: two teams, somebody in every seat, a case for every relation."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import yaml
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.conf import settings
from django.test import Client

from moothall.cases.models import (
    Case,
    CaseClock,
    CaseLink,
    EmergencyOpening,
    Entry,
    EntryDocument,
    Service,
    Step,
)
from moothall.cases.rules.access import give_access, open_sealed
from moothall.cases.rules.assigning import hand_over, prioritise_case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import StepDefinition
from moothall.cases.rules.emergency import open_in_emergency
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.stepping import complete_step
from moothall.cases.rules.timeline import add_entry
from moothall.cases.tests.make import make_case, make_service, make_worker
from moothall.core.clock import now
from moothall.enquiries.models import Contact, ContactCase, Import, Mailbox, RawMessage
from moothall.enquiries.rules.keeping import keep_messages
from moothall.enquiries.rules.mailboxes import connect_mailbox
from moothall.letters.models import Letter, PrintRun
from moothall.letters.rules.outbox import queue_letter
from moothall.letters.rules.templates import retire_template
from moothall.letters.tests.make import make_template
from moothall.people.models import Account, Person, Role, Team
from moothall.people.session_limits import begin
from moothall.people.tests.make import make_account, make_grant, make_person, make_team
from moothall.records.rules.documents import keep_document

from . import desk, incoming, knowledge, leave, people, problems, webhooks, workforce
from .absence import make_rows as make_absence_rows
from .appraisal import make_rows as make_appraisal_rows
from .bookings import make_rows as make_booking_rows
from .casework import make_rows as make_casework_rows
from .checks import make_rows as make_check_rows
from .conduct import make_rows as make_conduct_rows
from .contractors import make_rows as make_contractor_rows
from .credentials import make_rows as make_credential_rows
from .marking import make_rows as make_marking_rows
from .once import Once
from .pathways import make_rows as make_pathway_rows
from .personnel import make_rows as make_personnel_rows
from .portal import make_rows as make_portal_rows
from .post import CONNECTION
from .promotion import make_rows as make_promotion_rows
from .recruitment import make_rows as make_recruitment_rows
from .reports import make_rows as make_report_rows
from .satisfaction import make_rows as make_satisfaction_rows
from .selection import make_rows as make_selection_rows
from .several import make_rows as make_several_rows
from .table import IN_THE_OFFICE, NAMES, SEATS
from .terms import make_rows as make_term_rows
from .training import make_rows as make_training_rows
from .transport import make_rows as make_transport_rows
from .transport_audits import make_rows as make_audit_rows
from .transport_day import make_rows as make_day_rows
from .transport_hires import make_rows as make_hire_rows
from .transport_safety import make_rows as make_safety_rows
from .transport_value import make_rows as make_transport_value_rows
from .triage import decide_for_everybody, make_tables, suggest_on

STEPS = (
    StepDefinition("first", "Ask what they need", owner="office", target=3),
    StepDefinition("second", "Arrange it", owner="office", target=3),
)
ASKS = {
    "audience": "public",
    "form": {"type": "object", "properties": {"course": {"type": "string", "title": "Which course?"}}},
}
RELATIONS = (
    "own",
    "mine",
    "other",
    "handed",
    "open",
    "named",
    "unnamed",
    "sealed",
    "opened",
    "hidden",
    "closed",
)
PASSWORD = "four plain words together"
AWAY = {"other", "handed", "open"}
LEVELS = {"open": "OPEN", "named": "RESTRICTED", "unnamed": "RESTRICTED"} | dict.fromkeys(
    ("sealed", "opened", "hidden"), "SEALED"
)
KNOWN_BY_NAME = {"named", "sealed", "opened"}


@dataclass(frozen=True)
class Furnished:
    """One case with one of everything that hangs on a case."""

    relation: str
    case: Case
    person: Person
    message: Entry
    change: Entry
    document: EntryDocument
    step: Step
    done_step: Step
    clock: CaseClock
    link: CaseLink
    letters: dict[str, Letter]
    contact: Contact
    colleague: Account

    @property
    def marks(self) -> tuple[str, ...]:
        """What no answer may say to somebody for whom the case does not exist."""
        return (self.case.reference, f"Quillon{self.relation}", f"Ysolde{self.relation}")


@dataclass
class Office:
    home: Team
    away: Team
    seats: dict[str, Account | None] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    cases: dict[str, Furnished] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    imports: dict[str, Import] = field(default_factory=dict)
    quarantined: dict[str, RawMessage] = field(default_factory=dict)
    runs: dict[str, PrintRun] = field(default_factory=dict)
    rows: Once[Any] = field(default_factory=Once)

    def account(self, seat: str) -> Account:
        account = self.seats[seat]
        if account is None:
            raise LookupError(f"Nobody is signed in as {seat}.")
        return account

    def client(self, seat: str, *, csrf: bool = False) -> Client:
        """A browser in which this seat is signed in."""
        client = Client(enforce_csrf_checks=csrf)
        client.cookies.update(self.clients[seat].cookies)
        return client


def make_office() -> Office:
    home, away = make_team(name="Home team"), make_team(name="Away team")
    office = Office(home, away, teams={"own": home, "other": away})
    _fill_seats(office)
    office.rows["service"] = make_service(*STEPS, team=home, name="Home service", **ASKS)
    office.rows["away_service"] = make_service(*STEPS, team=away, name="Away service", **ASKS)
    office.rows["kin"] = new_case(office.rows["service"], title="A case of our own")
    knowledge.make_rows(office.rows, office.account("A"), home)
    office.rows["template"] = make_template(key="a-place", at=now())
    retire_template(make_template(key="old-words", at=now()), by=office.account("A"), at=now())
    people.make_rows(office.rows, office.account("A"))
    office.rows["other_account"] = make_account(name="Somebody else")
    for relation in RELATIONS:
        office.cases[relation] = _furnish(office, relation)
        suggest_on(office.cases[relation])
    decide_for_everybody(office)
    make_tables(office)
    for relation in ("own", "other"):
        _bring_mail(office, relation)
        _print_letters(office, relation)
    desk.make_rows(office)
    incoming.make_rows(office)
    problems.make_rows(office)
    for relation in ("named", "unnamed"):
        office.rows[f"emergency {relation}"] = _open_in_emergency(office.cases[relation].case, office.home)
    webhooks.make_rows(office)
    workforce.make_rows(office)
    make_portal_rows(office)
    make_satisfaction_rows(office)
    make_casework_rows(office)
    make_report_rows(office)
    make_absence_rows(office)
    make_conduct_rows(office)
    make_credential_rows(office)
    make_term_rows(office)
    make_booking_rows(office)
    make_personnel_rows(office)
    leave.make_rows(office)  # last: it gives an employment to those in seats who have none yet
    make_appraisal_rows(office)  # after it, for the same reason
    make_training_rows(office)
    make_pathway_rows(office)
    make_transport_rows(office)
    make_contractor_rows(office)
    make_transport_value_rows(office)
    make_safety_rows(office)
    make_audit_rows(office)
    make_recruitment_rows(office)
    make_day_rows(office)
    make_hire_rows(office)
    make_marking_rows(office)
    make_selection_rows(office)
    make_several_rows(office)
    make_check_rows(office)
    make_promotion_rows(office)
    return office


def _fill_seats(office: Office) -> None:
    file = settings.PACKS / "learning-desk" / "organisation.yaml"
    roles = {}
    for given in yaml.safe_load(file.read_text())["roles"]:
        roles[given["key"]] = Role.objects.create(
            key=given["key"], name=given["name"], permissions=given["permissions"]
        )
    strict = Role.objects.create(
        key="strict", name="Strict", permissions=roles["coordinator"].permissions, mfa_required=True
    )
    office.seats = {"X": None}
    for seat in SEATS.replace("X", ""):
        account = make_account(name=f"Seat {seat}", password=PASSWORD)
        team = None if seat in IN_THE_OFFICE else office.home
        if seat != "N":
            make_grant(account=account, role=strict if seat == "F" else roles[NAMES[seat]], team=team)
        office.seats[seat] = account
    for seat, sitting in office.seats.items():
        office.clients[seat] = Client()
        if sitting is not None:
            office.clients[seat].force_login(sitting)
            session = office.clients[seat].session
            at = int(now().timestamp()) + 3600
            begin(session, at=at)  # so that no page brings it up to date
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": at}]
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(sitting.pk)
            session.save()


def _furnish(office: Office, relation: str) -> Furnished:
    """A case in this relation to everybody who sits in the home team."""
    team = office.away if relation in AWAY else office.home
    service = office.rows["away_service" if team is office.away else "service"]
    colleague = make_worker(team=team, name=f"Colleague {relation}")
    at = now()
    person = make_person(
        full_name=f"Ysolde{relation} Okonkwo", emails=[f"ysolde.{relation}@example.org"], by=colleague, at=at
    )
    began = office.rows["service"] if relation == "handed" else service
    case = new_case(began, title=f"Quillon{relation} course", requester=person, by=colleague)
    message = _message(case, person, at)
    steps = list(case.steps.order_by("position"))
    complete_step(steps[0], by=colleague, at=at)
    change = prioritise_case(case, priority=Case.HIGH, by=colleague, at=at)
    kept = keep_document(
        f"Notes on {case.title}".encode(), name=f"Quillon{relation}.txt", by=colleague, at=at
    )
    document = EntryDocument.objects.create(entry=message, document=kept, name=kept.name)
    link = link_cases(case, office.rows["kin"], kind=CaseLink.DUPLICATE, by=colleague, at=at)
    letters = {state: _letter(case, person, kept, colleague, state) for state in LETTER_STATES}
    contact = Contact.objects.create(
        channel="PHONE", result=Contact.CASE, person=person, team=team, subject=case.title, received_at=at,
        logged_at=at, logged_by=colleague,
    )  # fmt: skip
    ContactCase.objects.create(contact=contact, case=case)
    _stand(office, case, relation, colleague)
    case.refresh_from_db()
    return Furnished(
        relation, case, person, message, change, document, steps[1], steps[0], case.clocks.get(), link,
        letters, contact, colleague,
    )  # fmt: skip


def new_case(service: Service, **changes: Any) -> Case:
    """A case received this moment."""
    at = now()
    return make_case(service=service, at=at, received_at=at, **changes)


def _open_in_emergency(case: Case, team: Team) -> EmergencyOpening:
    opener = make_account("cases.view", "cases.break_glass", name="Duty manager", team=team)
    return open_in_emergency(
        reference=case.reference,
        reason="Somebody is in danger and nobody can be reached.",
        by=opener,
        at=now(),
    )


LETTER_STATES = (Letter.QUEUED, Letter.FOR_APPROVAL, Letter.MAYBE_SENT, Letter.FAILED)


def _letter(case: Case, person: Person, document: Any, colleague: Account, state: str) -> Letter:
    letter = queue_letter(
        about=case, person=person, channel="MAIL", language="en", to_address="ysolde@example.org",
        to_name=person.full_name, from_address="home@example.org", from_name="Home", subject=case.title,
        body=f"About {case.title}", by=colleague, at=now(), documents=[document],
    )  # fmt: skip
    Letter.objects.filter(pk=letter.pk).update(state=state)
    return letter


def _message(case: Case, person: Person, at: dt.datetime) -> Entry:
    return add_entry(
        case, kind=Entry.MAIL_IN, at=at, person=person, sender="ysolde@example.org", subject=case.title,
        text=f"Please tell me about the {case.title}.", html=f"<p>Please: {case.title}</p>",
    )  # fmt: skip


def _stand(office: Office, case: Case, relation: str, colleague: Account) -> None:
    """Put the case where the relation says it stands."""
    at = now()
    if relation == "handed":
        hand_over(case, to_team=office.away, because="It is theirs.", by=colleague, at=at)
    if relation == "closed":
        close_case(case, by=colleague, at=at, outcome="answered")
    Case.objects.filter(pk=case.pk).update(confidentiality=LEVELS.get(relation, "TEAM"))
    if relation in KNOWN_BY_NAME:
        for account in office.seats.values():
            if account is not None:
                give_access(case, to=account, because="Named for the test", by=colleague, at=at)
                if relation == "opened" and account.may("cases.view"):
                    open_sealed(case, by=account, at=at, reason="To see what is in it")


def _bring_mail(office: Office, relation: str) -> None:
    team = office.teams[relation]
    mailbox = Mailbox.objects.create(
        key=f"box-{relation}", address=f"box-{relation}@example.org", name=f"Quillonbox{relation}", team=team,
        service=office.rows["service"],
    )  # fmt: skip
    office.mailboxes[relation] = mailbox
    given = CONNECTION | {"since": now().date()}
    connect_mailbox(mailbox, settings=given, by=office.account("A"), at=now())
    office.imports[relation] = Import.objects.create(
        mailbox=mailbox, source=f"Quillonfile{relation}.mbox", started_at=now()
    )
    raw = f"From: a@example.org\nSubject: Quillonraw{relation}\n\nHello".encode()
    [(kept, _again)] = keep_messages([(f"Quillonraw{relation}.eml", raw)], mailbox=mailbox, at=now())
    RawMessage.objects.filter(pk=kept.pk).update(state=RawMessage.QUARANTINED, reason="It would not be read.")
    office.quarantined[relation] = kept


def _print_letters(office: Office, relation: str) -> None:
    furnished = office.cases[relation]
    run = PrintRun.objects.create(made_by=furnished.colleague, made_at=now())
    letter = queue_letter(
        about=furnished.case, person=furnished.person, channel="PRINT", language="en",
        to_address="1 High Street", to_name=furnished.person.full_name, from_address="home@example.org",
        from_name="Home", subject=furnished.case.title, body=f"About {furnished.case.title}",
        by=furnished.colleague, at=now(),
    )  # fmt: skip
    Letter.objects.filter(pk=letter.pk).update(state=Letter.SENDING, print_run=run)
    office.runs[relation] = run
