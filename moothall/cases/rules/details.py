"""What a case is about: its title, service, person, priority and the day it was received."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseClock, CaseLink, Entry, Service, Step
from moothall.core.clock import LONDON, in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person

from .assigning import refuse_if_closed
from .changing import change_case, undone_by
from .clocks import correct_received, start_clocks
from .definition import definition_of
from .opening import current_version
from .stepping import lay_out_steps
from .timeline import index_words


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
) -> Entry:
    """Correct what the case says it is. A new service brings its own clocks and steps."""
    refuse_if_closed(case)
    wanted: dict[str, Any] = {
        "title": title, "requester": requester, "priority": priority, "language": language,
    }  # fmt: skip
    changes = {name: value for name, value in wanted.items() if getattr(case, name) != value}
    entry = change_case(
        case,
        verb="details",
        by=by,
        at=at,
        changes=changes,
        said={"changed": sorted(changes)},
        edition=edition,
    )
    index_words(case, title=title)
    if service.pk != case.service_id:
        entry = change_service(case, service=service, by=by, at=at)
    return entry


@transaction.atomic
def change_service(case: Case, *, service: Service, by: Account, at: dt.datetime) -> Entry:
    """Move the case to another service: its clocks start again from the day it was received."""
    if case.steps.filter(state=Step.DONE).exists():
        raise StepsBegun
    version = current_version(service)
    definition = definition_of(version)
    case.steps.all().delete()
    met = set(case.clocks.exclude(met_at=None).values_list("key", flat=True))
    CaseClock.objects.filter(case=case).delete()
    changes = {"service": service, "version": version}
    said = {"service": service.name, "service_cy": service.name_cy}
    entry = change_case(case, verb="service", by=by, at=at, changes=changes, said=said)
    start_clocks(case, [each for each in definition.clocks if each.key not in met], at=at, by=by)
    Case.objects.filter(pk=case.pk).update(due_on=case.due_on, amber_on=case.amber_on)
    lay_out_steps(case, definition, at=at)
    return entry


@transaction.atomic
def correct_received_day(case: Case, *, day: dt.date, because: str, by: Account, at: dt.datetime) -> None:
    """The case came in on another day: same hour, and never in the future."""
    hour = in_london(case.received_at).time()
    received_at = min(dt.datetime.combine(day, hour, tzinfo=LONDON), at) if day <= at.date() else (
        dt.datetime.combine(day, hour, tzinfo=LONDON)
    )  # fmt: skip
    correct_received(case, received_at=received_at, because=because, by=by, at=at)


@undone_by("service")
def _undo_service(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    definition = definition_of(case.version)
    case.steps.all().delete()
    CaseClock.objects.filter(case=case).delete()
    start_clocks(case, definition.clocks, at=at, by=by)
    Case.objects.filter(pk=case.pk).update(due_on=case.due_on, amber_on=case.amber_on)
    lay_out_steps(case, definition, at=at)
