"""The part of a pack about leave: its kinds, and the house rules of each workforce."""

from decimal import Decimal

from django.utils.translation import gettext as _

from clocks.leave_entitlement import ROUNDINGS
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.leave.models import LeaveKind, LeaveScheme
from moothall.workforce.models import Employment


def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("leave.yaml")
    if doc is None:
        return
    progress.begin(_("Kinds of leave"))
    fields = Fields(doc)
    for order, row in enumerate(fields.mappings("kinds"), 1):
        _kind(row, order * 10)
        progress.advance()
    for row in fields.mappings("schemes"):
        _scheme(row)
    fields.finish()
    progress.end()


def _kind(row: Marked, order: int) -> None:
    fields = Fields(row)
    weeks = fields.optional("most_weeks")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "counts": fields.choice("counts", [key for key, _name in LeaveKind.COUNTS], LeaveKind.NOTHING),
        "is_paid": fields.flag("is_paid", True), "needs_note": fields.flag("needs_note", False),
        "most_weeks": Decimal(weeks) if weeks else None, "payroll_code": fields.text("payroll_code", ""),
        "order": order,
    }  # fmt: skip
    key = fields.text("key")
    fields.finish()
    LeaveKind.objects.get_or_create(key=key, defaults=values)


def _scheme(row: Marked) -> None:
    fields = Fields(row)
    workforce = fields.choice("workforce", [key for key, _name in Employment.WORKFORCES])
    values = {
        "month": int(fields.text("month", "4")), "day": int(fields.text("day", "1")),
        "full_day_hours": Decimal(fields.text("full_day_hours", "7.40")),
        "rounding": fields.choice("rounding", list(ROUNDINGS), "hundredth"),
        "notice_times": Decimal(fields.text("notice_times", "2")),
    }  # fmt: skip
    fields.finish()
    LeaveScheme.objects.get_or_create(workforce=workforce, defaults=values)
