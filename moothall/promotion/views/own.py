"""Promotion as people have it in their own menu: boards open to them, and the word of their manager."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.promotion.finding import own_application
from moothall.promotion.forms import AppealForm, SupportForm, language_now
from moothall.promotion.models import Board, TemporaryPromotion
from moothall.promotion.rules import appealing, applying, checking
from moothall.promotion.rules.eligibility import findings
from moothall.recruitment.models import Application, Campaign, Draft
from moothall.recruitment.rules.drafts import RULES
from moothall.recruitment.rules.links import signed_application, signed_draft


def open_boards() -> list[Board]:
    """Those that can be applied to today, the next to close first."""
    day = today()
    live = Campaign.objects.standing().filter(
        published_at__isnull=False, opens_on__lte=day, closes_on__gte=day
    )
    rows = Board.objects.in_full().filter(campaign__in=live.order_by().values("pk"))
    return list(rows.order_by("campaign__closes_on", "pk")[:50])


@for_the_office()
def applications_of(account: Account) -> list[Application]:
    rows = Application.objects.in_full().filter(
        applicant__person=account.person_id or 0, campaign__promotion_board__isnull=False
    )
    found = list(rows.select_related("pool_place__rank", "promotion_appeal").order_by("-pk")[:50])
    for each in found:
        each.signed = signed_application(each)  # type: ignore[attr-defined]
        each.may_appeal = appealing.may_appeal(each, on=today())  # type: ignore[attr-defined]
    return found


@require_GET
@signed_in
def my_promotion(request: StaffRequest) -> HttpResponse:
    """Boards open today with what speaks against applying, and how far one's own applications are."""
    employment = applying.own_employment(request.user, on=today())
    boards = open_boards() if employment is not None else []
    applications = applications_of(request.user)
    for each in boards:
        each.findings = [  # type: ignore[attr-defined]
            one for one in findings(each, employment, today=today(), language=language_now()) if not one.met
        ] if employment else []  # fmt: skip
        each.stopped = any(one.stops for one in each.findings)  # type: ignore[attr-defined]
        each.applied = any(  # type: ignore[attr-defined]
            one.campaign_id == each.campaign_id and not one.is_withdrawn for one in applications
        )
    with for_the_office():
        begun = Draft.objects.filter(account=request.user, sent_at=None, expires_at__gt=now())
        drafts = set(begun.values_list("campaign", flat=True))
    promoted = (
        TemporaryPromotion.objects.standing().in_full().filter(employment__person=request.user.person_id or 0)
    )
    context = {"boards": boards, "applications": applications, "drafts": drafts, "promoted": promoted}
    return render(request, "promotion/mine.html", context | {"works_here": employment is not None})


@require_POST
@signed_in
def apply_to_board(request: StaffRequest, number: int) -> HttpResponse:
    """To the form of the application; one that is begun already is gone on with."""
    board = next((each for each in open_boards() if each.pk == number), None)
    if board is None or applying.own_employment(request.user, on=today()) is None:
        raise Http404
    draft = applying.apply_to_board(board, by=request.user, language=language_now(), at=now())
    return redirect("apply_page", signed=signed_draft(draft), page=RULES)


@signed_in
def ask_for_promotion_appeal(request: StaffRequest, number: int) -> HttpResponse:
    found = own_application(request.user, number)
    return show_form(
        request, filled(request, AppealForm), title=_("Ask for a result to be looked at again"),
        lead=found.campaign.name_in(language_now()), back=reverse("my_promotion"),
        words=_("We have it. You will hear what comes of it."),
        rule=lambda data: appealing.ask_for_appeal(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_GET
@signed_in
def promotions_to_support(request: StaffRequest) -> HttpResponse:
    """Those of one's people who have applied and wait for a word, and what one has said."""
    context = {
        "waiting": checking.to_support(request.user, on=today()),
        "said": checking.said_by(request.user),
    }
    return render(request, "promotion/to_support.html", context)


def _to_support(account: Account, number: int) -> Application:
    waiting = checking.to_support(account, on=today())
    found = next((each for each in waiting if each.pk == number), None)
    if found is None:
        raise Http404
    return found


@signed_in
def support_candidate(request: StaffRequest, number: int) -> HttpResponse:
    """By their manager of today; anybody else finds nothing here."""
    found = _to_support(request.user, number)
    return show_form(
        request, filled(request, SupportForm), title=_("Recommend somebody for promotion"),
        lead=f"{found.applicant.person.full_name} · {found.campaign.name_in(language_now())}",
        words=_("Your word is with the application."), back=reverse("promotions_to_support"),
        undo=lambda _made: reverse("take_back_support", args=[number]),
        rule=lambda data: checking.support(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@signed_in
def take_back_support(request: StaffRequest, number: int) -> HttpResponse:
    """As long as nobody has marked it."""
    found = next((one for one in checking.said_by(request.user) if one.application_id == number), None)
    if found is None:
        raise Http404
    checking.take_back_support(found.application, by=request.user, at=now())
    messages.success(request, _("It is taken back: say it anew."))
    return redirect("promotions_to_support")
