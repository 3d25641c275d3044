"""The part of a sample office about its boards, the times it keeps free, and journeys between its sites."""

import datetime as dt

from django.utils.translation import gettext as _

from moothall.bookings.models import Panel, PanelMember, ProtectedTime
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account, Place
from moothall.people.rules.pack import row_named

from .panels import add_member, protect_time, save_panel, set_journey

ROLES = tuple(key for key, _words in PanelMember.ROLES)


def load_panels(pack: Pack, progress: Progress) -> None:
    """Unless the office keeps any already."""
    doc = pack.file("demo/panels.yaml") if pack.demo else None
    if doc is None or Panel.objects.exists():
        return
    progress.begin(_("Boards and panels"))
    fields = Fields(doc)
    for row in fields.mappings("panels"):
        _panel(row, pack)
        progress.advance()
    for row in fields.mappings("protected"):
        _protected(row, pack)
    for row in fields.mappings("journeys"):
        _journey(row, pack)
    fields.finish()
    progress.end()


def _panel(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    place = fields.text("place", "")
    made = save_panel(
        None, name=fields.text("name"), name_cy=fields.text("name_cy", ""), by=None, at=pack.at,
        minutes=fields.maybe_whole("minutes") or 60, quorum=fields.maybe_whole("quorum") or 0,
        papers_days=fields.maybe_whole("papers_days") or 0,
        place=row_named(Place, row, "place", place, field="name") if place else None,
    )  # fmt: skip
    for member in fields.mappings("members"):
        _member(member, made, pack)
    fields.finish()


def _member(row: Marked, panel: Panel, pack: Pack) -> None:
    fields = Fields(row)
    who, deputy = fields.text("who"), fields.text("deputy", "")
    role = fields.choice("role", ROLES, PanelMember.NEEDED)
    fields.finish()
    add_member(
        panel, account=row_named(Account, row, "who", who, field="email"), role=role, by=None, at=pack.at,
        deputy=row_named(Account, row, "deputy", deputy, field="email") if deputy else None,
    )  # fmt: skip


def _protected(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    begins, ends = (dt.time.fromisoformat(fields.text(name)) for name in ("begins", "ends"))
    why = fields.text("why")
    fields.finish()
    if not ProtectedTime.objects.filter(why=why).exists():
        protect_time(weekday=None, begins=begins, ends=ends, why=why, by=None, at=pack.at)


def _journey(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    one, other = (row_named(Place, row, name, fields.text(name), field="name") for name in ("one", "other"))
    minutes = fields.maybe_whole("minutes") or 30
    fields.finish()
    set_journey(one=one, other=other, minutes=minutes, by=None, at=pack.at)
