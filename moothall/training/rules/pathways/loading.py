"""Pathways, districts, hosts and tutors of a pack: added where the office does not have them yet."""

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import Feature
from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.credentials.models import CredentialKind
from moothall.letters.rules.built_in import put_letters
from moothall.training.models import Course, District, Pathway, PathwayItem, PathwayModule, PlacementHost
from moothall.workforce.models import Skill

from .case_steps import read_moments
from .hosts import HostContent, add_host
from .making import ItemPart, ModulePart, PathwayContent, add_pathway
from .wording import LETTERS

KINDS = tuple(key for key, _words in PathwayModule.KINDS)
ITEMS = tuple(key for key, _words in PathwayItem.KINDS)


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """What is there already stays as the office has it."""
    doc = pack.file("pathways.yaml")
    if doc is None:
        return
    progress.begin(_("Pathways"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for row in fields.mappings("districts"):
        _load_district(row)
    for row in fields.mappings("features"):
        _load_feature(row)
    for row in fields.mappings("pathways"):
        _load_pathway(row, pack)
    for row in fields.mappings("hosts"):
        _load_host(row, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _load_district(row: Marked) -> None:
    fields = Fields(row)
    key = fields.text("key")
    given = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "latitude": float(fields.text("latitude")), "longitude": float(fields.text("longitude")),
    }  # fmt: skip
    fields.finish()
    District.objects.get_or_create(key=key, defaults=given)


def _load_feature(row: Marked) -> None:
    fields = Fields(row)
    given = {"name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "is_access": True}
    key = fields.text("key")
    fields.finish()
    Feature.objects.get_or_create(key=key, defaults=given)


def _skill(fields: Fields, key: str) -> Skill | None:
    """A skill that the office does not have yet is added."""
    given = fields.text(key, "")
    if not given:
        return None
    named = {"name": fields.text(f"{key}_name", given), "name_cy": fields.text(f"{key}_name_cy", "")}
    return Skill.objects.get_or_create(key=given, defaults=named)[0]


def _load_pathway(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    key, name, name_cy = fields.text("key"), fields.text("name"), fields.text("name_cy", "")
    content = PathwayContent(
        modules=[_module(each) for each in fields.mappings("modules")],
        group_size=fields.maybe_whole("group_size") or 20, spare=fields.maybe_whole("spare") or 2,
        rooms=fields.maybe_whole("rooms") or 8, most_minutes=fields.maybe_whole("most_minutes") or 75,
        tutor_skill=_skill(fields, "tutor_skill"),
        grants=CredentialKind.objects.filter(key=fields.text("grants", "")).first(),
        service=fields.text("service", ""), moments=read_moments(fields.text("moments", "")),
        routes=list(fields.words("routes")),
    )  # fmt: skip
    fields.finish()
    there = Pathway.objects.filter(key=key)
    if there.exists():
        there.filter(routes=[]).update(routes=content.routes)
    else:
        add_pathway(name=name, name_cy=name_cy, key=key, content=content, by=None, at=pack.at)


def _module(row: Marked) -> ModulePart:
    fields = Fields(row)
    made = ModulePart(
        name=fields.text("name"), name_cy=fields.text("name_cy", ""),
        kind=fields.choice("kind", KINDS, PathwayModule.TAUGHT), weeks=fields.maybe_whole("weeks") or 1,
        skill=_skill(fields, "skill"), items=[_item(each) for each in fields.mappings("items")],
        step=fields.text("step", ""),
    )  # fmt: skip
    fields.finish()
    return made


def _item(row: Marked) -> ItemPart:
    fields = Fields(row)
    made = ItemPart(
        name=fields.text("name"), name_cy=fields.text("name_cy", ""),
        kind=fields.choice("kind", ITEMS, PathwayItem.PRACTICAL),
        weeks_after=fields.maybe_whole("weeks_after") or 0,
        course=Course.objects.filter(key=fields.text("course", "")).first(), step=fields.text("step", ""),
    )  # fmt: skip
    fields.finish()
    return made


def _load_host(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    name, key = fields.text("name"), fields.text("district")
    district = District.objects.filter(key=key).first()
    if district is None:
        said = _("There is no district “%(key)s”.") % {"key": key}
        raise row.mistake(
            said + near_match(key, District.objects.values_list("key", flat=True)), at="district"
        )
    content = HostContent(
        name=name, district=district, places=fields.maybe_whole("places") or 2,
        features=list(Feature.objects.filter(key__in=fields.words("features"))),
        contact_name=fields.text("contact_name", ""), contact_email=fields.text("contact_email", ""),
        language=fields.choice("language", ("en", "cy"), "en"), about=fields.text("about", ""),
    )  # fmt: skip
    fields.finish()
    if not PlacementHost.objects.filter(name=name).exists():
        add_host(content, by=None, at=pack.at)
