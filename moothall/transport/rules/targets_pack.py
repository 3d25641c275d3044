"""The part of a pack about value: what its service plan asks of figures. Rows that are there already stay."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.transport.models import Target

from .contractor_pack import a_day
from .targets import set_target


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("value.yaml")
    if doc is None:
        return
    progress.begin(_("Targets of the service plan"))
    fields = Fields(doc)
    for row in fields.mappings("targets"):
        _target(row, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _target(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    figure = fields.choice("figure", [key for key, _words in Target.FIGURES])
    from_on = a_day(fields, "from_on")
    amount, amber = Decimal(fields.text("amount")), Decimal(fields.text("amber"))
    owner = Account.objects.filter(email=fields.text("owner", "")).first()
    source = fields.text("source")
    fields.finish()
    if not Target.objects.filter(figure=figure, from_on=from_on).exists():
        set_target(
            figure=figure, amount=amount, amber=amber, from_on=from_on, source=source, owner=owner, by=None,
            at=pack.at,
        )  # fmt: skip
