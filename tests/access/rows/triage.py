"""Triage: the queue, its decisions, how good they are; and tables of enquiries."""

from tests.access.table import area

PAGES = area(
    "pages of triage",
    """
route          method seats any
triage         GET    CVLM  200
undo_triage    POST   CVLM  302
triage_quality GET    LMH   200
import_table   GET    C     200
import_table   POST   C     302
""",
)

# A suggestion is decided by whoever may work on its case. Refused on a closed one, it says so: 302.
SUGGESTION = area(
    "suggestion",
    """
route             method seats own mine other handed open named unnamed sealed opened hidden closed
accept_suggestion POST   CVLM  302 302  404   302    302  302   404     302    302    404    302
reject_suggestion POST   CVLM  302 302  404   302    302  302   404     302    302    404    302
settle_triage     POST   CVLM  302 302  404   302    302  302   404     302    302    404    302
""",
)

# A table belongs to the team into which it is brought.
TABLES = area(
    "table",
    """
route         method seats own other
table_import  GET    C     200 404
map_table     GET    C     200 404
map_table     POST   C     302 404
open_table    POST   C     302 404
undo_table    POST   C     302 404
table_rows    GET    C     200 404
table_refused GET    C     200 404
""",
)

AREAS = (PAGES, SUGGESTION, TABLES)
