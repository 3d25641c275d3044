"""The part of a pack about how it was: when people are asked, and who looks at complaints after us."""

import datetime as dt

from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.people.rules.pack import row_named
from moothall.satisfaction.models import Ombudsman, SurveyHabit

from .ombudsman import save_ombudsman
from .wording import SURVEY


def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("satisfaction.yaml")
    put_letters([SURVEY], pack)
    if doc is None:
        return
    progress.begin(_("Surveys and complaints"))
    fields = Fields(doc)
    for row in fields.mappings("surveys"):
        _load_habit(row)
        progress.advance()
    body = fields.mapping("ombudsman")
    if body:
        _load_ombudsman(body, pack)
    fields.finish()
    progress.end()


def _load_habit(row: Marked) -> None:
    fields = Fields(row)
    key = fields.optional("service")
    service = row_named(Service, row, "service", key) if key else None
    values = {
        "asks": fields.flag("asks", True),
        "after_hours": fields.maybe_whole("after_hours") or 24,
        "once_in_days": fields.maybe_whole("once_in_days") or 90,
        "open_days": fields.maybe_whole("open_days") or 21,
    }
    fields.finish()
    SurveyHabit.objects.get_or_create(service=service, defaults=values)


def _load_ombudsman(row: Marked, pack: Pack) -> None:
    """Unless the office has written down its own."""
    fields = Fields(row)
    read_on = fields.optional("source_read_on")
    words = {name: fields.text(name, "") for name in ("name_cy", "how", "how_cy", "website", "source")}
    name = fields.text("name")
    fields.finish()
    if Ombudsman.objects.current() is None:
        day = dt.date.fromisoformat(read_on) if read_on else None
        save_ombudsman(name=name, **words, source_read_on=day, by=None, at=pack.at)
