"""What the page of an absence shows, by what the sight of whoever looks lets through."""

import datetime as dt
from decimal import Decimal
from typing import Any

from clocks import sickness
from moothall.absence.models import ContactStage, Episode, Figure
from moothall.absence.rules.caring import contact_due_on
from moothall.absence.rules.duties import accident_of, half_pay_of
from moothall.absence.rules.recovering import lost_by_plan, rules_of_days_lost
from moothall.absence.rules.sight import Sight


def page_of(episode: Episode, sight: Sight, *, on: dt.date) -> dict[str, Any]:
    certificates = list(
        episode.certificates.standing().in_order().select_related("issuer", "document", "recorded_by")
    )
    figures = Figure.objects.on(episode.first_day, workforce=episode.employment.workforce)
    numbers = {"self_days": figures.whole("self_days"), "warn_days": figures.whole("warn_days")}
    covers = [each.cover for each in certificates]
    ends = episode.spell.until(on)
    changes = list(episode.changes.select_related("by", "undone_by"))
    standing_changes = [each for each in changes if each.undone_at is None]
    strip = strip_of(episode, covers, ends, numbers["self_days"])
    return {
        "episode": episode,
        "sight": sight,
        "today": on,
        "days": episode.calendar_days(on),
        "rung": episode.evidence(on, **numbers),
        "last_own_day": episode.first_day + dt.timedelta(days=numbers["self_days"] - 1),
        "certificates": certificates,
        "gaps": sickness.gaps(episode.spell, covers, on, self_days=numbers["self_days"]),
        "overlaps": sickness.overlaps(covers),
        "strip": strip,
        "strip_days": sum(piece[3] for piece in strip),
        "changes": changes if sight.may_record else [],
        **_care(episode, sight, on),
        **_recovery(episode, sight, on),
        "accident": accident_of(episode, on=on),
        "half_pay": half_pay_of(episode) if sight.sees_reason else None,
        "prompts": list(episode.prompts.select_related("letter", "by")) if sight.may_record else [],
        "latest": standing_changes[0] if standing_changes and sight.may_record else None,
    }


def _care(episode: Episode, sight: Sight, on: dt.date) -> dict[str, Any]:
    """Contact, the talk and triggers: all of it for whoever acts, and for the person what they said."""
    contacts = list(episode.contacts.filter(undone_at=None).select_related("by"))
    stages = list(ContactStage.objects.in_force(episode.first_day))
    hits = list(episode.hits.select_related("rule", "settled_by")) if sight.may_record else []
    for hit in hits:
        hit.spans = [  # type: ignore[attr-defined]
            (dt.date.fromisoformat(each["first"]), _day(each["last"]), Decimal(each["days"]))
            for each in hit.made_by
        ]
    interviews = episode.interviews.filter(undone_at=None).select_related("by")
    return {
        "contacts": contacts,
        "contact_due": contact_due_on(episode, contacts, stages) if sight.may_record else None,
        "interview": interviews.first(),
        "hits": hits,
    }


def _recovery(episode: Episode, sight: Sight, on: dt.date) -> dict[str, Any]:
    """Occupational health and the phased return: for whoever acts, and for the person."""
    if not (sight.own or sight.may_record):
        return {}
    referrals, plans = list(episode.referrals.all()), list(episode.plans.all())
    rules = rules_of_days_lost() if plans else []
    figures = Figure.objects.on(episode.first_day, workforce=episode.employment.workforce)
    at_once = episode.reason is not None and episode.reason.refer_at_once
    wait = 0 if at_once else figures.whole("refer_by_day") - 1
    return {
        "sees_recovery": True,
        "referrals": referrals, "waits_for_health": any(each.waits for each in referrals),
        "refer_by": episode.first_day + dt.timedelta(days=wait) if episode.is_open else None,
        "plans": [(each, each.week(on), *lost_by_plan(each, on=on, rules=rules)) for each in plans],
        "planned": any(each.ended_on is None for each in plans),
    }  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def strip_of(
    episode: Episode, covers: list[sickness.Cover], ends: dt.date, self_days: int
) -> list[tuple[str, dt.date, dt.date, int, int]]:
    """The days of the absence in pieces: (what covers them, first, last, how many, where they begin)."""
    last = max([ends, *(each.last for each in covers)]) if episode.is_open else ends
    missing = sickness.gaps(episode.spell, covers, ends, self_days=self_days)
    pieces: list[list[Any]] = []
    day = episode.first_day
    while day <= last:
        kind = _kind(day, covers, missing, ends)
        if pieces and pieces[-1][0] == kind:
            pieces[-1][2] = day
        else:
            pieces.append([kind, day, day])
        day += dt.timedelta(days=1)
    return [
        (kind, first, until, (until - first).days + 1, (first - episode.first_day).days)
        for kind, first, until in pieces
    ]


def _kind(day: dt.date, covers: list[sickness.Cover], missing: list[sickness.Gap], ends: dt.date) -> str:
    if any(gap.first <= day <= gap.last for gap in missing):
        return "gap"
    kinds = {each.kind for each in covers if each.first <= day <= each.last}
    if sickness.NOTE in kinds:
        return "note"
    return "self" if sickness.SELF in kinds else "ahead"
