"""Holding replies: whoever asked hears before the day has passed that it takes longer, and until when."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.rules.answering import record_answer
from moothall.cases.rules.changing import lock
from moothall.cases.rules.corresponding import Correspondence, correspondence_of
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.rules.refusals import refuse_if_closed
from moothall.cases.rules.timeline import NothingWritten
from moothall.casework.models import Habit, HoldingReply
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter, recall_letter
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .wording import DAY, HOLDING

SETTLED_BY = ("answer", "close", "merge")


class NobodyToTell(Refusal):
    sentence = _("There is no address to send a holding reply to.")
    next_step = _("Add an email address for the person, or ring them.")


class TooSoon(Refusal):
    sentence = _("They are told a day to come.")
    next_step = _("Choose a later day.")


class AnsweredAlready(Refusal):
    sentence = _("They have had an answer already.")
    next_step = _("Reply to them instead.")


def day_to_promise(on: dt.date) -> dt.date:
    """By when they will hear, unless somebody says otherwise."""
    habit = Habit.objects.current()
    return working_calendar(habit.calendar).add_working_days(on, habit.longer_days)


@for_the_office()
@transaction.atomic
def raise_holding_replies(*, at: dt.datetime, today: dt.date) -> int:
    """Put before somebody every case whose day is near and that nobody has answered; the answer is how many.
    Whoever was told of another day is left alone until that day is near."""
    habit = Habit.objects.current()
    near = working_calendar(habit.calendar).add_working_days(today, habit.holding_days)
    raised = HoldingReply.objects.filter(case=OuterRef("pk"), due_on=OuterRef("due_on"))
    told = HoldingReply.objects.filter(case=OuterRef("pk"), promised_on__gt=near)
    found = Case.objects.unfinished().filter(
        ~Exists(raised), ~Exists(told), due_on__range=(today, near), first_answered_at=None,
        requester__isnull=False, merged_into=None,
    )  # fmt: skip
    days = found.values_list("pk", "due_on")
    rows = [HoldingReply(case_id=pk, due_on=due or today, raised_at=at) for pk, due in days]
    return len(HoldingReply.objects.bulk_create(rows, ignore_conflicts=True))


def words_of(case: Case, *, by: Account, at: dt.datetime) -> tuple[str, str]:
    """The subject and words a holding reply begins with, in the language of whoever asked."""
    to = _reached(case)
    known = fields_for(case, language=_language(to), person=case.requester, by=by, at=at)
    merged = merge(HOLDING.text(), _language(to), known | {"holding.until": DAY})
    return f"{merged.subject} [{case.reference}]", merged.body


@transaction.atomic
def send_holding_reply(
    case: Case, *, subject: str, text: str, promised_on: dt.date, by: Account, at: dt.datetime
) -> HoldingReply:
    """Tell whoever asked that it takes longer. It acknowledges; the clock of the answer runs on."""
    lock(case)
    refuse_if_closed(case)
    if case.first_answered_at is not None:
        raise AnsweredAlready
    if promised_on <= in_london(at).date():
        raise TooSoon
    if not text.strip():
        raise NothingWritten
    to = _reached(case)
    language, version = _language(to), HOLDING.text()
    words = text.replace(DAY, date_in(language, promised_on))
    letter = queue_letter(
        about=case, person=case.requester, channel="MAIL", language=language, to_address=to.to_address,
        to_name=to.to_name, from_address=to.from_address, from_name=to.from_name, subject=subject,
        body=words, by=by, at=at, in_reply_to=to.in_reply_to, references=to.references,
        text_version=version if version.pk else None,
    )  # fmt: skip
    record_answer(case, letter=letter, text=words, by=by, at=at, waiting_on=Case.US, holding=True)
    due_on = case.due_on or promised_on
    HoldingReply.objects.to_send().filter(case=case).exclude(due_on=due_on).update(settled_at=at)
    row, _made = HoldingReply.objects.update_or_create(
        case=case, due_on=due_on,
        defaults={"letter": letter, "promised_on": promised_on, "sent_by": by, "sent_at": at,
                  "settled_at": None},
        create_defaults={"letter": letter, "promised_on": promised_on, "sent_by": by, "sent_at": at,
                         "raised_at": at},
    )  # fmt: skip
    detail = {"letter": letter.pk, "promised_on": promised_on.isoformat()}
    append_audit("casework.holding_reply", about=case, by=by, at=at, detail=detail)
    return row


def send_usual_words(cases: Iterable[Case], *, by: Account, at: dt.datetime) -> tuple[int, list[Case]]:
    """To each of these in their own language; the answer is how many, and those that could not be told."""
    promised_on, sent, left = day_to_promise(in_london(at).date()), 0, []
    for case in cases:
        try:
            with transaction.atomic():
                subject, text = words_of(case, by=by, at=at)
                send_holding_reply(case, subject=subject, text=text, promised_on=promised_on, by=by, at=at)
        except Refusal:
            left.append(case)
        else:
            sent += 1
    return sent, left


@transaction.atomic
def undo_holding_reply(row: HoldingReply, *, by: Account, at: dt.datetime) -> None:
    """Call it back before it has left; the clocks stand as before."""
    if row.letter is not None:
        recall_letter(row.letter, by=by, at=at)
    HoldingReply.objects.filter(pk=row.pk).update(letter=None, promised_on=None, sent_by=None, sent_at=None)
    append_audit("casework.undo_holding_reply", about=row.case, by=by, at=at, detail={"holding": row.pk})


def needed_no_longer(case: Case, verb: str, by: Account | None, at: dt.datetime) -> None:
    """The case was answered, closed or merged; called in the transaction that did it."""
    HoldingReply.objects.to_send().filter(case=case).update(settled_at=at)


def _reached(case: Case) -> Correspondence:
    found = correspondence_of(case)
    if found is None:
        raise NobodyToTell
    return found


def _language(to: Correspondence) -> str:
    return "cy" if to.language == "cy" else "en"


def not_answered(case: Case) -> bool:
    return not case.is_closed and case.first_answered_at is None
