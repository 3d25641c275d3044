"""Plans for contact that has become unreasonable: from proposal to end. For those who make plans alone."""

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.casework import forms
from moothall.casework.models import ContactPlan
from moothall.casework.rules import planning_contact as rules
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import Column, Empty, FlagFilter, Listing, show_list
from moothall.people.models import ContactPoint, Person
from moothall.people.requests import StaffRequest

STATES = {
    "PROPOSED": gettext_lazy("Waits for approval"),
    "REFUSED": gettext_lazy("Not approved"),
    "IN_FORCE": gettext_lazy("In force"),
    "TO_COME": gettext_lazy("Begins later"),
    "EXPIRED": gettext_lazy("Lapsed"),
    "ENDED": gettext_lazy("Ended"),
}
DECISIONS = {
    "STANDS": gettext_lazy("The plan stands"),
    "CHANGED": gettext_lazy("It stands until another is proposed in its place"),
    "LIFTED": gettext_lazy("The plan ends now"),
}


class ContactPlanList(Listing[ContactPlan]):
    key, title = "contact-plans", gettext_lazy("Contact plans")
    sort, opens_with = "review", "standing=1"
    ready_views = ((gettext_lazy("Standing"), "standing=1"), (gettext_lazy("All"), ""))
    columns = (
        Column("person", gettext_lazy("Who"), value=lambda row: row.person.full_name),
        Column("state", gettext_lazy("How it stands"), value=lambda row: STATES[row.state(today())]),
        Column("how", gettext_lazy("What is different"),
               value=lambda row: rules.how_they_may(row) or row.instruction),
        Column("until", gettext_lazy("Until"), value=lambda row: row.until_on),
        Column("review", gettext_lazy("Looked at again on"), sort="review_on",
               value=lambda row: row.review_on),
    )  # fmt: skip
    filters = (
        FlagFilter(
            "standing", gettext_lazy("Standing"),
            apply=lambda rows: rows.filter(ended_at=None, refused_at=None, until_on__gte=today()),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No contact plans"),
        gettext_lazy("A plan is proposed from a person's page, and approved by somebody else."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[ContactPlan]:
        return ContactPlan.objects.visible_to(request.user).select_related("person", "officer")

    def address(self, row: ContactPlan) -> str:
        return reverse("contact_plan", args=[row.pk])


@needs("casework.plan")
def contact_plan_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, ContactPlanList())


def find_plan(request: StaffRequest, number: int) -> ContactPlan:
    rows = ContactPlan.objects.visible_to(request.user).select_related(
        "person", "officer", "letter", "proposed_by", "approved_by", "refused_by", "decided_by", "ended_by"
    )
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _page_of(plan: ContactPlan) -> str:
    return reverse("contact_plan", args=[plan.pk])


@require_GET
@needs("casework.plan")
def contact_plan(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    state = found.state(today())
    context = {
        "plan": found, "state": state, "stands": state in {"IN_FORCE", "TO_COME"},
        "own": found.proposed_by_id == request.user.pk,
        "appealed": found.appealed_at and not found.decided_at,
        "approved_it": found.approved_by_id == request.user.pk, "decided": DECISIONS.get(found.decision, ""),
        "look_again": found.review_on <= today(), "reviews": found.reviews.select_related("by"),
    }  # fmt: skip
    return render(request, "casework/contact_plan.html", context)


@needs("casework.plan")
def propose_plan(request: StaffRequest, reference: str) -> HttpResponse:
    person = Person.objects.visible_to(request.user).current().filter(reference=reference.upper()).first()
    if person is None:
        raise Http404
    day = today()
    initial = {
        "from_on": day, "review_on": day + relativedelta(months=3), "until_on": day + relativedelta(months=6),
    }  # fmt: skip
    form = filled(request, forms.PlanForm, account=request.user, initial=initial)
    return show_form(
        request, form, title=_("Contact plan for %(name)s") % {"name": person.full_name},
        button=_("Propose the plan"), back=reverse("person_page", args=[person.reference]),
        words=_("Proposed. Somebody else has to approve it."), onward=_page_of,
        rule=lambda data: rules.propose_plan(
            person, reason=data["reason"], restriction=form.as_restriction(), from_on=data["from_on"],
            until_on=data["until_on"], review_on=data["review_on"], by=request.user, at=now(),
        ),
    )  # fmt: skip


@require_POST
@needs("casework.plan")
def approve_plan(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    rules.approve_plan(found, by=request.user, at=now())
    messages.success(request, _("Approved. Now tell them by letter."))
    return redirect(_page_of(found))


@needs("casework.plan")
def refuse_plan(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    return show_form(
        request, filled(request, forms.ReasonForm), back=_page_of(found), lead=str(found),
        title=_("Do not approve the plan"),
        words=_("The plan is not approved."), button=_("Do not approve"),
        rule=lambda data: rules.refuse_plan(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("casework.plan")
def tell_plan(request: StaffRequest, number: int) -> HttpResponse:
    """The letter to the person, in their language and at an address of theirs."""
    found = find_plan(request, number)
    asked = request.GET.get("language") or found.person.language
    language = "cy" if asked == "cy" else "en"
    subject, text = rules.words_of(found, language=language, by=request.user, at=now())
    points = ContactPoint.objects.in_use().visible_to(request.user).filter(person=found.person)
    mail = (
        points.filter(kind=ContactPoint.EMAIL, undeliverable_since=None).order_by("-preferred", "id").first()
    )
    post = points.filter(kind=ContactPoint.POST).order_by("-preferred", "id").first()
    point = mail or post
    initial = {
        "channel": "PRINT" if point is not None and point.kind == ContactPoint.POST else "MAIL",
        "address": point.value if point else "", "language": language, "subject": subject, "text": text,
    }  # fmt: skip
    return show_form(
        request, filled(request, forms.PlanLetterForm, initial=initial), back=_page_of(found),
        lead=str(found), title=_("Tell them"),
        words=_("Your letter leaves in 15 seconds."), button=_("Send"),
        rule=lambda data: rules.tell_person(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("casework.plan")
def review_plan(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    initial = {"review_on": today() + relativedelta(months=3), "until_on": today() + relativedelta(months=6)}
    return show_form(
        request, filled(request, forms.PlanReviewForm, initial=initial), back=_page_of(found),
        lead=str(found), title=_("Look at it again"),
        words=_("The plan stands until the new day."),
        rule=lambda data: rules.review_plan(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("casework.plan")
def end_plan(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    return show_form(
        request, filled(request, forms.ReasonForm), back=_page_of(found), lead=str(found),
        title=_("End the plan"), button=_("End the plan"),
        words=_("The plan has ended."), warning=True,
        rule=lambda data: rules.end_plan(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("casework.plan")
def appeal_plan(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    return show_form(
        request, filled(request, forms.AppealForm), back=_page_of(found), lead=str(found),
        title=_("They object"),
        words=_("Written down. Somebody who did not approve the plan decides."),
        rule=lambda data: rules.record_appeal(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("casework.plan")
def decide_appeal(request: StaffRequest, number: int) -> HttpResponse:
    found = find_plan(request, number)
    return show_form(
        request, filled(request, forms.DecisionForm), back=_page_of(found), lead=str(found),
        title=_("Decide on their objection"),
        words=_("Decided. Tell them by letter."),
        rule=lambda data: rules.decide_appeal(found, **data, by=request.user, at=now()),
    )  # fmt: skip
