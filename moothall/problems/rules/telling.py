"""Telling everybody that a problem is fixed: one letter to each person, in their language, once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.cases.rules.answering import record_answer
from moothall.cases.rules.changing import lock
from moothall.cases.rules.closing import close_case, shared_outcomes
from moothall.cases.rules.corresponding import Correspondence, correspondence_of
from moothall.cases.rules.timeline import add_entry
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.problems.models import Problem, ProblemCase, ProblemEntry
from moothall.records.rules.audit import append_audit

PERSON_GREETED = {"en": "Dear {name}", "cy": "Annwyl {name}"}
NOBODY_GREETED = {"en": "Dear Sir or Madam", "cy": "Annwyl Syr neu Fadam"}


class NobodyToTell(Refusal):
    sentence = _("Everybody who can be told has been told already.")
    next_step = _("Link further cases, or give those without an address one.")


class NothingToSay(Refusal):
    sentence = _("The letter is not written in both languages.")
    next_step = _("Write what was wrong and that it is put right, in English and in Welsh.")


@dataclass
class Addressee:
    """Somebody to be told, with all their cases of this problem; the newest is the one written on."""

    to: Correspondence
    links: list[ProblemCase] = field(default_factory=list)

    @property
    def case(self) -> Case:
        return self.links[0].case


@dataclass(frozen=True)
class ToTell:
    """Who is told when the button is pressed, and whose cases are left out and why."""

    addressees: list[Addressee]
    told: list[Case]
    merged: list[Case]
    unreachable: list[Case]
    not_ours: int

    def counted(self, language: str) -> int:
        return sum(each.to.language == language for each in self.addressees)


def who_to_tell(problem: Problem, *, by: Account, at: dt.datetime) -> ToTell:
    """Everybody with a case of this problem that this account may answer; nobody twice."""
    visible = Case.objects.visible_to(by).select_related("team", "requester", "service", "version")
    links = list(ProblemCase.objects.in_force().filter(problem=problem))
    cases = visible.in_bulk([link.case_id for link in links])
    found = ToTell([], [], [], [], sum(link.case_id not in cases for link in links))
    people: dict[object, Addressee] = {}
    told_people = set()
    for link in links:
        case = cases.get(link.case_id)
        if case is None:
            continue
        link.case = case
        if link.told_at is not None:
            found.told.append(case)
            told_people.add(case.requester_id)
    for link in links:
        if link.case_id in cases and link.told_at is None:
            _place(link, found, people, told_people, by=by, at=at)
    found.addressees.extend(people.values())
    return found


def _place(
    link: ProblemCase, found: ToTell, people: dict[object, Addressee], told_people: set[int | None], *,
    by: Account, at: dt.datetime,
) -> None:  # fmt: skip
    case = link.case
    if case.merged_into_id is not None:
        found.merged.append(case)
        return
    if case.requester_id is not None and case.requester_id in told_people:
        found.told.append(case)
        return
    to = None
    if may_act(case, by, "letters.write") and may_read(case, by, at=at):
        to = correspondence_of(case)
    if to is None:
        found.unreachable.append(case)
        return
    person = case.requester_id or to.to_address.lower()
    people.setdefault(person, Addressee(to)).links.append(link)


@transaction.atomic
def tell_everybody(
    problem: Problem,
    *,
    subject: dict[str, str],
    body: dict[str, str],
    close: bool,
    by: Account,
    at: dt.datetime,
) -> int:
    """Queue one letter to each person linked who has not been told; the answer is how many."""
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    if not all(texts.get(language, "").strip() for texts in (subject, body) for language in ("en", "cy")):
        raise NothingToSay
    addressees = who_to_tell(problem, by=by, at=at).addressees
    if not addressees:
        raise NobodyToTell
    for each in addressees:
        letter = _write(each, subject, body, by=by, at=at)
        ProblemCase.objects.filter(pk__in=[link.pk for link in each.links]).update(told_at=at, letter=letter)
        if close:
            _close([link.case for link in each.links], problem, by=by, at=at)
    text = str(len(addressees))
    ProblemEntry.objects.create(problem=problem, kind=ProblemEntry.TOLD, text=text, by=by, at=at)
    append_audit("problems.tell", about=problem, by=by, at=at, detail={"letters": len(addressees)})
    return len(addressees)


def _write(
    each: Addressee, subject: dict[str, str], body: dict[str, str], *, by: Account, at: dt.datetime
) -> Letter:
    case, to = lock(each.case), each.to
    language = "cy" if to.language == "cy" else "en"
    name = case.requester.full_name if case.requester else ""
    greeting = PERSON_GREETED[language].format(name=name) if name else NOBODY_GREETED[language]
    words = f"{greeting}\n\n{body[language].strip()}\n\n{by.name}\n{case.team.name_in(language)}"
    letter = queue_letter(
        about=case, person=case.requester, channel="MAIL", language=language, to_address=to.to_address,
        to_name=to.to_name, from_address=to.from_address, from_name=to.from_name,
        subject=f"{subject[language].strip()} [{case.reference}]", body=words, by=by, at=at,
        in_reply_to=to.in_reply_to, references=to.references,
    )  # fmt: skip
    if case.is_closed:
        add_entry(
            case, kind=Entry.MAIL_OUT, at=at, by=by, person=case.requester, subject=letter.subject,
            text=words, sender=letter.from_address, recipients=letter.to_address, letter=letter,
        )  # fmt: skip
    else:
        record_answer(case, letter=letter, text=words, by=by, at=at)
    return letter


def _close(cases: Iterable[Case], problem: Problem, *, by: Account, at: dt.datetime) -> None:
    """Close what is open, as answered where its service knows that outcome; a refusal stops the whole."""
    for case in cases:
        fresh = lock(case)
        if fresh.is_closed or not may_act(fresh, by, "cases.close"):
            continue
        keys = [outcome.key for outcome in shared_outcomes([fresh])]
        wanted = next((key for key in ("answered", "resolved", "done") if key in keys), "not_needed")
        close_case(fresh, by=by, at=at, outcome=wanted, reason=problem.reference)
