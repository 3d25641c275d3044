"""The part of a pack about terms: how long probations last, pay scales, which years are honoured, letters."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.terms.models import PayPoint, PayScale, ProbationRule, ServiceAward
from moothall.workforce.models import Employment

from .wording import LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Rows that are there already stay as the office has them."""
    doc = pack.file("terms.yaml")
    if doc is None:
        return
    progress.begin(_("What falls due"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for row in map(Fields, fields.mappings("probation")):
        _load_probation(row)
    for scale in map(Fields, fields.mappings("scales")):
        _load_scale(scale)
    for award in map(Fields, fields.mappings("long_service")):
        ServiceAward.objects.get_or_create(years=award.whole("years"))
        award.finish()
    fields.finish()
    progress.end()


def _load_probation(row: Fields) -> None:
    until, read_on = row.optional("until_on"), row.optional("source_read_on")
    key = {
        "workforce": row.choice("workforce", dict(Employment.WORKFORCES)), "route": row.text("route", ""),
        "from_on": dt.date.fromisoformat(row.text("from_on")),
    }  # fmt: skip
    values = {
        "name": row.text("name"), "name_cy": row.text("name_cy", ""), "months": row.whole("months"),
        "until_on": dt.date.fromisoformat(until) if until else None, "source": row.text("source"),
        "source_read_on": dt.date.fromisoformat(read_on) if read_on else None,
        "is_confirmed": row.flag("confirmed"),
    }  # fmt: skip
    hearing_days = row.maybe_whole("hearing_days")
    if hearing_days is not None:
        values["hearing_days"] = hearing_days
    row.finish()
    ProbationRule.objects.get_or_create(**key, defaults=values)


def _load_scale(row: Fields) -> None:
    """A scale with so many points. What they are worth is the office's to put in."""
    key, points = row.text("key"), row.whole("points")
    values = {
        "name": row.text("name"), "name_cy": row.text("name_cy", ""),
        "increments": row.choice("increments", dict(PayScale.WHEN)),
        "least_months": row.maybe_whole("least_months") or 0, "asks_performance": row.flag("performance"),
        "heeds_warnings": not row.flag("whatever_warnings"),
    }  # fmt: skip
    row.finish()
    scale, new = PayScale.objects.get_or_create(key=key, defaults=values)
    if new:
        numbers = range(1, points + 1)
        PayPoint.objects.bulk_create(PayPoint(scale=scale, position=each, name=str(each)) for each in numbers)
