"""Repairs of a published schedule: asked for, watched, accepted proposal by proposal, undone, and told."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from moothall.core import fields
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.training.forms.repairs import ChangeForm, RepairForm
from moothall.training.forms.schedule import PublishForm
from moothall.training.models import Repair, RepairChange, RepairProposal, ScheduleVersion
from moothall.training.rules import repair_telling, repair_undoing, repairing
from moothall.training.rules import repairs as rules

from .finding import staff_by_number
from .repair_shown import REFUSALS_SAID, shown
from .schedules import find_version

A_PAGE = 100


def find_repair(number: int) -> Repair:
    found = Repair.objects.in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("training.manage")
def repair_schedule(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """What has changed is found by itself; how far the repair may go is asked."""
    found = find_version(number, version)
    usual = {"frozen_until": rules.usual_freeze(today=today()), "moves_others": True, "offers_waiting": True}
    return show_form(
        request, filled(request, RepairForm, initial=usual), title=_("Repair the schedule"),
        button=_("Look for a repair"), back=reverse("schedule_version", args=[number, version]),
        lead=_("Who is away since, which trainers are gone, which rooms are shut and which sessions were "
               "called off is read from the records. Whoever cannot come is offered another place, and as "
               "few others as can be are asked to move. Nothing is changed before you accept it."),
        words=_("It is being looked for. You can leave this page."),
        onward=lambda made: reverse("schedule_repair", args=[made.pk]),
        rule=lambda data: rules.ask_for_repair(found, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@require_GET
@needs("training.manage")
def schedule_repair(request: StaffRequest, number: int) -> HttpResponse:
    """How far it is; once it is made, what is proposed."""
    repair = find_repair(number)
    rows = repair.proposals.open().order_by("number")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render_page_or_part(
        request, "training/repair.html", "training/parts/repair.html", shown(repair, page, at=now())
    )


@needs("training.manage")
def add_repair_change(request: StaffRequest, number: int) -> HttpResponse:
    """What no record says yet; the repair is looked for anew with it."""
    repair = find_repair(number)
    version = ScheduleVersion.objects.get(pk=repair.stands_on)

    def again(data: dict[str, Any]) -> Repair:
        return rules.ask_for_repair(
            version, frozen_until=max(repair.frozen_until, today()), moves_others=repair.moves_others,
            offers_waiting=repair.offers_waiting, by=request.user, at=now(), today=today(),
            changes=[*repair.changes.all(), _change(form, data)],
        )  # fmt: skip

    form = filled(request, ChangeForm, version=version, initial={"sort": RepairChange.STAFF})
    return show_form(
        request, form, title=_("Say what else has changed"), button=_("Look again"), rule=again,
        back=reverse("schedule_repair", args=[number]), words=_("It is looked for anew, with this."),
        lead=_("Only what no record says yet: leave, sickness, court and duties are read by themselves."),
        onward=lambda made: reverse("schedule_repair", args=[made.pk]),
    )  # fmt: skip


def _change(form: ChangeForm, data: dict[str, Any]) -> RepairChange:
    sort = data["sort"]
    made = RepairChange(sort=sort, from_on=data["from_on"], until_on=data["until_on"])
    if sort == RepairChange.STAFF:
        [made.employment] = staff_by_number([data["number"]])
    elif sort == RepairChange.SITE:
        made.place = form.places[data["place"]]
    else:
        form.name_session(made, data["session"])
    return made


@require_POST
@needs("training.manage")
def accept_repair(request: StaffRequest, number: int) -> HttpResponse:
    """One proposal, those ticked, or all that are open."""
    repair = find_repair(number)
    said = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("ids")
    wanted = [int(each) for each in said if each.isdecimal() and len(each) < 9]
    if "all" in request.POST:
        wanted = list(repair.proposals.open().values_list("number", flat=True))
    if not wanted:
        messages.error(request, _("Tick what you accept."))
        return redirect("schedule_repair", number)
    found = repairing.accept_proposals(repair, wanted, by=request.user, at=now(), today=today())
    _say(request, repair, found)
    return redirect("schedule_repair", number)


def _say(request: StaffRequest, repair: Repair, found: repairing.Accepted) -> None:
    many = len(found.done)
    if many:
        words = ngettext("%(many)s proposal is accepted.", "%(many)s proposals are accepted.", many)
        said = f"{words % {'many': many}} {_('Nobody is told yet.')}"
        messages.success(request, said, extra_tags=_undo(repair, found))
    for which, why in found.refused[:REFUSALS_SAID]:
        messages.error(request, _("Proposal %(number)s: %(why)s") % {"number": which + 1, "why": why})
    if (more := len(found.refused) - REFUSALS_SAID) > 0:
        words = _("%(many)s more could not be accepted; each says why.")
        messages.error(request, words % {"many": more})


def _undo(repair: Repair, found: repairing.Accepted) -> str:
    """Where the one that was accepted is undone; several are undone one by one."""
    if len(found.done) != 1:
        return ""
    return reverse("undo_proposal", args=[repair.proposals.get(number=found.done[0]).pk])


@require_POST
@needs("training.manage")
def undo_proposal(request: StaffRequest, number: int) -> HttpResponse:
    rows = RepairProposal.objects.select_related("repair__version", "repair__told")
    proposal = rows.filter(pk=number).first()
    if proposal is None:
        raise Http404
    repair_undoing.undo_proposal(proposal, by=request.user, at=now(), today=today())
    messages.success(request, _("Undone: everything is as it was before."))
    return redirect("schedule_repair", proposal.repair_id)


@needs("training.manage")
def tell_of_repair(request: StaffRequest, number: int) -> HttpResponse:
    """What is accepted becomes the changed version, and those concerned are told."""
    repair = find_repair(number)
    if repair.of_draft:
        return _ask_again(request, repair)
    many = repair.proposals.to_tell().count()
    lead = ngettext(
        "%(many)s proposal is accepted. A changed version is published; only what differs is sent.",
        "%(many)s proposals are accepted. A changed version is published; only what differs is sent.", many,
    )  # fmt: skip

    def save(data: dict[str, Any]) -> ScheduleVersion:
        return repair_telling.tell_of_repair(repair, by=request.user, at=now(), today=today(), **data)

    return show_form(
        request, filled(request, PublishForm), title=_("Publish what is accepted"), button=_("Publish it"),
        back=reverse("schedule_repair", args=[number]), rule=save, lead=lead % {"many": many},
        words=_("Published. Everybody concerned is being written to."),
        onward=lambda made: reverse("schedule_version", args=[made.schedule_id, made.number]),
    )  # fmt: skip


def _ask_again(request: StaffRequest, repair: Repair) -> HttpResponse:
    """What is accepted is in the version already; those for whom something differs are asked anew."""
    return show_form(
        request, filled(request, fields.Form), title=_("Ask those concerned again"), button=_("Ask them"),
        back=reverse("schedule_repair", args=[repair.pk]),
        words=_("Those for whom something differs are asked."),
        lead=_("Each reads what changed since they were asked. Where nothing differs, nobody is written to."),
        rule=lambda _data: repair_telling.tell_of_repair(repair, by=request.user, at=now(), today=today()),
        onward=lambda made: reverse("schedule_version", args=[made.schedule_id, made.number]),
    )  # fmt: skip
