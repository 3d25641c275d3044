"""A board is drawn up: a campaign for the office's own people, by the route of a rank."""

import datetime as dt

from django.db import transaction

from moothall.core.serving import for_the_office
from moothall.people.models import Account, Team
from moothall.promotion.models import Board, Rank
from moothall.records.rules.audit import append_audit
from moothall.recruitment.rules.campaigns import CampaignContent, Cohort, draw_up_campaign

from .refusals import NotToBeReached


@for_the_office()
@transaction.atomic
def draw_up_board(
    content: CampaignContent, *, rank: Rank, places: int, team: Team, by: Account | None, at: dt.datetime
) -> Board:
    """Nobody sees it until its campaign is published."""
    if rank.route is None or rank.below_id is None:
        raise NotToBeReached
    cohorts = [Cohort(rank.route, places, content.starts_on)]
    campaign = draw_up_campaign(content, team=team, by=by, at=at, cohorts=cohorts)
    made = Board.objects.create(campaign=campaign, rank=rank, made_at=at, made_by=by)
    append_audit("promotion.draw_up_board", about=made, by=by, at=at, detail={"rank": rank.key})
    return made
