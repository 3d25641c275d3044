"""Improvement notices: given, made longer, judged."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clocks.months import corresponding_date
from moothall.conduct.forms import measures as forms
from moothall.conduct.models import ImprovementNotice, Matter
from moothall.conduct.rules import improving
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .finding import one_of, page_of, with_matter


@needs("conduct.work")
@with_matter
def give_improvement_notice(request: StaffRequest, matter: Matter) -> HttpResponse:
    """The notice of the next stage; where the procedure has none, sending it is refused with what to do."""
    held = list(matter.meetings.filter(held_at__isnull=False).order_by("-starts_at", "-id"))
    level, months = improving.next_level(matter), matter.procedure.window_months
    initial: dict[str, object] = {"from_on": today(), "meeting": str(held[0].pk) if held else ""}
    if months:
        initial["until_on"] = corresponding_date(today(), months)
    form = filled(request, forms.NoticeForm, meetings=held, initial=initial)
    return show_form(
        request, form, title=_("Give an improvement notice"), back=page_of(matter), lead=str(level or matter),
        button=_("Write it down"), words=_("Written down. Now tell them in writing."),
        onward=lambda made: reverse("tell_outcome", args=[matter.case.reference, made.outcome_id]),
        rule=lambda data: improving.give_notice(matter, **data, by=request.user, at=now()),
    )  # fmt: skip


def _notice(matter: Matter, number: int) -> ImprovementNotice:
    rows = ImprovementNotice.objects.filter(outcome__matter=matter).select_related("outcome__level")
    found: ImprovementNotice = one_of(rows, number)
    found.outcome.matter = matter
    return found


@needs("conduct.work")
@with_matter
def extend_improvement_window(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    notice = _notice(matter, number)
    form = filled(request, forms.ExtendForm, initial={"until_on": notice.until_on})
    return show_form(
        request, form, title=_("Make the window longer"), lead=str(notice), back=page_of(matter),
        words=_("The window is longer. Tell them in writing."),
        rule=lambda data: improving.extend_window(notice, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def judge_improvement(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    notice = _notice(matter, number)
    return show_form(
        request, filled(request, forms.JudgeForm, initial={"reviewed_on": today()}), lead=str(notice),
        title=_("Has it improved?"), back=page_of(matter),
        words=_("Written down. If it has not improved enough, arrange the meeting of the next stage."),
        rule=lambda data: improving.review_notice(notice, **data, by=request.user, at=now()),
    )  # fmt: skip
