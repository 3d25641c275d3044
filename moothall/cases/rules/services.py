"""Services come into the office from packs, and are edited in it. Every change is a new version."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.cases.models import Service, ServiceVersion
from moothall.core.marked_yaml import Fields, Marked, PackMistake, near_match
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit

from .definition import ServiceDefinition
from .definition_reading import Surroundings

COLLECTION_KEYS = ("subprocesses", "services", "processes")


class NoSuchTeam(Refusal):
    def __init__(self, team: str) -> None:
        super().__init__(
            _("There is no team “%(team)s” to own the service.") % {"team": team}, _("Add the team first.")
        )


def read_definitions(docs: Iterable[Marked], around: Surroundings) -> list[tuple[Marked, ServiceDefinition]]:
    """Every service in these files, each with where it stands.

    A file holds one service, or lists of them under `services`, `processes` and `subprocesses`, with the
    `defaults` they share. A service may use any other of the same desk.
    """
    rows = [found for doc in docs for found in _rows_of(doc, around)]
    keys = [str(row.get("key")) for row, _around in rows]
    known = frozenset(keys) | (around.services or frozenset())
    for (row, _around), key in zip(rows, keys, strict=True):
        if keys.count(key) > 1:
            raise row.mistake(_("There are two services “%(key)s”.") % {"key": key}, at="key")
    read = [(row, ServiceDefinition.read(row, replace(near, services=known))) for row, near in rows]
    _refuse_circles(read)
    return read


def _rows_of(doc: Marked, around: Surroundings) -> list[tuple[Marked, Surroundings]]:
    if "steps" in doc or "key" in doc:
        return [(doc, around)]
    fields = Fields(doc, also={"schema"})
    near = replace(around, defaults=fields.mapping("defaults") if "defaults" in doc else around.defaults)
    found = [
        (row, replace(near, is_sub=key == "subprocesses"))
        for key in COLLECTION_KEYS
        for row in fields.mappings(key)
    ]
    fields.finish()
    return found


def _refuse_circles(read: Sequence[tuple[Marked, ServiceDefinition]]) -> None:
    """A service whose steps open cases that in the end open its own would never finish."""
    opens = {
        definition.key: {key for step in definition.steps for key in (step.sub, step.calls) if key}
        for _row, definition in read
    }
    for row, definition in read:
        reached: set[str] = set()
        waiting = [definition.key]
        while waiting:
            new = opens.get(waiting.pop(), set()) - reached
            reached |= new
            waiting.extend(new)
        if definition.key in reached:
            said = _("“%(key)s” would open itself through its sub-processes.") % {"key": definition.key}
            raise row.mistake(said, at="key")


@transaction.atomic
def load_services(
    docs: Iterable[Marked], *, around: Surroundings, at: dt.datetime, by: Account | None = None
) -> list[Service]:
    """Bring the services of a desk up to date; a running case keeps the version it began under.

    A service makes a new version only when its text is one this office has not had before, so loading the
    same pack again undoes no edit that was made in the office.
    """
    read = read_definitions(docs, around)
    teams = {team.key: team for team in Team.objects.all()}
    services = []
    for row, definition in read:
        if definition.team not in teams:
            said = _("There is no team “%(team)s”.") % {"team": definition.team}
            raise row.mistake(said + near_match(definition.team, teams), at="team")
        service = _service_of(row, definition, teams[definition.team])
        if not service.versions.filter(digest=digest_of(definition)).exists():
            save_service_version(service, definition, by=by, at=at)
        services.append(service)
    return services


def _service_of(row: Marked, definition: ServiceDefinition, team: Team) -> Service:
    service, _made = Service.objects.get_or_create(
        key=definition.key,
        defaults={
            "name": definition.name,
            "name_cy": definition.name_cy,
            "desk": definition.desk,
            "prefix": definition.prefix,
            "team": team,
        },
    )
    if service.desk != definition.desk:
        said = _("“%(key)s” is a service of another desk, %(desk)s.")
        raise row.mistake(said % {"key": definition.key, "desk": service.desk}, at="key")
    return service


def digest_of(definition: ServiceDefinition) -> str:
    text = json.dumps(definition.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def save_service_version(
    service: Service, definition: ServiceDefinition, *, by: Account | None, at: dt.datetime
) -> ServiceVersion:
    """From now on the service works like this. The same as today is no new version."""
    fresh = Service.objects.select_for_update().get(pk=service.pk)
    if definition.key != fresh.key:
        raise ValueError(f"{fresh.key} cannot become {definition.key}.")
    team = Team.objects.filter(key=definition.team).first()
    if team is None:
        raise NoSuchTeam(definition.team)
    digest = digest_of(definition)
    current = fresh.versions.filter(current=True).first()
    if current is not None and current.digest == digest:
        return current
    fresh.versions.filter(current=True).update(current=False)
    number = fresh.versions.aggregate(last=Max("number"))["last"] or 0
    version = ServiceVersion.objects.create(
        service=fresh, number=number + 1, definition=definition.to_json(), digest=digest, loaded_at=at
    )
    for name in ("name", "name_cy", "prefix"):
        setattr(fresh, name, getattr(definition, name))
        setattr(service, name, getattr(definition, name))
    fresh.team = service.team = team
    fresh.save(update_fields=["name", "name_cy", "prefix", "team"])
    detail = {"service": fresh.key, "version": version.number}
    append_audit("cases.service_version", about=fresh, by=by, at=at, detail=detail)
    return version


__all__ = ["PackMistake", "digest_of", "load_services", "read_definitions", "save_service_version"]
