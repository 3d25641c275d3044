"""Plans: asked for, watched while they are made, read, tried with one thing changed, and made a draft."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, show_list
from moothall.core.parts import render_page_or_part
from moothall.people.models import Organisation
from moothall.people.requests import StaffRequest
from moothall.training.forms.plans import PlanDraftForm, PlanForm
from moothall.training.models import Course, PlanRun, Schedule
from moothall.training.planning.drafting import draft_plan
from moothall.training.rules import plan_runs as rules

from .plan_shown import shown


class PlanList(Listing[PlanRun]):
    """Every plan that was asked for, the latest first."""

    key, title = "training_plans", gettext_lazy("Plans")
    sort = "-asked"
    columns = (
        Column("asked", gettext_lazy("Asked for"), sort="asked_at", descending=True,
               value=lambda row: row.asked_at),
        Column("from", gettext_lazy("From"), sort="from_on", value=lambda row: row.from_on),
        Column("until", gettext_lazy("Until"), value=lambda row: row.until_on),
        Column("state", gettext_lazy("How it stands"), value=lambda row: state_words(row)),
        Column("wanted", gettext_lazy("Needed"), numeric=True),
        Column("placed", gettext_lazy("Placed"), numeric=True),
        Column("bound", gettext_lazy("Limit"), numeric=True),
        Column("gap", gettext_lazy("Gap"), numeric=True,
               value=lambda row: f"{100 * row.gap:.1f} %" if row.is_made else ""),
        Column("by", gettext_lazy("Who"), value=lambda row: str(row.asked_by or "Moothall")),
    )  # fmt: skip
    filters = (ChoiceFilter("state", gettext_lazy("How it stands"), options=PlanRun.STATES),)
    empty = Empty(
        gettext_lazy("No plan yet"),
        gettext_lazy("Ask for one: it reads who needs what, who is on duty and who can teach, and begins."),
    )
    export_permission: ClassVar[str | None] = "training.manage"

    def rows(self, request: Any) -> QuerySet[PlanRun]:
        return PlanRun.objects.in_full().defer("plan", "points", "figures")

    def address(self, row: PlanRun) -> str:
        return reverse("training_plan", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Ask for a plan"), reverse("ask_for_training_plan"))]


def state_words(run: PlanRun) -> str:
    """How it stands, also where its process is gone and nobody has written that down yet."""
    return str(_("Broken off")) if run.is_broken(now()) else str(run.get_state_display())


def find_run(number: int) -> PlanRun:
    found = PlanRun.objects.in_full().select_related("input").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("training.manage")
def training_plans(request: StaffRequest) -> Any:
    return show_list(request, PlanList())


@needs("training.manage")
def ask_for_training_plan(request: StaffRequest) -> HttpResponse:
    form = filled(request, PlanForm, initial={"months": "6", "seconds": "30", "seed": "1"})
    return show_form(
        request, form, title=_("Ask for a plan"), button=_("Plan"), back=reverse("training_plans"),
        words=_("The planner begins. You can leave this page; it goes on."),
        lead=_("Everybody gets the courses they need in these months where that can be done: no team goes "
               "below its minimum, leave and court are kept, and what has to come first comes first."),
        onward=lambda run: reverse("training_plan", args=[run.pk]),
        rule=lambda _data: rules.ask_for_plan(by=request.user, at=now(), today=today(), **form.asked()),
    )  # fmt: skip


@require_GET
@needs("training.manage")
def training_plan(request: StaffRequest, number: int) -> HttpResponse:
    """How far it is; once it is made, what came out."""
    run = PlanRun.objects.in_full().filter(pk=number).first()
    if run is None:
        raise Http404
    return render_page_or_part(
        request, "training/plan.html", "training/parts/plan.html", shown(run, at=now())
    )


@require_POST
@needs("training.manage")
def stop_training_plan(request: StaffRequest, number: int) -> HttpResponse:
    rules.ask_to_stop(find_run(number), by=request.user, at=now())
    messages.success(request, _("It ends with the best plan it has."))
    return redirect("training_plan", number)


@require_POST
@needs("training.manage")
def start_training_plan_again(request: StaffRequest, number: int) -> HttpResponse:
    made = rules.start_again(find_run(number), by=request.user, at=now())
    messages.success(request, _("It begins anew."))
    return redirect("training_plan", made.pk)


@require_POST
@needs("training.manage")
def try_training_plan(request: StaffRequest, number: int) -> HttpResponse:
    """The same again with one lever pulled: `unit` or `course` is its number, or `weekday` its day."""
    run = find_run(number)
    unit = Organisation.objects.filter(pk=_number(request, "unit")).first()
    course = Course.objects.filter(pk=_number(request, "course")).first()
    weekday = _number(request, "weekday") if request.POST.get("weekday", "").isdecimal() else None
    made = rules.try_lever(run, unit=unit, course=course, weekday=weekday, by=request.user, at=now())
    messages.success(request, _("It is planned again with this one thing changed."))
    return redirect("training_plan", made.pk)


def _number(request: StaffRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 18 else 0


@needs("training.manage")
def draft_training_plan(request: StaffRequest, number: int) -> HttpResponse:
    """The plan becomes a draft of the schedule; nobody is booked until that is published."""
    run = find_run(number)
    if not run.is_made:
        raise Http404
    around = Schedule.objects.filter(from_on__lte=run.from_on, until_on__gte=run.until_on)
    schedules = list(around.order_by("-from_on", "-pk"))
    initial = {"schedule": str(schedules[0].pk) if schedules else ""}
    form = filled(request, PlanDraftForm, schedules=schedules, initial=initial)
    back = reverse("training_plan", args=[number])
    return show_form(
        request, form, title=_("Make a draft of it"), button=_("Make the draft"), back=back,
        lead=_("Sessions, trainers and people become a draft. Nobody is told before it is published."),
        words=_("The plan is a draft of the schedule now."),
        onward=lambda made: reverse("schedule_version", args=[made.schedule_id, made.number]),
        rule=lambda data: draft_plan(run, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_GET
@needs("training.manage")
def training_plan_file(request: StaffRequest, number: int, part: str) -> HttpResponse:
    """What went in and what came out, in the published form: `moothall plan` plans and checks it again."""
    run = find_run(number)
    kept = {"case": run.input and run.input.case, "runs": run.input and run.input.runs, "plan": run.plan}
    if kept.get(part) is None:
        raise Http404
    name = f"{part}-{run.from_on}-{run.pk}.json.gz"
    return HttpResponse(
        bytes(kept[part] or b""), content_type="application/gzip",
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )  # fmt: skip
