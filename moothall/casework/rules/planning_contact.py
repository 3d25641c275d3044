"""Plans for contact that has become unreasonable: proposed, approved by another, told, reviewed, ended."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.cases.rules.refusals import need_reason
from moothall.casework.models import ContactPlan, PlanReview
from moothall.casework.models.plan import CHANNELS, DAYS
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.letters.rules.fields import LANGUAGES, date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit

from .wording import PLAN

LONGEST = relativedelta(months=12)


class NoRestriction(Refusal):
    sentence = _("A plan says what is different from now on.")
    next_step = _("Name who answers, by which way or on which day, and what colleagues do.")


class WrongDays(Refusal):
    sentence = _("A plan stands for at most 12 months and is looked at again before it ends.")
    next_step = _("Check the three days.")


class OwnPlan(Refusal):
    sentence = _("A plan is approved by somebody other than whoever proposed it.")
    next_step = _("Ask a colleague who may approve plans.")


class OwnDecision(Refusal):
    sentence = _("Somebody other than whoever approved the plan decides on the appeal.")
    next_step = _("Ask a colleague who had no part in it.")


class NotAwaiting(Refusal):
    sentence = _("This plan no longer waits for that.")
    next_step = _("Look at its page again.")


class NotApproved(Refusal):
    sentence = _("This plan is not in force.")
    next_step = _("It has to be approved first.")


class NowhereToWrite(Refusal):
    sentence = _("There is no address to tell them at.")
    next_step = _("Write an email address, or the lines of a postal one.")


@dataclass(frozen=True)
class Restriction:
    """How they may reach us: who answers, by which way, on which day, and what colleagues do."""

    instruction: str
    officer: Account | None = None
    channel: str = ""
    weekday: int | None = None

    def as_fields(self) -> dict[str, Any]:
        return {
            "officer": self.officer, "channel": self.channel, "weekday": self.weekday,
            "instruction": self.instruction.strip(),
        }  # fmt: skip


@transaction.atomic
def propose_plan(
    person: Person, *, reason: str, restriction: Restriction, from_on: dt.date, until_on: dt.date,
    review_on: dt.date, by: Account, at: dt.datetime,
) -> ContactPlan:  # fmt: skip
    """Nothing changes until somebody else has approved it."""
    need_reason(reason)
    if not restriction.instruction.strip():
        raise NoRestriction
    _check_days(from_on, until_on, review_on)
    plan = ContactPlan.objects.create(
        person=person, reason=reason.strip(), **restriction.as_fields(), from_on=from_on, until_on=until_on,
        review_on=review_on, proposed_by=by, proposed_at=at,
    )  # fmt: skip
    return _write("casework.propose_plan", plan, by=by, at=at)


@transaction.atomic
def approve_plan(plan: ContactPlan, *, by: Account, at: dt.datetime) -> ContactPlan:
    """A second person has read the reason and agrees."""
    fresh = _held(plan)
    if fresh.state(in_london(at).date()) != ContactPlan.PROPOSED:
        raise NotAwaiting
    if fresh.proposed_by_id == by.pk:
        raise OwnPlan
    return _change("casework.approve_plan", fresh, by=by, at=at, approved_by=by, approved_at=at)


@transaction.atomic
def refuse_plan(plan: ContactPlan, *, because: str, by: Account, at: dt.datetime) -> ContactPlan:
    need_reason(because)
    fresh = _held(plan)
    if fresh.state(in_london(at).date()) != ContactPlan.PROPOSED:
        raise NotAwaiting
    said = {"refused_by": by, "refused_at": at, "refused_because": because.strip()}
    return _change("casework.refuse_plan", fresh, by=by, at=at, **said)


@transaction.atomic
def tell_person(
    plan: ContactPlan, *, channel: str, address: str, language: str, subject: str, text: str, by: Account,
    at: dt.datetime,
) -> Letter:  # fmt: skip
    """Tell them by letter what is different, why, until when and how to object."""
    fresh = _standing(plan, at)
    if not address.strip():
        raise NowhereToWrite
    version = PLAN.text()
    letter = queue_letter(
        about=fresh, person=fresh.person, channel=channel, language=language, to_address=address,
        to_name=fresh.person.full_name, from_address="", from_name="", subject=subject, body=text, by=by,
        at=at, text_version=version if version.pk else None,
    )  # fmt: skip
    _change("casework.tell_plan", fresh, by=by, at=at, letter=letter, told_at=at)
    return letter


@transaction.atomic
def review_plan(
    plan: ContactPlan, *, because: str, until_on: dt.date, review_on: dt.date, by: Account, at: dt.datetime
) -> ContactPlan:
    """Somebody looked at it again and lets it stand until another day."""
    need_reason(because)
    fresh = _standing(plan, at)
    today = in_london(at).date()
    if review_on <= today:
        raise WrongDays
    _check_days(today, until_on, review_on)
    PlanReview.objects.create(
        plan=fresh, by=by, at=at, reason=because.strip(), until_on=until_on, review_on=review_on
    )
    return _change("casework.review_plan", fresh, by=by, at=at, until_on=until_on, review_on=review_on)


@transaction.atomic
def end_plan(plan: ContactPlan, *, because: str, by: Account, at: dt.datetime) -> ContactPlan:
    need_reason(because)
    fresh = _held(plan)
    if fresh.ended_at is not None or fresh.refused_at is not None:
        raise NotAwaiting
    said = {"ended_by": by, "ended_at": at, "ended_because": because.strip()}
    return _change("casework.end_plan", fresh, by=by, at=at, **said)


@transaction.atomic
def record_appeal(plan: ContactPlan, *, appeal: str, by: Account, at: dt.datetime) -> ContactPlan:
    """They object; the plan stands until somebody else has decided."""
    need_reason(appeal)
    fresh = _standing(plan, at)
    if fresh.appealed_at is not None and fresh.decided_at is None:
        raise NotAwaiting
    undecided = {"decided_by": None, "decided_at": None, "decision": "", "decided_because": ""}
    said = {"appealed_at": at, "appeal": appeal.strip(), **undecided}
    return _change("casework.appeal_plan", fresh, by=by, at=at, **said)


@transaction.atomic
def decide_appeal(
    plan: ContactPlan, *, decision: str, because: str, by: Account, at: dt.datetime
) -> ContactPlan:
    """Somebody who did not approve it decides; lifted, the plan ends with that."""
    need_reason(because)
    fresh = _standing(plan, at)
    if fresh.appealed_at is None or fresh.decided_at is not None:
        raise NotAwaiting
    if fresh.approved_by_id == by.pk:
        raise OwnDecision
    said: dict[str, Any] = {
        "decided_by": by, "decided_at": at, "decision": decision, "decided_because": because.strip(),
    }  # fmt: skip
    if decision == ContactPlan.LIFTED:
        said |= {"ended_by": by, "ended_at": at, "ended_because": because.strip()}
    return _change("casework.decide_appeal", fresh, by=by, at=at, **said)


def how_they_may(plan: ContactPlan) -> str:
    """What is different, in sentences, in the language that is spoken."""
    parts = []
    if plan.officer is not None:
        parts.append(gettext("Only %s answers.") % plan.officer.name)
    if plan.channel:
        parts.append(gettext("Only by %s.") % str(dict(CHANNELS)[plan.channel]))
    if plan.weekday is not None:
        parts.append(gettext("Only on this day of the week: %s.") % str(dict(DAYS)[plan.weekday]))
    return " ".join(parts)


def fields_of(plan: ContactPlan, language: str) -> dict[str, str]:
    """What a letter about a plan may say."""
    with translation.override(LANGUAGES[language]):
        how = how_they_may(plan) or plan.instruction
    days = {"from_on": plan.from_on, "until_on": plan.until_on, "review_on": plan.review_on}
    return {"plan.how": how} | {f"plan.{name}": date_in(language, day) for name, day in days.items()}


def words_of(plan: ContactPlan, *, language: str, by: Account, at: dt.datetime) -> tuple[str, str]:
    """The subject and words the letter to the person begins with."""
    known = fields_for(plan, language=language, person=plan.person, by=by, at=at)
    merged = merge(PLAN.text(), language, known)
    return merged.subject, merged.body


def _check_days(from_on: dt.date, until_on: dt.date, review_on: dt.date) -> None:
    if not from_on <= review_on <= until_on <= from_on + LONGEST:
        raise WrongDays


def _held(plan: ContactPlan) -> ContactPlan:
    rows = ContactPlan.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=plan.pk)


def _standing(plan: ContactPlan, at: dt.datetime) -> ContactPlan:
    fresh = _held(plan)
    if fresh.state(in_london(at).date()) not in {ContactPlan.IN_FORCE, ContactPlan.TO_COME}:
        raise NotApproved
    return fresh


def _change(verb: str, plan: ContactPlan, *, by: Account, at: dt.datetime, **changes: Any) -> ContactPlan:
    ContactPlan.objects.filter(pk=plan.pk).update(**changes)
    for name, value in changes.items():
        setattr(plan, name, value)
    return _write(verb, plan, by=by, at=at, **changes)


def _write(verb: str, plan: ContactPlan, *, by: Account, at: dt.datetime, **changes: Any) -> ContactPlan:
    """About the person, whose history it is; the reasons stand on the plan and not in the audit."""
    said = {
        name: value.pk if isinstance(value, Model) else str(value)
        for name, value in changes.items()
        if not name.endswith("because") and name != "appeal"
    }
    append_audit(verb, about=plan.person, by=by, at=at, detail={"plan": plan.pk, **said})
    return plan
