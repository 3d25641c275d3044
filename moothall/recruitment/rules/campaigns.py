"""A campaign is drawn up, given places, published, and ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from moothall.core.serving import for_the_office
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Campaign, CampaignStage, Places, RoleProfile, Route, Vacancy

from .refusals import (
    ClosesBefore,
    EndedAlready,
    NotApproved,
    NotEnded,
    NotPublished,
    NoVacancies,
    PeopleApplied,
    PlacesNeeded,
    PublishedAlready,
    WelshMissing,
)
from .timetable import plan_stages, routes_of


@dataclass(frozen=True, kw_only=True)
class CampaignContent:
    """What is known of a campaign while it is drawn up."""

    name: str
    profile: RoleProfile
    opens_on: dt.date
    closes_on: dt.date
    name_cy: str = ""
    about: str = ""
    about_cy: str = ""
    starts_on: dt.date | None = None
    again_after_days: int = 0
    vacancies: Sequence[Vacancy] = ()


@dataclass(frozen=True)
class Cohort:
    """So many places by a route, for those who start on a day."""

    route: Route
    places: int
    starts_on: dt.date | None = None


def _held(campaign: Campaign) -> Campaign:
    held: Campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if held.ended_at is not None:
        raise EndedAlready
    return held


def _fill(campaign: Campaign, content: CampaignContent) -> None:
    if content.closes_on < content.opens_on:
        raise ClosesBefore
    for name, value in vars(content).items():
        if name != "vacancies":
            setattr(campaign, name, value.strip() if isinstance(value, str) else value)
    campaign.save()
    campaign.vacancies.set(content.vacancies)


@for_the_office()
@transaction.atomic
def draw_up_campaign(
    content: CampaignContent,
    *,
    team: Team,
    by: Account | None,
    at: dt.datetime,
    cohorts: Sequence[Cohort] | None = None,
) -> Campaign:
    """Nobody outside sees it until it is published. How many come in by which route may be said later."""
    made = Campaign(team=team, made_at=at, made_by=by)
    _fill(made, content)
    if cohorts is not None:
        _put_places(made, cohorts)
    append_audit("recruitment.draw_up", about=made, by=by, at=at)
    return made


@for_the_office()
@transaction.atomic
def change_campaign(
    campaign: Campaign, content: CampaignContent, *, by: Account | None, at: dt.datetime
) -> Campaign:
    """While nobody outside has read it."""
    held = _held(campaign)
    if held.published_at is not None:
        raise PublishedAlready
    _fill(held, content)
    _lay_out(held)
    append_audit("recruitment.change_campaign", about=held, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def set_places(
    campaign: Campaign, cohorts: Sequence[Cohort], *, by: Account | None, at: dt.datetime
) -> Campaign:
    """How many come in by which route, and when they start; the timetable follows."""
    held = _held(campaign)
    before = {route.pk for route in routes_of(held)}
    gone = before - {each.route.pk for each in cohorts}
    if held.applications.filter(route__in=gone).exists():
        raise PeopleApplied
    _put_places(held, cohorts)
    append_audit("recruitment.set_places", about=held, by=by, at=at)
    return held


def _put_places(campaign: Campaign, cohorts: Sequence[Cohort]) -> None:
    if not cohorts:
        raise PlacesNeeded
    campaign.places.all().delete()
    summed: dict[tuple[int, dt.date | None], Places] = {}
    for each in cohorts:
        row = summed.setdefault(
            (each.route.pk, each.starts_on),
            Places(campaign=campaign, route=each.route, starts_on=each.starts_on, places=0),
        )
        row.places += each.places
    Places.objects.bulk_create(summed.values())
    _lay_out(campaign)


def _lay_out(campaign: Campaign) -> None:
    """The stages of every route, worked out anew from its process and the days of the campaign."""
    campaign.stages.all().delete()
    CampaignStage.objects.bulk_create(
        CampaignStage(
            campaign=campaign, route=route, key=stage.key, position=position, begins_on=stage.begins_on,
            target_on=stage.target_on,
        )
        for route in routes_of(campaign)
        for position, stage in enumerate(
            plan_stages(route, opens_on=campaign.opens_on, closes_on=campaign.closes_on), start=1
        )
    )  # fmt: skip


@for_the_office()
@transaction.atomic
def publish_campaign(campaign: Campaign, *, by: Account | None, at: dt.datetime) -> Campaign:
    """From the day it opens anybody can apply. Every vacancy in it is approved, and it reads in both
    languages."""
    held = _held(campaign)
    if held.published_at is not None:
        raise PublishedAlready
    if not (held.name_cy and held.about and held.about_cy):
        raise WelshMissing
    wanted = held.vacancies.count()
    if not wanted:
        raise NoVacancies
    if held.vacancies.approved_now().count() < wanted:
        raise NotApproved
    if not held.places.exists():
        raise PlacesNeeded
    held.published_at, held.published_by = at, by
    held.save(update_fields=["published_at", "published_by"])
    append_audit("recruitment.publish", about=held, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def take_back_publishing(campaign: Campaign, *, by: Account, at: dt.datetime) -> Campaign:
    """It was published by mistake: as long as nobody applied, it is being drawn up again."""
    held = _held(campaign)
    if held.published_at is None:
        raise NotPublished
    if held.applications.exists():
        raise PeopleApplied
    held.published_at = held.published_by = None
    held.save(update_fields=["published_at", "published_by"])
    append_audit("recruitment.take_back_publishing", about=held, by=by, at=at)
    return held


@for_the_office()
@transaction.atomic
def end_campaign(campaign: Campaign, *, because: str, by: Account, at: dt.datetime) -> Campaign:
    """Nobody applies any more. Whoever has applied keeps their case until it is decided."""
    held = _held(campaign)
    held.ended_at, held.ended_by, held.ended_because = at, by, because.strip()
    held.save(update_fields=["ended_at", "ended_by", "ended_because"])
    append_audit("recruitment.end_campaign", about=held, by=by, at=at, detail={"because": because})
    return held


@for_the_office()
@transaction.atomic
def go_on_with_campaign(campaign: Campaign, *, by: Account, at: dt.datetime) -> Campaign:
    held: Campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if held.ended_at is None:
        raise NotEnded
    held.ended_at, held.ended_by, held.ended_because = None, None, ""
    held.save(update_fields=["ended_at", "ended_by", "ended_because"])
    append_audit("recruitment.go_on", about=held, by=by, at=at)
    return held
