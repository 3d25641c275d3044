"""Pathways: added with their modules and what is signed off in them; changed until a cohort is on them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify

from moothall.credentials.models import CredentialKind
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Cohort, Course, Pathway, PathwayItem, PathwayModule
from moothall.workforce.models import Skill

from .case_steps import LEFT, refuse_unknown_steps
from .refusals import NoModules, PathwayRunning, PathwayThere, TutoredIsLast


@dataclass(frozen=True)
class ItemPart:
    """What is signed off."""

    name: str
    name_cy: str = ""
    kind: str = PathwayItem.PRACTICAL
    weeks_after: int = 0
    course: Course | None = None
    step: str = ""


@dataclass(frozen=True)
class ModulePart:
    """A module, with what is signed off in it."""

    name: str
    name_cy: str = ""
    kind: str = PathwayModule.TAUGHT
    weeks: int = 1
    skill: Skill | None = None
    items: Sequence[ItemPart] = ()
    step: str = ""


@dataclass(frozen=True)
class PathwayContent:
    """What a pathway is."""

    modules: Sequence[ModulePart]
    group_size: int = 20
    spare: int = 2
    rooms: int = 8
    most_minutes: int = 75
    tutor_skill: Skill | None = None
    grants: CredentialKind | None = None
    service: str = ""
    moments: Mapping[str, str] = field(default_factory=dict)
    routes: Sequence[str] | None = None
    """None: as they are."""

    def steps(self) -> list[str]:
        """Everything that names steps of the case, and the moments that do."""
        modules = [each.step for each in self.modules]
        items = [each.step for module in self.modules for each in module.items]
        return [*modules, *items, *(words for moment, words in self.moments.items() if moment != LEFT)]


@transaction.atomic
def add_pathway(
    *, name: str, content: PathwayContent, by: Account | None, at: dt.datetime, name_cy: str = "",
    key: str = "",
) -> Pathway:  # fmt: skip
    """A pathway with its modules in their order."""
    key = key or slugify(name)[:60]
    if Pathway.objects.filter(key=key).exists():
        raise PathwayThere
    made = Pathway(key=key, name=name.strip(), name_cy=name_cy.strip(), added_at=at, added_by=by)
    _fill(made, content)
    append_audit("training.add_pathway", about=made, by=by, at=at)
    return made


@transaction.atomic
def change_pathway(
    pathway: Pathway, *, name: str, name_cy: str, content: PathwayContent, by: Account, at: dt.datetime
) -> Pathway:
    """What it is from now on; its modules only as long as no cohort is on it."""
    held = Pathway.objects.select_for_update().get(pk=pathway.pk)
    if Cohort.objects.filter(pathway=held).exists():
        raise PathwayRunning
    held.modules.all().delete()
    held.name, held.name_cy = name.strip(), name_cy.strip()
    _fill(held, content)
    append_audit("training.change_pathway", about=held, by=by, at=at)
    return held


def _fill(pathway: Pathway, content: PathwayContent) -> None:
    if not content.modules:
        raise NoModules
    kinds = [each.kind == PathwayModule.TUTORED for each in content.modules]
    if kinds != sorted(kinds):
        raise TutoredIsLast
    refuse_unknown_steps(content.service, content.steps())
    for name, value in vars(content).items():
        if name != "modules" and not (name == "routes" and value is None):
            setattr(pathway, name, dict(value) if name == "moments" else value)
    pathway.save()
    for number, part in enumerate(content.modules, 1):
        module = PathwayModule.objects.create(
            pathway=pathway, number=number, name=part.name, name_cy=part.name_cy, kind=part.kind,
            weeks=part.weeks, skill=part.skill, step=part.step,
        )  # fmt: skip
        PathwayItem.objects.bulk_create(
            PathwayItem(
                module=module, number=place, name=each.name, name_cy=each.name_cy, kind=each.kind,
                weeks_after=each.weeks_after, course=each.course, step=each.step,
            )
            for place, each in enumerate(part.items, 1)
        )  # fmt: skip
