"""Outcomes of a matter: decided, and told in writing."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.conduct.forms import formal as forms
from moothall.conduct.models import Appeal, Matter, Meeting, Outcome
from moothall.conduct.rules import appealing, improving
from moothall.conduct.rules import deciding as rules
from moothall.conduct.rules.measure_letters import APPEAL, BY_KEY
from moothall.conduct.rules.wording import OUTCOME
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .finding import one_of, page_of, with_matter
from .meetings import letter_begun


@needs("conduct.work")
@with_matter
def decide_matter(request: StaffRequest, matter: Matter) -> HttpResponse:
    heard = list(matter.meetings.filter(held_at__isnull=False).order_by("-starts_at", "-id"))
    levels = [each for each in rules.levels_of(matter) if each.notice_stage is None]
    hearing = next((str(each.pk) for each in heard if each.kind == Meeting.HEARING), "")
    form = filled(
        request, forms.DecideForm, levels=levels, meetings=heard,
        initial={"decided_on": today(), "meeting": hearing, "tells_when_lapsed": True},
    )  # fmt: skip
    return show_form(
        request, form, title=_("Decide"), lead=str(matter), back=page_of(matter), button=_("Write it down"),
        words=_("Decided. Now tell them in writing."),
        onward=lambda made: reverse("tell_outcome", args=[matter.case.reference, made.pk]),
        rule=lambda data: rules.decide(matter, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def tell_outcome(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    outcome = _outcome(matter, number)
    letter = BY_KEY.get(outcome.level.letter_key, OUTCOME)
    begun = letter_begun(request, matter, letter, improving.said_in, outcome)
    form = filled(request, forms.LetterForm, initial=begun)
    return show_form(
        request, form, title=_("Tell them what was decided"), lead=str(outcome), back=page_of(matter),
        button=_("Send"), words=_("They are told, and the days to appeal run."),
        rule=lambda data: rules.tell_outcome(
            outcome, sent=form.sent(letter), given_on=data["given_on"], by=request.user, at=now()
        ),
    )  # fmt: skip


def _outcome(matter: Matter, number: int) -> Outcome:
    outcome: Outcome = one_of(matter.outcomes.select_related("level", "meeting", "notice"), number)
    outcome.matter = matter
    return outcome


@needs("conduct.work")
@with_matter
def lodge_appeal(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    outcome = _outcome(matter, number)
    return show_form(
        request, filled(request, forms.AppealForm, initial={"lodged_on": today()}), title=_("They appeal"),
        lead=str(outcome), back=page_of(matter),
        words=_("Written down. Arrange an appeal hearing with a chair who had no part in it."),
        rule=lambda data: appealing.lodge_appeal(outcome, **data, by=request.user, at=now()),
    )  # fmt: skip


def _appeal(matter: Matter, number: int) -> Appeal:
    outcome = _outcome(matter, number)
    appeal = Appeal.objects.filter(outcome=outcome).first()
    if appeal is None:
        raise Http404
    appeal.outcome = outcome
    return appeal


@needs("conduct.work")
@with_matter
def tell_appeal(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    appeal = _appeal(matter, number)
    begun = letter_begun(request, matter, APPEAL, appealing.said_in, appeal)
    form = filled(request, forms.LetterForm, initial=begun)
    return show_form(
        request, form, title=_("Tell them what was decided on their appeal"), lead=str(appeal),
        back=page_of(matter), button=_("Send"), words=_("They are told."),
        rule=lambda data: appealing.tell_appeal(
            appeal, sent=form.sent(APPEAL), given_on=data["given_on"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def decide_matter_appeal(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    appeal = _appeal(matter, number)
    outcome = appeal.outcome
    heard = matter.meetings.filter(kind=Meeting.APPEAL, held_at__isnull=False).order_by("-starts_at", "-id")
    form = filled(
        request, forms.AppealDecisionForm, levels=rules.levels_of(matter), meetings=list(heard),
        initial={"decided_on": today(), "meeting": str(heard[0].pk) if heard else ""},
    )  # fmt: skip
    return show_form(
        request, form, title=_("Decide on the appeal"), lead=str(outcome), back=page_of(matter),
        words=_("The appeal is decided. Tell them in writing."),
        onward=lambda made: reverse("tell_appeal", args=[matter.case.reference, made.outcome_id]),
        rule=lambda data: appealing.decide_appeal(appeal, **data, by=request.user, at=now()),
    )  # fmt: skip
