"""What is one's own: settings, drafts, saved views. And pages that need no record.

The state of the office is 503 in tests, where no worker runs.
"""

from tests.access.table import area

OWN = area(
    "own things",
    """
route            method seats     any
my_account       GET    CVLMHAUN  200
my_settings      GET    CVLMHAUN  200
my_settings      POST   CVLMHAUN  302
end_my_sessions  POST   CVLMHAUN  302
save_draft       POST   CVLMHAUN  200
discard_draft    POST   CVLMHAUN  302
dismiss          POST   CVLMHAUN  302
saved_views      POST   CVLMHAUN  302
styleguide       GET    CVLMHAUN  200
styleguide_lookup GET   CVLMHAUN  200
set_language     POST   *         302
healthz          GET    *         503
audit            GET    U         200
seals            GET    U         200
standstill       GET    A         200
standstill       POST   A         422
""",
)

# Removing a view that is somebody else's does nothing, and says nothing of it.
VIEWS = area(
    "saved view",
    """
route              method seats     own other
saved_view_removal POST   CVLMHAUN  302 302
""",
)

AUDIT = area(
    "row of the audit",
    """
route              method seats     any
audit_proof        GET    U         200
""",
)

AREAS = (OWN, VIEWS, AUDIT)
