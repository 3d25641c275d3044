"""How pages of promotion find a board, a candidate, a place in the pool or a promotion for a while."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.recruitment.finding import WORKS, application_to_run, may_run
from moothall.recruitment.models import Application

from .models import Board, PoolPlace, TemporaryPromotion

NOT_OWN = _("Nobody decides about their own promotion.")


def find_board(account: Account, number: int) -> Board:
    """Only a board of a team whose cases one sees exists."""
    found = Board.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def board_to_run(account: Account, number: int) -> Board:
    found = find_board(account, number)
    if not may_run(account, found.campaign):
        raise PermissionDenied(WORKS)
    return found


def candidate_to_run(account: Account, number: int) -> Application:
    """An application to a board, and not one’s own."""
    found = application_to_run(account, number)
    if found.applicant.person_id == account.person_id:
        raise PermissionDenied(NOT_OWN)
    if not Board.objects.filter(campaign=found.campaign_id).exists():
        raise Http404
    return found


def find_place(account: Account, number: int) -> PoolPlace:
    found = PoolPlace.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def place_to_run(account: Account, number: int) -> PoolPlace:
    found = find_place(account, number)
    if not may_run(account, found.application.campaign):
        raise PermissionDenied(WORKS)
    return found


def find_promotion(account: Account, number: int) -> TemporaryPromotion:
    found = TemporaryPromotion.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@for_the_office()
def own_application(account: Account, number: int) -> Application:
    """One's own, to a board."""
    own = Application.objects.in_full().filter(applicant__person=account.person_id or 0)
    found = own.filter(pk=number, campaign__promotion_board__isnull=False).first()
    if found is None:
        raise Http404
    return found


def place_to_post(account: Account, number: int) -> PoolPlace:
    """Not one’s own."""
    found = find_place(account, number)
    if found.application.applicant.person_id == account.person_id:
        raise PermissionDenied(NOT_OWN)
    return found


def promotion_to_keep(account: Account, number: int) -> TemporaryPromotion:
    """Not one’s own."""
    found = find_promotion(account, number)
    if found.employment.person_id == account.person_id:
        raise PermissionDenied(NOT_OWN)
    return found
