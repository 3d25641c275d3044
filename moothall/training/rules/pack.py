"""The part of a pack about training: its courses, and whom they are asked of."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.credentials.models import CredentialKind
from moothall.letters.rules.built_in import put_letters
from moothall.training.models import Course, CourseRequirement, CourseVersion
from moothall.workforce.models import Employment, Skill

from .courses import Content, add_course, require_course
from .pack_rest import load_rest
from .wording import LETTERS

SINCE: Final = dt.timedelta(days=3 * 366)
ROOMS: Final = tuple(key for key, _words in CourseVersion.ROOMS)
WORKFORCES: Final = tuple(key for key, _words in Employment.WORKFORCES)


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Courses that are there already stay as the office has them."""
    doc = pack.file("training.yaml")
    if doc is None:
        return
    progress.begin(_("Courses"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for row in fields.mappings("courses"):
        _load_course(row, pack)
        progress.advance()
    for row in fields.mappings("requirements"):
        _load_requirement(row, pack)
    load_rest(fields)
    fields.finish()
    progress.end()


def _load_course(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    key, name, name_cy = fields.text("key"), fields.text("name"), fields.text("name_cy", "")
    content = Content(
        days=fields.maybe_whole("days") or 1, least=fields.maybe_whole("least") or 4,
        most=fields.maybe_whole("most") or 12, room=fields.choice("room", ROOMS, CourseVersion.CLASSROOM),
        trainers=fields.maybe_whole("trainers") or 1, valid_months=fields.maybe_whole("valid_months"),
        price=Decimal(fields.text("price", "0")), about=fields.text("about", ""),
        about_cy=fields.text("about_cy", ""), bring=fields.text("bring", ""),
        bring_cy=fields.text("bring_cy", ""), skill=_skill(fields),
        grants=CredentialKind.objects.filter(key=fields.text("grants", "")).first(),
        prerequisites=list(Course.objects.filter(key__in=fields.words("first"))),
    )  # fmt: skip
    fields.finish()
    if not Course.objects.filter(key=key).exists():
        since = in_london(pack.at).date() - SINCE
        add_course(name=name, name_cy=name_cy, key=key, content=content, from_on=since, by=None, at=pack.at)


def _skill(fields: Fields) -> Skill | None:
    """What its trainers teach; a skill that the office does not have yet is added."""
    key = fields.text("skill", "")
    if not key:
        return None
    named = {"name": fields.text("skill_name", key), "name_cy": fields.text("skill_name_cy", "")}
    return Skill.objects.get_or_create(key=key, defaults=named)[0]


def _load_requirement(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    key, workforce = fields.text("course"), fields.choice("workforce", WORKFORCES)
    within, again = fields.maybe_whole("within_days") or 90, fields.maybe_whole("again_months")
    because = fields.text("because", "")
    fields.finish()
    course = Course.objects.filter(key=key).first()
    if course is None:
        said = _("There is no course “%(key)s”.") % {"key": key}
        raise row.mistake(said + near_match(key, Course.objects.values_list("key", flat=True)), at="course")
    if not CourseRequirement.objects.filter(course=course, workforce=workforce).exists():
        require_course(
            course, workforce=workforce, within_days=within, again_months=again, because=because,
            from_on=in_london(pack.at).date() - SINCE, by=None, at=pack.at,
        )  # fmt: skip
