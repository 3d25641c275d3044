"""The part of a pack with the reasons for results of selection events. Editions that are there stay."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.recruitment.models import EventReason

from .event_wording import EVENT_LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("event-reasons.yaml")
    if doc is None:
        return
    progress.begin(_("Reasons for results of selection events"))
    put_letters(EVENT_LETTERS, pack)
    fields = Fields(doc)
    for place, row in enumerate(fields.mappings("reasons"), start=1):
        _reason(row, place)
        progress.advance()
    fields.finish()
    progress.end()


def _reason(row: Marked, place: int) -> None:
    fields = Fields(row)
    key, said, until = fields.text("key"), fields.raw("from_on"), fields.raw("until_on")
    values = {"name": fields.text("name"), "name_cy": fields.text("name_cy"), "place": place}
    fields.finish()
    if said is None:
        raise fields.missing("from_on")
    try:
        from_on = dt.date.fromisoformat(str(said))
        until_on = dt.date.fromisoformat(str(until)) if until else None
    except ValueError as wrong:
        raise fields.wrong("from_on", _("a day like 2026-09-01")) from wrong
    EventReason.objects.get_or_create(key=key, from_on=from_on, defaults=values | {"until_on": until_on})
