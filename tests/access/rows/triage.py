"""Triage: the queue, its decisions, and how good they are."""

from tests.access.table import area

PAGES = area(
    "pages of triage",
    """
route          method seats any
triage         GET    CVLM  200
undo_triage    POST   CVLM  302
triage_quality GET    LMH   200
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

AREAS = (PAGES, SUGGESTION)
