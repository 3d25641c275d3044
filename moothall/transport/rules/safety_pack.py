"""The part of a pack about safety: whom outside an incident has to be told to, with the source. Rows that are
there already stay as the office has them."""

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.transport.models import ReportingDuty
from moothall.transport.models.incident import KINDS

from .contractor_pack import a_day, maybe_day


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("safety.yaml")
    if doc is None:
        return
    progress.begin(_("Safety"))
    fields = Fields(doc)
    for place, row in enumerate(fields.mappings("reports"), start=1):
        _duty(row, place)
        progress.advance()
    fields.finish()
    progress.end()


def _duty(row: Marked, place: int) -> None:
    fields = Fields(row)
    kinds = fields.words("of")
    known = [key for key, _words in KINDS]
    if not kinds or not set(kinds) <= set(known):
        raise row.mistake(_("Say of what: %(kinds)s.") % {"kinds": ", ".join(known)}, at="of")
    values = {
        "kinds": kinds, "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "when": fields.text("when"), "when_cy": fields.text("when_cy", ""),
        "days": fields.maybe_whole("days") or 0, "place": place, "until_on": maybe_day(fields, "until_on"),
        "source": fields.text("source"), "source_read_on": maybe_day(fields, "source_read_on"),
        "confirmed": fields.flag("confirmed", False),
    }  # fmt: skip
    ReportingDuty.objects.get_or_create(
        key=fields.text("key"), from_on=a_day(fields, "from_on"), defaults=values
    )
    fields.finish()
