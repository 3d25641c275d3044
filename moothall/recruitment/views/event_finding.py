"""How pages of selection events find what they are about; somebody else's does not exist."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from moothall.people.models import Account
from moothall.recruitment.finding import WORKS, may_run
from moothall.recruitment.models import (
    EventAssessor,
    EventCandidate,
    EventPlan,
    SelectionEvent,
)


def find_event(account: Account, number: int) -> SelectionEvent:
    found = SelectionEvent.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def event_to_run(account: Account, number: int) -> SelectionEvent:
    found = find_event(account, number)
    if not may_run(account, found.campaign):
        raise PermissionDenied(WORKS)
    return found


def part_of(rows: Any, number: int) -> Any:
    """One of an event's own rows."""
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def assessor_of(event: SelectionEvent, number: int) -> EventAssessor:
    found: EventAssessor = part_of(event.assessors.select_related("account", "event"), number)
    return found


def candidate_of(event: SelectionEvent, number: int) -> EventCandidate:
    found: EventCandidate = part_of(event.candidates.in_full(), number)
    return found


def plan_of(event: SelectionEvent, number: int) -> EventPlan:
    found: EventPlan = part_of(event.plans.select_related("event__campaign", "mends", "asked_by"), number)
    return found


def own_assessor(account: Account, number: int) -> EventAssessor:
    """Only what somebody assesses themselves exists."""
    found = EventAssessor.objects.of(account).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
