"""The front desk: who is to be rung back."""

from tests.access.table import area

PAGES = area(
    "pages of the desk",
    """
route          method seats  any
call_backs     GET    CVLM   200
""",
)

# Somebody is to be rung: those who log calls in the team of the call back.
CALL_BACKS = area(
    "call back",
    """
route              method seats  own other
call_back          GET    CVLM   200 404
call_back          POST   CVLM   302 404
take_call_back     POST   CVLM   302 404
withdraw_call_back POST   CVLM   302 404
undo_call_back     POST   CVLM   302 404
""",
)

AREAS = (PAGES, CALL_BACKS)
