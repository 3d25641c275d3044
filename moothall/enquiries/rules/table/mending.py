"""The refused rows as a file: as they stood, and why, to be mended and sent again."""

from django.utils.translation import gettext as _

from moothall.enquiries.models import TableImport, TableRow
from moothall.records.rules.tables import as_csv


def refused_rows(table: TableImport) -> bytes:
    """CSV with a mark of its encoding, harmless when opened."""
    rows = table.lines.filter(result=TableRow.REFUSED).order_by("number")
    heading = [*table.columns, _("Why it was refused")]
    return as_csv(heading, ([*row.cells, row.reason] for row in rows.iterator()))
