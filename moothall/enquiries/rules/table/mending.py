"""The refused rows as a file: as they stood, and why, to be mended and sent again."""

import csv
import io

from django.utils.translation import gettext as _

from moothall.core.lists.exporting import DANGEROUS
from moothall.enquiries.models import TableImport, TableRow


def refused_rows(table: TableImport) -> bytes:
    """CSV with a mark of its encoding, harmless when opened."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow([*map(_harmless, table.columns), _("Why it was refused")])
    for row in table.lines.filter(result=TableRow.REFUSED).order_by("number").iterator():
        writer.writerow([*map(_harmless, row.cells), _harmless(row.reason)])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _harmless(text: str) -> str:
    """What a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if DANGEROUS.match(text) else text
