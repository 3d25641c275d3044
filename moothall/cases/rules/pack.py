"""The part of a pack about cases: its services."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from clocks.working_time import CALENDARS
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.people.models import Role, Team

from .definition_reading import Surroundings, read_outcome_names, read_owners
from .services import load_services


def load_part(pack: Pack, progress: Progress) -> None:
    docs = pack.files("services")
    progress.begin(_("Services"), len(docs))
    services = load_services(docs, around=surroundings_of(pack), at=pack.at)
    progress.advance(len(services))
    progress.end()


def surroundings_of(pack: Pack) -> Surroundings:
    """What every service of the pack has in common, as its pack.yaml says."""
    fields = Fields(pack.about)
    around = Surroundings(
        desk=pack.key,
        prefix=fields.text("prefix", ""),
        team=fields.text("team", ""),
        calendar=fields.choice("calendar", CALENDARS, "EW"),
        defaults=fields.mapping("defaults"),
        outcome_names=read_outcome_names(fields),
        teams=frozenset(Team.objects.values_list("key", flat=True)),
        roles=frozenset(Role.objects.values_list("key", flat=True)),
    )
    owners: Mapping[str, str] = read_owners(fields.mapping("owners"), around)
    return replace(around, owners=owners)
