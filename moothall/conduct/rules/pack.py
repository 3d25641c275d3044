"""The part of a pack about employee casework: kinds of matter, their dated procedures and outcomes."""

import datetime as dt

from django.utils.translation import gettext as _

from clocks import CALENDARS
from moothall.cases.models import Service
from moothall.conduct.models import Exemption, MatterKind, Procedure, SanctionLevel
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters

from . import measure_letters
from .wording import LETTERS

UNITS = ("wd", "cd")
WHOLE = ("notice_days", "postpone_days", "appeal_days")
MAYBE = ("reply_days", "witness_days", "suspension_days", "window_months", "window_most")


def load_part(pack: Pack, progress: Progress) -> None:
    """What an office has already stays as it has it."""
    doc = pack.file("conduct.yaml")
    if doc is None:
        return
    progress.begin(_("Employee casework"))
    put_letters((*LETTERS, *measure_letters.LETTERS), pack)
    fields = Fields(doc)
    for position, row in enumerate(fields.mappings("kinds")):
        _load_kind(Fields(row), position)
        progress.advance()
    fields.finish()
    progress.end()


def _load_kind(row: Fields, position: int) -> None:
    service = Service.objects.filter(key=row.text("service")).first()
    texts = {name: row.text(name, "") for name in ("name_cy", "kept", "kept_cy")}
    lists = {name: list(row.words(name)) for name in ("workforces", "invitations")}
    values = texts | lists | {"name": row.text("name")}
    key, procedures, levels = row.text("key"), list(row.mappings("procedures")), list(row.mappings("levels"))
    exemptions = list(row.mappings("not_for"))
    if service is None:
        raise row.wrong("service", _("There is no such service."))
    row.finish()
    kind, made = MatterKind.objects.get_or_create(
        key=key, defaults=values | {"service": service, "position": position}
    )
    if made:
        Procedure.objects.bulk_create(_procedure(Fields(each), kind) for each in procedures)
        made_levels = [_level(Fields(each), kind, place) for place, each in enumerate(levels)]
        SanctionLevel.objects.bulk_create(made_levels)
        Exemption.objects.bulk_create(_exemption(Fields(each), kind) for each in exemptions)


def _procedure(row: Fields, kind: MatterKind) -> Procedure:
    whole: dict[str, int | None] = {name: row.whole(name) for name in WHOLE}
    maybe = {name: row.maybe_whole(name) for name in MAYBE}
    units = {
        name: row.choice(name, UNITS, "wd") for name in ("notice_unit", "appeal_unit", "suspension_unit")
    }
    made = Procedure(
        kind=kind, from_on=_day(row, "from_on"), until_on=_maybe_day(row, "until_on"),
        calendar=row.choice("calendar", CALENDARS, "EW"), has_companion=row.flag("has_companion", True),
        postpone_times=row.maybe_whole("postpone_times") or 1, stages=row.maybe_whole("stages") or 1,
        unconfirmed=list(row.words("unconfirmed")), source=row.text("source"),
        source_read_on=_maybe_day(row, "source_read_on"), **whole, **maybe, **units,
    )  # fmt: skip
    row.finish()
    return made


def _level(row: Fields, kind: MatterKind, position: int) -> SanctionLevel:
    made = SanctionLevel(
        kind=kind, key=row.text("key"), name=row.text("name"), name_cy=row.text("name_cy", ""),
        live_months=None if row.flag("never_lapses") else row.maybe_whole("live_months") or 0,
        from_on=_day(row, "from_on"), until_on=_maybe_day(row, "until_on"),
        notice_stage=row.maybe_whole("notice_stage"), letter_key=row.text("letter", ""),
        is_unconfirmed=row.flag("unconfirmed"), source=row.text("source"), position=position,
    )  # fmt: skip
    row.finish()
    return made


def _exemption(row: Fields, kind: MatterKind) -> Exemption:
    titles = {name: list(row.words(name)) for name in ("titles", "but_titles")}
    welsh = {name: row.text(name, "") for name in ("sentence_cy", "instead_cy")}
    made = Exemption(
        kind=kind, in_probation=row.flag("in_probation"), sentence=row.text("sentence"),
        instead=row.text("instead"), from_on=_day(row, "from_on"), until_on=_maybe_day(row, "until_on"),
        is_unconfirmed=row.flag("unconfirmed"), source=row.text("source"),
        source_read_on=_maybe_day(row, "source_read_on"), **titles, **welsh,
    )  # fmt: skip
    row.finish()
    return made


def _day(row: Fields, key: str) -> dt.date:
    return dt.date.fromisoformat(row.text(key))


def _maybe_day(row: Fields, key: str) -> dt.date | None:
    text = row.optional(key)
    return dt.date.fromisoformat(text) if text else None
