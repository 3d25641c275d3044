"""What a case page offers to do, in one order everywhere. Apps above add their own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moothall.core.lists import BulkAction
from moothall.core.refusals import Words
from moothall.people.requests import StaffRequest

from .models import Case
from .rules.access import BY_NAME
from .rules.acting import may_act


@dataclass(frozen=True)
class Action:
    """A button on the case page: where it goes, who may press it, and when it makes sense."""

    order: int
    text: Words
    url_name: str
    permission: str
    key: str = ""
    post: bool = False
    first: bool = False
    offered: Callable[[Case], bool] = lambda case: not case.is_closed


@dataclass(frozen=True)
class Offer:
    text: Words
    href: str
    key: str
    post: bool


_actions: list[Action] = []
bulk_actions: list[BulkAction] = []


def offer(action: Action) -> None:
    _actions.append(action)
    _actions.sort(key=lambda each: each.order)


def offer_in_bulk(action: BulkAction) -> None:
    """A button under the list of cases, for those that are ticked."""
    if all(each.key != action.key for each in bulk_actions):
        bulk_actions.append(action)


def offers_for(request: StaffRequest, case: Case) -> tuple[list[Offer], list[Offer]]:
    """The buttons this person gets on this case: the few first ones, and the rest."""
    user = request.user
    first: list[Offer] = []
    rest: list[Offer] = []
    for action in _actions:
        if may_act(case, user, action.permission) and action.offered(case):
            made = Offer(
                action.text, reverse(action.url_name, args=[case.reference]), action.key, action.post
            )
            (first if action.first else rest).append(made)
    return first, rest


def offer_own_actions() -> None:
    """The actions every case has; called once, from `apps.py`."""
    for action in (
        Action(20, _("Note"), "add_note", "cases.work", "n", first=True),
        Action(30, _("Log a call"), "add_call", "cases.work", "p", first=True),
        Action(40, _("Take it"), "take", "cases.work", "t", post=True, first=True, offered=_nobodys),
        Action(41, _("Assign"), "assign", "cases.assign", "a", first=True),
        Action(42, _("Hand over"), "hand_over", "cases.assign", "h", first=True),
        Action(50, _("Hold"), "hold", "cases.work", "o", first=True, offered=_not_held),
        Action(51, _("Take up again"), "resume", "cases.work", "o", post=True, first=True, offered=_held),
        Action(60, _("Close"), "close", "cases.close", "c", first=True),
        Action(
            61, _("Reopen"), "reopen", "cases.close", "c", first=True, offered=lambda case: case.is_closed
        ),
        Action(70, _("Change details"), "edit_details", "cases.work", "e"),
        Action(71, _("Correct the date received"), "correct_received", "cases.work", offered=_always),
        Action(80, _("Link or merge"), "link", "cases.work", "l"),
        Action(90, _("Who may see it"), "restrict", "cases.restrict", offered=_always),
        Action(91, _("Who has read it"), "readers", "cases.restrict", offered=_by_name),
    ):
        offer(action)


for each in (
    BulkAction("assign", _("Assign"), permission="cases.assign", url_name="assign_many", letter="a"),
    BulkAction("take", _("Take"), permission="cases.work", url_name="take_many", letter="t"),
    BulkAction("close", _("Close"), permission="cases.close", url_name="close_many", letter="c"),
):
    offer_in_bulk(each)


def _always(case: Case) -> bool:
    return True


def _by_name(case: Case) -> bool:
    return case.confidentiality in BY_NAME


def _nobodys(case: Case) -> bool:
    return not case.is_closed and case.assignee_id is None


def _held(case: Case) -> bool:
    return not case.is_closed and case.held_until is not None


def _not_held(case: Case) -> bool:
    return not case.is_closed and case.held_until is None
