"""How pages of recruitment find a campaign, a vacancy or an application, and who may change it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from moothall.people.models import Account

from .models import Application, Campaign, Vacancy

WORKS = "cases.work"


def find_campaign(account: Account, number: int) -> Campaign:
    """Only a campaign of a team whose cases one sees exists."""
    found = Campaign.objects.visible_to(account).select_related("team", "profile").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def may_run(account: Account, campaign: Campaign) -> bool:
    """Who works on cases of the team runs its campaigns."""
    return account.standing().covers(WORKS, [campaign.team_id])


def campaign_to_run(account: Account, number: int) -> Campaign:
    found = find_campaign(account, number)
    if not may_run(account, found):
        raise PermissionDenied(WORKS)
    return found


def find_vacancy(account: Account, number: int) -> Vacancy:
    found = Vacancy.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def find_application(account: Account, number: int) -> Application:
    found = Application.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def application_to_run(account: Account, number: int) -> Application:
    found = find_application(account, number)
    if not may_run(account, found.campaign):
        raise PermissionDenied(WORKS)
    return found
