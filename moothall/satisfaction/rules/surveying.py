"""One question after closing: when it is asked, and of whom never."""

import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import NOTHING_DONE
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.core.signed_links import absolute, new_token, sign
from moothall.letters.models import Letter
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, CautionMarker, ContactPoint
from moothall.records.rules.audit import append_audit
from moothall.satisfaction.models import Survey, SurveyHabit

from .wording import SURVEY

LINK: Final = "satisfaction.survey"
OWN_LINK: Final = "https://…"
REOPENED, SEALED, NO_ADDRESS, CAUTION, COMPLAINT, LATELY, MERGED, UNSENDABLE = (
    "reopened", "sealed", "no_address", "caution", "complaint", "asked_lately", "merged", "unsendable",
)  # fmt: skip


def habit_of(case: Case) -> SurveyHabit | None:
    """How this case's service asks: by its own row, or else by the one for all."""
    rows = SurveyHabit.objects.filter(service=case.service_id) | SurveyHabit.objects.filter(service=None)
    found = sorted(rows, key=lambda row: row.service_id is None)
    return found[0] if found and found[0].asks else None


@transaction.atomic
def ask_later(case: Case, verb: str, by: Account | None, at: dt.datetime) -> None:
    """A case was closed: put down that whoever asked is to be asked how it was, unless nothing was done for
    them, it only served another case, or it is sealed."""
    nothing_to_ask = (
        case.requester_id is None
        or case.outcome in NOTHING_DONE
        or case.parent_step_id is not None
        or case.confidentiality == Case.SEALED
    )
    habit = None if nothing_to_ask else habit_of(case)
    if habit is None:
        return
    due = {"state": Survey.DUE, "why": "", "due_at": at + dt.timedelta(hours=habit.after_hours),
           "person_id": case.requester_id}  # fmt: skip
    survey, new = Survey.objects.get_or_create(case=case, defaults=due)
    if not new:
        Survey.objects.filter(pk=survey.pk).exclude(state=Survey.SENT).update(**due)


@transaction.atomic
def ask_no_more(case: Case, verb: str, by: Account | None, at: dt.datetime) -> None:
    """The case goes on after all, so nobody is asked how it was."""
    if not case.is_closed or case.merged_into_id is not None:
        Survey.objects.filter(case=case, state=Survey.DUE).update(state=Survey.SKIPPED, why=REOPENED)


def send_due_surveys(*, at: dt.datetime, most: int = 200) -> int:
    """Send the surveys that are due, each in its own transaction; how many left."""
    sent = 0
    for pk in list(Survey.objects.due(at).values_list("pk", flat=True)[:most]):
        sent += send_survey(survey_id=pk, at=at)
    return sent


@for_the_office()
@transaction.atomic
def send_survey(*, survey_id: int, at: dt.datetime) -> bool:
    """Send one, once; or write down why it is not sent."""
    rows = Survey.objects.select_for_update(of=("self",), skip_locked=True)
    survey = rows.filter(pk=survey_id, state=Survey.DUE).first()
    if survey is None:
        return False
    case = Case.objects.select_related("requester", "service", "team", "version").get(pk=survey.case_id)
    habit = habit_of(case)
    address = _address_of(survey.person_id)
    why = _why_not(survey, case, habit, address, at=at)
    if why or habit is None or address is None:
        return _skip(survey, why or REOPENED)
    survey.token, survey.sheet = new_token(), uuid.uuid4()
    survey.expires_at = at + dt.timedelta(days=habit.open_days)
    try:
        with transaction.atomic():
            survey.letter = _send(survey, case, address, at=at)
    except Refusal:
        survey.token, survey.sheet, survey.expires_at = "", None, None
        return _skip(survey, UNSENDABLE)
    survey.state, survey.sent_at = Survey.SENT, at
    survey.save(update_fields=["token", "sheet", "expires_at", "letter", "state", "sent_at"])
    append_audit("satisfaction.ask", about=case, by=None, at=at, detail={"survey": survey.pk})
    return True


def _skip(survey: Survey, why: str) -> bool:
    Survey.objects.filter(pk=survey.pk).update(state=Survey.SKIPPED, why=why)
    return False


def _address_of(person_id: int) -> str | None:
    points = ContactPoint.objects.in_use().filter(
        person=person_id, kind=ContactPoint.EMAIL, undeliverable_since=None, person__merged_into=None
    )
    return points.order_by("-preferred", "-id").values_list("value", flat=True).first()


def _why_not(
    survey: Survey, case: Case, habit: SurveyHabit | None, address: str | None, *, at: dt.datetime
) -> str:
    """Why this person is not asked about this case; nothing where they may be."""
    if habit is None or not case.is_closed or case.outcome in NOTHING_DONE:
        return REOPENED
    if case.merged_into_id is not None or case.requester_id != survey.person_id:
        return MERGED
    if case.confidentiality == Case.SEALED:
        return SEALED
    if address is None:
        return NO_ADDRESS
    if CautionMarker.objects.in_force(in_london(at).date()).filter(person=survey.person_id).exists():
        return CAUTION
    if _complains(survey.person_id):
        return COMPLAINT
    since = at - dt.timedelta(days=habit.once_in_days)
    if Survey.objects.filter(person=survey.person_id, state=Survey.SENT, sent_at__gt=since).exists():
        return LATELY
    return ""


def _complains(person_id: int) -> bool:
    """Whether a complaint of theirs is open: they are not asked how we did meanwhile."""
    unfinished = Case.objects.unfinished().filter(requester=person_id, complaint__isnull=False)
    return unfinished.exists()


def _send(survey: Survey, case: Case, address: str, *, at: dt.datetime) -> Letter:
    """The letter, in their language. On the timeline the link is left out: it is theirs alone."""
    person = case.requester
    language = (person.language if person else "") or case.language or "en"
    text, link = SURVEY.text(), absolute("survey", sign(survey.token, LINK))
    until = date_in(language, in_london(survey.expires_at or at).date())
    known = fields_for(case, language=language, person=person, by=None, at=at)
    merged = merge(text, language, known | {"survey.link": link, "survey.until": until})
    letter = queue_letter(
        about=case, person=person, channel="MAIL", language=merged.language, to_address=address,
        to_name=person.full_name if person else "", from_address=case.team.email,
        from_name=case.team.name_in(language), subject=merged.subject, body=merged.body, by=None, at=at,
        automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
    add_entry(
        case, kind=Entry.MAIL_OUT, at=at, person=person, subject=merged.subject,
        text=merged.body.replace(link, OWN_LINK), sender=letter.from_address, recipients=address,
        letter=letter, detail={"automatic": True, "waiting_on": Case.PERSON},
    )  # fmt: skip
    return letter
