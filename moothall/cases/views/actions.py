"""Everything somebody can do to a case as a whole."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.cases import forms
from moothall.cases.models import Case
from moothall.cases.rules import access, assigning, closing, details, holding, linking, merging, receiving
from moothall.cases.rules.definition import definition_of
from moothall.cases.visiting import act, bound, done, find_case, with_case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest


@needs("cases.assign")
@with_case
def assign(request: StaffRequest, case: Case) -> HttpResponse:
    initial = {"to": str(case.assignee_id or ""), "edition": case.edition}
    return act(
        request, case, bound(request, forms.AssignForm, case=case, initial=initial),
        title=_("Assign"), button=_("Assign"), words=_("Assigned."),
        rule=lambda data: assigning.assign_case(
            case, to=data["to"], by=request.user, at=now(), edition=data["edition"]
        ),
    )  # fmt: skip


@require_POST
@needs("cases.work")
@with_case
def take(request: StaffRequest, case: Case) -> HttpResponse:
    entry = assigning.assign_case(case, to=request.user, by=request.user, at=now())
    return done(request, case, _("This case is yours."), entry)


@needs("cases.assign")
@with_case
def hand_over(request: StaffRequest, case: Case) -> HttpResponse:
    return act(
        request, case, bound(request, forms.HandOverForm, case=case),
        title=_("Hand over to another team"), button=_("Hand over"), words=_("Handed over."),
        rule=lambda data: assigning.hand_over(
            case, to_team=data["team"], because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("cases.work")
@with_case
def hold(request: StaffRequest, case: Case) -> HttpResponse:
    return act(
        request, case, bound(request, forms.HoldForm),
        title=_("Hold until a day"), button=_("Hold"), words=_("On hold."),
        rule=lambda data: holding.hold_case(
            case, until=data["until"], because=data["because"], waiting_on=data["waiting_on"],
            by=request.user, at=now(), today=today(),
        ),
    )  # fmt: skip


@require_POST
@needs("cases.work")
@with_case
def resume(request: StaffRequest, case: Case) -> HttpResponse:
    return done(request, case, _("Taken up again."), holding.resume_case(case, by=request.user, at=now()))


@needs("cases.close")
@with_case
def close(request: StaffRequest, case: Case) -> HttpResponse:
    outcomes = list(definition_of(case.version).outcomes)
    form = bound(
        request, forms.CloseForm, outcomes=outcomes, language=get_language() or "en",
        initial={"edition": case.edition},
    )  # fmt: skip
    return act(
        request, case, form, title=_("Close"), button=_("Close case"), words=_("Closed."),
        rule=lambda data: closing.close_case(
            case, by=request.user, at=now(), outcome=data["outcome"], reason=data["reason"],
            edition=data["edition"],
        ),
    )  # fmt: skip


@needs("cases.close")
@with_case
def reopen(request: StaffRequest, case: Case) -> HttpResponse:
    return act(
        request, case, bound(request, forms.ReasonForm), title=_("Reopen"), button=_("Reopen"),
        words=_("Open again."),
        rule=lambda data: closing.reopen_case(case, by=request.user, at=now(), because=data["because"]),
    )  # fmt: skip


@needs("cases.work")
@with_case
def edit_details(request: StaffRequest, case: Case) -> HttpResponse:
    initial = {
        "title": case.title, "service": str(case.service_id), "requester": case.requester,
        "priority": str(case.priority), "language": case.language, "edition": case.edition,
    }  # fmt: skip
    form = bound(request, forms.DetailsForm, account=request.user, initial=initial)
    return act(
        request, case, form, title=_("Change details"),
        button=_("Save"), words=_("Saved."),
        rule=lambda data: details.change_details(
            case, title=data["title"], service=data["service"], requester=data["requester"],
            priority=int(data["priority"]), language=data["language"], by=request.user, at=now(),
            edition=data["edition"],
        ),
    )  # fmt: skip


@needs("cases.work")
@with_case
def correct_received(request: StaffRequest, case: Case) -> HttpResponse:
    return act(
        request, case, bound(request, forms.ReceivedForm), title=_("Correct the date received"),
        button=_("Save"), words=_("Every clock has been worked out again."),
        rule=lambda data: receiving.correct_received_day(
            case, day=data["received"], because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("cases.work")
@with_case
def link(request: StaffRequest, case: Case) -> HttpResponse:
    def link_or_merge(data: dict[str, str]) -> None:
        other = find_case(request, data["reference"])
        if data["kind"] == "MERGED":
            merging.merge_case(case, into=other, by=request.user, at=now())
        else:
            linking.link_cases(case, other, kind=data["kind"], by=request.user, at=now())

    asked = {"reference": request.GET.get("reference", "")[:20], "kind": request.GET.get("kind", "RELATED")}
    return act(
        request, case, bound(request, forms.LinkForm, initial=asked), title=_("Link or merge"),
        button=_("Link"), words=_("Linked."), rule=link_or_merge,
    )  # fmt: skip


@require_POST
@needs("cases.work")
@with_case
def end_link(request: StaffRequest, case: Case, link_id: int) -> HttpResponse:
    found = details.link_of(case, link_id)
    linking.end_link(found, by=request.user, at=now())
    return done(request, case, _("The two cases are apart again."))


@needs("cases.restrict")
@with_case
def restrict(request: StaffRequest, case: Case) -> HttpResponse:
    form = bound(request, forms.ConfidentialityForm, initial={"level": case.confidentiality})
    return act(
        request, case, form, title=_("Who may see this case"), button=_("Save"), words=_("Saved."),
        warning=True,
        rule=lambda data: access.set_confidentiality(
            case, level=data["level"], named=data["named"], because=data["because"], by=request.user,
            at=now(),
        ),
    )  # fmt: skip


@needs("cases.view")
def ask_to_read(request: StaffRequest, reference: str) -> HttpResponse:
    case = find_case(request, reference)

    def open_to_them(data: dict[str, Any]) -> None:
        access.open_sealed(case, by=request.user, at=now(), reason=data["because"])

    return act(
        request,
        case,
        bound(request, forms.ReasonForm),
        title=_("This case is sealed"),
        button=_("Open it"),
        words=_("Open to you for half an hour. Your reason has been recorded."),
        rule=open_to_them,
        extra={"sealed": True},
    )
