"""The part of a pack about contacts with care: how somebody may come to act for another, and days to wait."""

import datetime as dt

from django.utils.translation import gettext as _

from clocks import CALENDARS
from moothall.casework.models import Basis, Format, Habit
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters

from .wording import LETTERS


def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("casework.yaml")
    if doc is None:
        return
    progress.begin(_("Contacts with care"))
    fields = Fields(doc)
    put_letters(LETTERS, pack)
    for position, row in enumerate(fields.mappings("bases")):
        _load_basis(row, position)
        progress.advance()
    for position, row in enumerate(fields.mappings("formats")):
        _load_format(row, position)
    habit = fields.mapping("habit")
    if habit and not Habit.objects.exists():
        _load_habit(habit, pack)
    fields.finish()
    progress.end()


def _load_format(row: Marked, position: int) -> None:
    fields = Fields(row)
    key, points = fields.text("key"), fields.maybe_whole("points")
    texts = {name: fields.text(name, "") for name in ("name_cy", "how", "how_cy")}
    made_here = fields.flag("made_here", points is not None)
    values = texts | {"name": fields.text("name"), "points": points, "made_here": made_here}
    fields.finish()
    Format.objects.get_or_create(key=key, defaults=values | {"position": position})


def _load_habit(row: Marked, pack: Pack) -> None:
    """Unless the office has said what it does."""
    fields = Fields(row)
    names = ("reply_days", "chase_days", "holding_days", "longer_days")
    days = {name: fields.whole(name) for name in names}
    calendar = fields.choice("calendar", CALENDARS)
    fields.finish()
    Habit.objects.create(**days, calendar=calendar, saved_by=None, saved_at=pack.at)


def _load_basis(row: Marked, position: int) -> None:
    """A row that is there already stays as the office has it."""
    fields = Fields(row)
    names = ("name_cy", "explanation", "explanation_cy", "source")
    values = {"name": fields.text("name"), **{name: fields.text(name, "") for name in names}}
    read_on, until_on = fields.optional("source_read_on"), fields.optional("until_on")
    key, from_on = fields.text("key"), dt.date.fromisoformat(fields.text("from_on"))
    fields.finish()
    Basis.objects.get_or_create(
        key=key, from_on=from_on,
        defaults=values | {"position": position, "source_read_on": _day(read_on), "until_on": _day(until_on)},
    )  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
