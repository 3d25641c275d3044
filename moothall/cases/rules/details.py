"""What a case is about: its title, service, person, priority and language."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseClock, CaseLink, ClockEvent, Entry, Service, Step
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person

from .changing import CannotUndo, change_case, lock, undone_by
from .clocks import ACKNOWLEDGED, ANSWERED, Moves, first_clocks, meet_clocks, reckon, save_new
from .definition import definition_of
from .holding import remember
from .indexing import index_words
from .opening import current_version
from .reckoning import holidays_in_force
from .refusals import refuse_if_closed
from .stepping import lay_out_steps


class StepsBegun(Refusal):
    sentence = _("Steps of this case are done already, so its service can no longer be changed.")
    next_step = _("Close this case and open another on the right service; link the two.")


class NoSuchLink(Refusal):
    sentence = _("That link is no longer there.")


def link_of(case: Case, link_id: int) -> CaseLink:
    """A link of this case, from either side, that has not been ended."""
    both = CaseLink.objects.filter(case=case) | CaseLink.objects.filter(other=case)
    link = both.filter(pk=link_id, ended_at=None).select_related("case", "other").first()
    if link is None:
        raise NoSuchLink
    return link


@transaction.atomic
def change_details(
    case: Case,
    *,
    title: str,
    service: Service,
    requester: Person | None,
    priority: int,
    language: str,
    by: Account,
    at: dt.datetime,
    edition: int | None = None,
) -> Entry | None:
    """Correct what the case says it is; nothing is written when nothing changes. A new service brings its
    own clocks and steps."""
    lock(case, edition=edition)
    refuse_if_closed(case)
    wanted: dict[str, Any] = {
        "title": title.strip() or case.title,
        "requester": requester,
        "priority": priority,
        "language": language,
    }
    changes = {name: value for name, value in wanted.items() if getattr(case, name) != value}
    if service.pk != case.service_id:
        return change_service(case, service=service, by=by, at=at, also=changes)
    if not changes:
        return None
    entry = change_case(
        case, verb="details", by=by, at=at, changes=changes, said={"changed": sorted(changes)}
    )
    _find_by(case, changes)
    return entry


def _find_by(case: Case, changes: dict[str, Any]) -> None:
    if "title" in changes or "requester" in changes:
        index_words(case, title=f"{case.title} {case.requester or ''}")


@transaction.atomic
def change_service(
    case: Case, *, service: Service, by: Account, at: dt.datetime, also: dict[str, Any] | None = None
) -> Entry:
    """Move the case to another service: its clocks start again from the day it was received."""
    lock(case)
    refuse_if_closed(case)
    _refuse_once_begun(case)
    version = current_version(service)
    changes = {"service": service, "version": version, **(also or {})}
    said = {"service": service.name, "service_cy": service.name_cy}
    entry = change_case(case, verb="service", by=by, at=at, changes=changes, said=said)
    _find_by(case, changes)
    put_away = _put_away_clocks(case)
    case.steps.all().delete()
    definition = definition_of(version)
    ended = set(case.clocks.values_list("key", flat=True))
    save_new(first_clocks(case, definition, at=at, by=by, holidays=holidays_in_force(), but=ended))
    reckon(case, at=at, only=())
    _meet_what_was_done(case, by=by, at=at)
    lay_out_steps(case, definition, at=at)
    remember(entry, Moves(), clocks=put_away)
    return entry


def _refuse_once_begun(case: Case) -> None:
    done = case.steps.filter(state=Step.DONE) | case.steps.exclude(sub_cases=None)
    if done.exists():
        raise StepsBegun


def _meet_what_was_done(case: Case, *, by: Account | None, at: dt.datetime) -> None:
    """An acknowledgement or an answer that has gone out counts for the new service's clocks too."""
    acknowledged = case.entries.filter(kind=Entry.MAIL_OUT).order_by("at", "id").first()
    if acknowledged is not None:
        meet_clocks(case, ACKNOWLEDGED, at=max(acknowledged.at, case.received_at), by=by)
    if case.first_answered_at is not None:
        meet_clocks(case, ANSWERED, at=max(case.first_answered_at, case.received_at), by=by)


def _put_away_clocks(case: Case) -> list[dict[str, Any]]:
    """Take running clocks off the case; the answer has all it takes to bring them back."""
    running = case.clocks.filter(met_at=None, stopped_at=None).order_by("id")
    kept = [
        {
            "key": clock.key, "name": clock.name, "rule": clock.rule,
            "first_due_on": str(clock.first_due_on or ""),
            "events": [
                {
                    "kind": event.kind, "at": event.at.isoformat(), "detail": event.detail,
                    "reason": event.reason, "by_id": event.by_id,
                    "recorded_at": event.recorded_at.isoformat(),
                }
                for event in clock.events.filter(withdrawn_at=None).order_by("at", "id")
            ],
        }
        for clock in running
    ]  # fmt: skip
    running.delete()
    return kept


def _bring_back_clocks(case: Case, kept: list[dict[str, Any]], *, at: dt.datetime) -> None:
    for each in kept:
        first = each["first_due_on"]
        clock = CaseClock.objects.create(
            case=case, key=each["key"], name=each["name"], rule=each["rule"], computed_at=at,
            first_due_on=dt.date.fromisoformat(first) if first else None,
        )  # fmt: skip
        ClockEvent.objects.bulk_create(
            ClockEvent(
                clock=clock, kind=event["kind"], at=dt.datetime.fromisoformat(event["at"]),
                detail=event["detail"], reason=event["reason"], by_id=event["by_id"],
                recorded_at=dt.datetime.fromisoformat(event["recorded_at"]),
            )
            for event in each["events"]
        )  # fmt: skip
    reckon(case, at=at)


@undone_by("service")
def _undo_service(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    """The clocks and steps of the service it had; refused once work on the new one has begun."""
    if case.steps.filter(state=Step.DONE).exists() or case.steps.exclude(sub_cases=None).exists():
        raise CannotUndo
    kept = entry.detail.get("clocks", [])
    case.steps.all().delete()
    case.clocks.filter(met_at=None, stopped_at=None).delete()
    had = set(case.clocks.values_list("key", flat=True))
    _bring_back_clocks(case, [each for each in kept if each["key"] not in had], at=at)
    lay_out_steps(case, definition_of(case.version), at=case.logged_at)
