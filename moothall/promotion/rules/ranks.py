"""Which rank somebody holds for good. Nothing here writes."""

import datetime as dt

from moothall.core.serving import for_the_office
from moothall.people.models import Person
from moothall.promotion.models import Period, Rank, TemporaryPromotion
from moothall.workforce.models import Assignment, Employment

from .refusals import NoPeriod


def employment_of(person: Person, *, on: dt.date) -> Employment | None:
    rows = Employment.objects.in_force(on).filter(person=person).select_related("person")
    return rows.order_by("-started_on", "-id").first()


@for_the_office()
def rank_of(employment: Employment, *, on: dt.date) -> Rank | None:
    """By the title of the post they hold that day; while promoted for a while, of the one before."""
    promoted = TemporaryPromotion.objects.in_force(on).filter(employment=employment)
    before = promoted.select_related("post_before").order_by("-from_on").first()
    if before is not None:
        return rank_of_title(before.post_before.title)
    rows = Assignment.objects.in_force(on).filter(employment=employment, is_main=True)
    held = rows.select_related("post").first()
    return rank_of_title(held.post.title) if held is not None else None


def rank_of_title(title: str) -> Rank | None:
    wanted = title.casefold()
    for rank in Rank.objects.in_use():
        if wanted in {each.casefold() for each in rank.titles}:
            return rank
    return None


def period_of(what: str, on: dt.date) -> Period:
    found = Period.objects.of_day(what, on)
    if found is None:
        raise NoPeriod
    return found
