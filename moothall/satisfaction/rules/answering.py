"""What whoever asked says of it; and what is done when it was not good."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseLink, Entry, Service, ServiceVersion
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.core.signed_links import unsign
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.satisfaction.models import Survey, SurveyAnswer

from .surveying import LINK

LONGEST: Final = 4000
LOW: Final = 2


class SurveyOver(Refusal):
    sentence = _("This question is not asked any more.")
    next_step = _("If there is something we should know, write to us.")
    status = 410


class FollowedUpAlready(Refusal):
    sentence = _("Somebody has followed this up already.")
    next_step = _("Open the case that was opened for it.")


class NothingToFollow(Refusal):
    sentence = _("This answer was given without a name, so there is nobody to follow it up with.")


@for_the_office()
def survey_behind(signed: str, *, at: dt.datetime) -> Survey:
    """The survey somebody followed the link of, if it can still be answered."""
    rows = Survey.objects.select_related("case__service", "case__version", "case__team")
    survey = rows.filter(token=unsign(signed, LINK), state=Survey.SENT).first()
    if survey is None:
        raise Http404
    if survey.expires_at is None or survey.expires_at <= at or survey.sheet is None:
        raise SurveyOver
    return survey


def answer_of(survey: Survey) -> SurveyAnswer | None:
    """The answer as it stands, where one was given."""
    if survey.sheet is None:
        return None
    return SurveyAnswer.objects.filter(sheet=survey.sheet).order_by("-id").first()


@for_the_office()
@transaction.atomic
def answer_survey(
    survey: Survey, *, score: int, comment: str, anonymous: bool, language: str, at: dt.datetime
) -> SurveyAnswer:
    """Write the answer down. Given again it is another row, and the last one counts."""
    held = Survey.objects.select_for_update(of=("self",)).select_related("case").get(pk=survey.pk)
    if held.sheet is None or held.expires_at is None or held.expires_at <= at:
        raise SurveyOver
    case = held.case
    closed = in_london(case.closed_at or held.sent_at or at).date()
    answer = SurveyAnswer.objects.create(
        sheet=held.sheet, score=score, comment=comment.strip()[:LONGEST], anonymous=anonymous,
        language=language, answered_at=at, service_id=case.service_id, team_id=case.team_id,
        channel=case.channel, closed_on=closed.replace(day=1),
    )  # fmt: skip
    Survey.objects.filter(pk=held.pk).update(answered_at=held.answered_at or at, anonymous=anonymous)
    about: Any = answer if anonymous else case
    append_audit("satisfaction.answer", about=about, by=None, at=at, detail={})
    return answer


@transaction.atomic
def cut_off_names(*, at: dt.datetime) -> int:
    """Answers given without a name can be changed no more: from now on nothing leads from them to a case."""
    over = Survey.objects.over(at).select_for_update(skip_locked=True)[:1000]
    return Survey.objects.filter(pk__in=[each.pk for each in over]).update(sheet=None)


@transaction.atomic
def follow_up(answer: SurveyAnswer, *, service: Service | None, by: Account, at: dt.datetime) -> Case:
    """Open a case about a poor answer, linked to the one it is about: on its service, or as a complaint."""
    survey = (
        Survey.objects.select_for_update(of=("self",)).filter(sheet=answer.sheet, anonymous=False).first()
    )
    if survey is None or answer.anonymous:
        raise NothingToFollow
    if survey.follow_up_id is not None:
        raise FollowedUpAlready
    about = Case.objects.select_related("service", "requester", "team").get(pk=survey.case_id)
    case = open_case(
        service or about.service, title=str(_("Not content: %s") % about.title)[:300], channel="staff",
        received_at=at, at=at, by=by, requester=about.requester, language=about.language,
        confidentiality=about.confidentiality, words=answer.comment,
    )  # fmt: skip
    add_entry(case, kind=Entry.NOTE, at=at, by=by, person=about.requester, text=_said(answer, about))
    link_cases(case, about, kind=CaseLink.RELATED, by=by, at=at)
    Survey.objects.filter(pk=survey.pk).update(follow_up=case)
    append_audit("satisfaction.follow_up", about=case, by=by, at=at, detail={"survey": survey.pk})
    return case


def _said(answer: SurveyAnswer, about: Case) -> str:
    told = _("After case %(reference)s was closed they gave it %(score)s of 5.")
    return f"{told % {'reference': about.reference, 'score': answer.score}}\n\n{answer.comment}".strip()


def complaint_service() -> Service | None:
    """The service a complaint begins as in this office, if it has one."""
    versions = ServiceVersion.objects.filter(
        current=True, definition__complaint_stage=1, service__retired_at=None
    )
    found = versions.select_related("service").order_by("service__key").first()
    return found.service if found is not None else None
