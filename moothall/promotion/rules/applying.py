"""The office's own people apply: only who meets every rule that stops begins, and goes on where they were."""

import datetime as dt

from django.db import transaction

from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.promotion.models import Board
from moothall.recruitment.models import Draft
from moothall.recruitment.rules.drafts import begin_draft
from moothall.recruitment.rules.refusals import NotOpen
from moothall.workforce.models import Employment

from .eligibility import findings
from .ranks import employment_of
from .refusals import NoStaffRecord, NotOpenToYou


def own_employment(account: Account, *, on: dt.date) -> Employment | None:
    return employment_of(account.person, on=on) if account.person is not None else None


@for_the_office()
@transaction.atomic
def apply_to_board(board: Board, *, by: Account, language: str, at: dt.datetime) -> Draft:
    """A draft that is not sent yet is gone on with."""
    kept = Draft.objects.filter(campaign=board.campaign_id, account=by, sent_at=None, expires_at__gt=at)
    if (draft := kept.order_by("-pk").first()) is not None:
        return draft
    day = in_london(at).date()
    if board.rank.route is None or not board.campaign.is_open(day):
        raise NotOpen
    employment = own_employment(by, on=day)
    if employment is None:
        raise NoStaffRecord
    stopping = [each.told for each in findings(board, employment, today=day, language=language) if each.stops]
    if stopping:
        raise NotOpenToYou(" ".join(stopping))
    return begin_draft(board.campaign, board.rank.route, account=by, language=language, at=at)
