"""Shared parental leave in blocks: a notice given or entered, agreed, refused, withdrawn, made one block."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clocks.shared_parental import first_block_from, last_day_for_blocks, weeks_of
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.personnel.forms import shared as forms
from moothall.personnel.models import SharedNotice
from moothall.personnel.rules import shared as rules
from moothall.personnel.rules.in_touch import in_touch_of_child
from moothall.personnel.rules.offering import letters_for
from moothall.personnel.rules.parts import Part

from .finding import from_record, kept_employment, own_employment, with_shared
from .letters import write_letter

FORM = "personnel/shared_form.html"


def page_of(notice: SharedNotice) -> str:
    return reverse("shared_page", args=[notice.pk])


@require_http_methods(["GET", "POST"])
@signed_in
def ask_shared_leave(request: StaffRequest) -> HttpResponse:
    employment = own_employment(request)
    if employment is None:
        raise Http404
    form = filled(request, forms.AskSharedForm, of=employment)
    return show_form(
        request, form, title=_("Shared parental leave in blocks"), back=reverse("my_requests"),
        button=_("Send"), onward=page_of, template=FORM,
        lead=_("One block cannot be refused. Separate blocks are talked about for two weeks."),
        words=_("Sent. You see here how it stands."),
        rule=lambda _data: rules.give_notice(
            employment, **form.given(), received_on=today(), by=request.user, at=now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
def enter_shared_leave(request: StaffRequest) -> HttpResponse:
    chosen = from_record(request)
    initial = {"employee": chosen, "received_on": today()}
    form = filled(request, forms.EnterSharedForm, by=request.user, of=chosen, initial=initial)
    return show_form(
        request, form, title=_("Shared parental leave in blocks"), back=reverse("staff_requests"),
        onward=page_of, template=FORM, words=_("The notice is on record."),
        rule=lambda data: rules.give_notice(
            kept_employment(request, data["employee"], private=True), **form.given(), by=request.user,
            at=now(),
        ),
    )  # fmt: skip


@require_GET
@signed_in
@with_shared()
def shared_page(request: StaffRequest, notice: SharedNotice, part: Part) -> HttpResponse:
    """What it asks for, by when what is to be done, and the leave it became."""
    rule, day = rules.rule_of(notice.employment, notice.event_on), today()
    given = SharedNotice.objects.of_child(notice.employment, notice.event_on).counting().count()
    context = {
        "notice": notice, "part": part, "today": day, "rule": rule, "given": given,
        "asked": weeks_of(notice.spans), "booked": rules.weeks_booked(notice.employment, notice.event_on),
        "ends": last_day_for_blocks(rule, notice.event_on) if rule else None,
        "touch": in_touch_of_child(notice.employment, notice.event_on),
        "may_withdraw": notice.is_undecided and day <= notice.withdraw_by,
        "may_choose": notice.is_undecided and day <= notice.choose_by,
        "letters": letters_for(notice) if part.private else [],
        "happenings": list(notice.happenings.select_related("by")) if part.private else [],
    }  # fmt: skip
    return render(request, "personnel/shared.html", context)


@require_POST
@needs("workforce.private")
@with_shared(lambda part: part.private)
def agree_shared(request: StaffRequest, notice: SharedNotice, _part: Part) -> HttpResponse:
    rules.agree_blocks(notice, by=request.user, at=now())
    messages.success(request, _("Agreed: the blocks are booked."))
    return redirect(page_of(notice))


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_shared(lambda part: part.private)
def refuse_shared(request: StaffRequest, notice: SharedNotice, _part: Part) -> HttpResponse:
    return show_form(
        request, filled(request, forms.RefuseSharedForm), title=_("Separate blocks cannot be agreed"),
        lead=notice.employment.person.full_name, back=page_of(notice),
        words=_("Written down. Tell them now."),
        rule=lambda data: rules.refuse_blocks(notice, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@signed_in
@with_shared()
def withdraw_shared(request: StaffRequest, notice: SharedNotice, part: Part) -> HttpResponse:
    rules.withdraw_notice(notice, own=part.own, by=request.user, at=now())
    messages.success(request, _("Withdrawn. It does not count among the notices for this child."))
    return redirect(page_of(notice))


@require_http_methods(["GET", "POST"])
@signed_in
@with_shared()
def choose_one_block(request: StaffRequest, notice: SharedNotice, part: Part) -> HttpResponse:
    rule = rules.rule_of(notice.employment, notice.event_on)
    begins = max([notice.spans[0][0], *([first_block_from(rule, notice.received_on)] if rule else [])])
    return show_form(
        request, filled(request, forms.OneBlockForm, initial={"day": begins}), back=page_of(notice),
        title=_("All weeks as one block"), lead=_("It cannot be refused, and counts as this notice."),
        words=_("The one block is booked."),
        rule=lambda data: rules.choose_one_block(
            notice, starts_on=data["day"], own=part.own, by=request.user, at=now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_shared(lambda part: part.private)
def write_shared_letter(request: StaffRequest, notice: SharedNotice, _part: Part, key: str) -> HttpResponse:
    return write_letter(request, notice, key, page_of(notice))
