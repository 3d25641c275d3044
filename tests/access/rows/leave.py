"""Leave: one's own, and that of those on whom one decides; nobody else's."""

from tests.access.table import area

OWN = area(
    "own leave",
    """
route                 method seats    any
my_leave              GET    CVLMHAUN 200
ask_leave             GET    CVLMHAUN 200
ask_leave             POST   CVLMHAUN 302
leave_to_decide       GET    CVLMHAUN 200
approve_fitting_leave POST   CVLMHAUN 302
""",
)

REQUESTS = area(
    "leave request",
    """
route           method seats    own led other
leave_request   GET    CVLMHAUN 200 200 404
withdraw_leave  POST   CVLMHAUN 302 302 404
approve_leave   POST   CVLMHAUN 404 302 404
refuse_leave    GET    CVLMHAUN 404 200 404
refuse_leave    POST   CVLMHAUN 404 302 404
give_back_leave GET    CVLMHAUN 404 200 404
give_back_leave POST   CVLMHAUN 404 302 404
undo_leave      POST   CVLMHAUN 302 302 404
""",
)

AREAS = (OWN, REQUESTS)
