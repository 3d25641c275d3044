"""One thing that falls due: its steps, its letters, and what is decided."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.terms.forms import SettleForm, StepForm, TermForm
from moothall.terms.models import Term, TermStep
from moothall.terms.rules import deciding, opening, stepping, telling
from moothall.terms.rules.plans import four_years_of, guard_of, notice_weeks, protected_from
from moothall.terms.rules.probation_hearings import may_be_heard
from moothall.terms.rules.retiring import has_notice
from moothall.workforce.models import Employment
from moothall.workforce.visiting import with_employment

from .finding import Rights, find_kept, find_term, find_to_decide, rights_over

OFFICERS = (Employment.OFFICER, Employment.SPECIAL)


@signed_in
@require_GET
def term(request: StaffRequest, number: int) -> HttpResponse:
    found, employment, rights = find_term(request, number)
    open_now = found.settled_at is None and found.withdrawn_at is None
    context = {
        "term": found, "employment": employment, "rights": rights, "open_now": open_now,
        "steps": _steps(found, rights), "late": found.is_late(today()), "day": today(),
        "letters": found.letters.select_related("letter"), "lines": _lines(found),
        "to_write": _letters_by_hand(found, rights) if rights.keeps and open_now else [],
        "hearings": found.hearings.select_related("written_by") if rights.keeps or rights.own else [],
        "may_hear": open_now and rights.keeps and not rights.own and may_be_heard(found),
        "may_give_notice": open_now and rights.own and _asks_to_retire(found),
        "later": Term.objects.standing().filter(extends=found).first(),
        "way": dict(Term.WAYS).get(found.route) if rights.sees_way and found.kind == Term.RETIREMENT else "",
    }  # fmt: skip
    return render(request, "terms/term.html", context)


def _asks_to_retire(found: Term) -> bool:
    return found.kind == Term.RETIREMENT and not has_notice(found)


def _steps(found: Term, rights: Rights) -> Any:
    """What only an ill-health retirement brings is not there for whoever may not know of it."""
    steps = found.steps.select_related("done_by")
    return steps if rights.sees_way else steps.exclude(key="DECISION_IN")


def _lines(found: Term) -> dict[str, Any]:
    """Where the law draws a line for this term, with the row that says so."""
    employment = found.employment
    if found.settled_at is not None or employment.workforce != Employment.EMPLOYEE:
        return {}
    if found.kind == Term.PROBATION:
        return {"safe": guard_of(employment), "protected": protected_from(employment)}
    if found.kind == Term.FIXED_TERM:
        day, rule = four_years_of(employment) or (None, None)
        return {"four_years": day, "rule": rule, "weeks": notice_weeks(employment, found.due_on)}
    return {}


def _letters_by_hand(found: Term, rights: Rights) -> list[tuple[str, str]]:
    """Letters that somebody decides to send on the way, by key and name."""
    is_officer = found.employment.workforce in OFFICERS
    keys = {
        Term.PROBATION: ["reg12_notice", "reg13_notice"] if is_officer else [],
        Term.FIXED_TERM: ["ftc_consult"],
        Term.RETIREMENT: ["pension_estimate", "retirement_ack"]
        + (["ihr_decision"] if found.route == Term.ILL_HEALTH and rights.sees_way else []),
    }.get(found.kind, [])
    sent = set(found.letters.values_list("key", flat=True))
    return [(key, telling.name_of(key)) for key in keys if key not in sent]


@signed_in
def settle_term(request: StaffRequest, number: int) -> HttpResponse:
    found, employment, rights = find_to_decide(request, number)
    heard = found.hearings.took_place().first()
    begun = {"outcome": heard.leads_to} if heard is not None else {}
    form = filled(request, SettleForm, term=found, may_end=rights.keeps, initial=begun)
    return show_form(
        request, form, title=_("Decide"), button=_("Decide"), back=reverse("term", args=[found.pk]),
        words=_("It is settled, and they are written to."),
        lead=f"{employment.person}: {found.get_kind_display()}",
        template="terms/settle.html", context={"term": found, "lines": _lines(found)},
        undo=(lambda held: reverse("unsettle_term", args=[held.pk])) if rights.keeps else None,
        rule=lambda data: deciding.settle_term(found, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@needs("workforce.edit")
@require_POST
def unsettle_term(request: StaffRequest, number: int) -> HttpResponse:
    found, _employment, _rights = find_kept(request, number)
    deciding.unsettle_term(found, by=request.user, at=now())
    messages.success(request, _("It is open again, and what followed is taken back."))
    return redirect("term", found.pk)


@needs("workforce.edit")
@require_POST
def withdraw_term(request: StaffRequest, number: int) -> HttpResponse:
    found, _employment, _rights = find_kept(request, number)
    opening.call_off_term(found, by=request.user, at=now())
    undo = reverse("restore_term", args=[found.pk])
    messages.success(request, _("It falls due no longer."), extra_tags=undo)
    return redirect("term", found.pk)


@needs("workforce.edit")
@require_POST
def restore_term(request: StaffRequest, number: int) -> HttpResponse:
    found, _employment, _rights = find_kept(request, number)
    opening.restore_term(found, by=request.user, at=now())
    messages.success(request, _("It falls due again."))
    return redirect("term", found.pk)


@needs("workforce.edit")
def term_letter(request: StaffRequest, number: int, key: str) -> HttpResponse:
    """The letter as it would go, and sending it."""
    found, employment, rights = find_kept(request, number)
    if key not in dict(_letters_by_hand(found, rights)):
        raise Http404
    if request.method == "POST":
        sent = telling.write_about(found, key, by=request.user, at=now())
        if sent is None:
            messages.info(request, _("They have no email address. Ask them, or print what it says."))
        else:
            messages.success(request, _("It is in the outbox, and can be recalled there for a while."))
        return redirect("term", found.pk)
    subject, body = telling.preview(found, key, by=request.user, at=now())
    context = {"term": found, "employment": employment, "key": key, "subject": subject, "body": body}
    return render(request, "terms/letter.html", context)


@signed_in
def finish_step(request: StaffRequest, number: int, step: int) -> HttpResponse:
    found, employment, _rights = find_to_decide(request, number)
    theirs = _step(found, step)
    form = filled(request, StepForm, initial={"done_on": today()})
    return show_form(
        request, form, title=theirs.get_key_display(), words=_("It is done."), button=_("Done"),
        back=reverse("term", args=[found.pk]), lead=f"{employment.person}: {found.get_kind_display()}",
        undo=lambda _done: reverse("reopen_term_step", args=[found.pk, theirs.pk]),
        rule=lambda data: stepping.finish_step(theirs, by=request.user, at=now(), **data),
    )  # fmt: skip


@signed_in
@require_POST
def reopen_step(request: StaffRequest, number: int, step: int) -> HttpResponse:
    found, _employment, _rights = find_to_decide(request, number)
    stepping.reopen_step(_step(found, step), by=request.user, at=now())
    messages.success(request, _("It is not done after all."))
    return redirect("term", found.pk)


def _step(found: Term, step: int) -> TermStep:
    theirs = found.steps.filter(pk=step).first()
    if theirs is None:
        raise Http404
    theirs.term = found
    return theirs


@needs("workforce.edit")
def add_term(request: StaffRequest, number: str) -> HttpResponse:
    """A retirement, a secondment, acting up, or the probation of somebody whose route was not known."""
    return _add(request, number)


@with_employment
def _add(request: StaffRequest, employment: Employment) -> HttpResponse:
    rights = rights_over(request.user, employment)
    if not rights.keeps or rights.own:
        raise PermissionDenied
    form = filled(request, TermForm, employment=employment, initial={"began_on": employment.started_on})
    return show_form(
        request, form, title=_("Add what falls due"), words=_("It is on the record, with its steps."),
        back=reverse("staff_record", args=[employment.number]), lead=employment.person.full_name,
        onward=lambda made: reverse("term", args=[made.pk]),
        rule=lambda data: _open(request, employment, data),
    )  # fmt: skip


def _open(request: StaffRequest, employment: Employment, data: dict[str, Any]) -> Term:
    due: dt.date = data["due_on"] or opening.probation_ends(employment, data["route"])
    given = {name: data[name] for name in ("kind", "began_on", "route", "title")}
    return opening.open_term(employment, due_on=due, by=request.user, at=now(), **given)
