"""Applying: begun, answered page by page, kept for a while, thrown away."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from moothall.core.clock import in_london
from moothall.core.signed_links import new_token
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Campaign, Criterion, Draft, Route
from moothall.workforce.models import Employment

from . import entry, monitoring
from .refusals import NotKept, NotOpen, SentAlready
from .timetable import routes_of

KEPT_FOR: Final = dt.timedelta(days=28)
RULES, SUPPORT, NAME, EQUALITY = "who-can-apply", "support", "your-name", "equality"


def works_here(account: Account | None, *, on: dt.date) -> bool:
    return account is not None and Employment.objects.of_account(account).in_force(on).exists()


@transaction.atomic
def begin_draft(
    campaign: Campaign, route: Route, *, account: Account | None, language: str, at: dt.datetime
) -> Draft:
    """Only while the campaign is open, and by one of its routes."""
    day = in_london(at).date()
    if not campaign.is_open(day) or route not in routes_of(campaign):
        raise NotOpen
    if route.is_internal and not works_here(account, on=day):
        raise NotOpen
    person = account.person if account is not None else None
    made = Draft.objects.create(
        token=new_token(), campaign=campaign, route=route, language="cy" if language == "cy" else "en",
        account=account if person is not None else None, name=person.full_name if person else "",
        email=account.email if account is not None and person is not None else "",
        born_on=person.born_on if person else None, begun_at=at, changed_at=at, expires_at=at + KEPT_FOR,
    )  # fmt: skip
    append_audit("recruitment.begin", about=made, by=account, at=at, detail={"campaign": campaign.pk})
    return made


def held(draft: Draft, *, at: dt.datetime) -> Draft:
    """The draft, held until the transaction ends, if it can still be changed."""
    fresh: Draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.is_sent:
        raise SentAlready
    if fresh.expires_at <= at:
        raise NotKept
    return fresh


def criteria_of(draft: Draft) -> list[Criterion]:
    return list(Criterion.objects.asked().filter(profile=draft.campaign.profile_id))


def pages_of(draft: Draft, criteria: list[Criterion]) -> list[str]:
    """Every page, in the order they are asked. A criterion is a page of its own."""
    own = [f"criterion-{each.key}" for each in criteria]
    return [RULES, *own, SUPPORT, *([] if draft.account_id else [NAME]), EQUALITY]


def is_answered(draft: Draft, page: str, criteria: list[Criterion]) -> bool:
    if page == NAME:
        return bool(draft.name and draft.email)
    asked = {f"criterion-{each.key}": each for each in criteria}.get(page)
    if asked is not None and asked.is_essential:
        return bool(draft.answers.get(asked.key))
    return page in draft.reached


def next_page(draft: Draft, *, after: str = "") -> str | None:
    """The first page not yet answered, looking on from one of them first; None when all are."""
    criteria = criteria_of(draft)
    pages = pages_of(draft, criteria)
    place = pages.index(after) + 1 if after in pages else 0
    for page in [*pages[place:], *pages[:place]]:
        if not is_answered(draft, page, criteria):
            return page
    return None


def unmet_of_draft(draft: Draft, *, language: str, at: dt.datetime) -> list[entry.Unmet]:
    """By the rules of the day it was begun, so that nobody is turned away by a later one."""
    rules = entry.rules_of(draft.route, on=in_london(draft.begun_at).date())
    day = entry.starts_on(draft.campaign)
    return entry.unmet_of(rules, draft.facts, born_on=draft.born_on, on=day, language=language)


ABOUT: Final = {
    SUPPORT: ("guaranteed_interview", "adjustments"),
    NAME: ("name", "email", "phone"),
}


@transaction.atomic
def answer_page(draft: Draft, *, page: str, found: Mapping[str, Any], at: dt.datetime) -> Draft:
    """One page: what was answered takes the place of an earlier answer."""
    fresh = held(draft, at=at)
    if page == RULES:
        fresh.born_on = found.get(entry.BORN_ON, fresh.born_on)
        fresh.facts = {
            key: value for key, value in found.items() if key != entry.BORN_ON and value is not None
        }
    elif page == EQUALITY:
        monitoring.keep_said(fresh, fresh.campaign, found)
    elif page in ABOUT:
        for name in ABOUT[page]:
            setattr(fresh, name, found.get(name, getattr(fresh, name)))
    else:
        key = page.removeprefix("criterion-")
        fresh.answers = fresh.answers | {key: str(found.get("text") or "").strip()}
    if page not in fresh.reached:
        fresh.reached = [*fresh.reached, page]
    fresh.changed_at, fresh.expires_at = at, at + KEPT_FOR
    fresh.save()
    return fresh


@transaction.atomic
def drop_draft(draft: Draft, *, at: dt.datetime) -> None:
    """Thrown away, because whoever wrote it asks for it."""
    _forget(held(draft, at=at), at=at)


def _forget(fresh: Draft, *, at: dt.datetime) -> None:
    append_audit("recruitment.forget", about=fresh, by=fresh.account, at=at)
    monitoring.forget(fresh)
    fresh.delete()


@transaction.atomic
def forget_unsent(*, at: dt.datetime) -> int:
    """Drafts that were never sent are thrown away when their time is over; how many."""
    over = list(Draft.objects.forgotten(at).select_for_update(skip_locked=True).order_by("id")[:1000])
    for draft in over:
        _forget(draft, at=at)
    return len(over)
