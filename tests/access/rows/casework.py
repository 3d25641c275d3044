"""Contacts with care: who acts for whom is known to whoever may see people and, for one case, that case."""

from tests.access.table import area

PAGES = area(
    "pages of casework",
    """
route          method seats   any
authority_list GET    CVLMHAU 200
add_authority  GET    CVLM    200
add_authority  POST   CVLM    302
approach_list  GET    CVLMHU  200
holding_list   GET    CVLMHU  200
send_holding_replies POST CVLM 302
""",
)

# whole  for everything; own, other, unnamed  for a case of one's team, of another, that one is not named on
AUTHORITY = area(
    "authority",
    """
route              method seats whole own other unnamed
authority          GET    CVLM  200   200 404   404
authority          GET    HU    200   200 200   404
authority          GET    A     200   404 404   404
withdraw_authority GET    CVLM  200   200 404   404
withdraw_authority POST   CVLM  302   302 404   404
authority_document GET    CVLM  200   200 404   404
authority_document GET    HU    200   200 200   404
authority_document GET    A     200   404 404   404
restore_authority  POST   CVLM  409   409 404   404
undo_authority     POST   CVLM  302   302 404   404
""",
)

APPROACH = area(
    "approach",
    """
route             method seats own other unnamed settled
approach          GET    CVLM  200 404   404     200
approach          GET    HU    200 200   404     200
approach_document GET    CVLM  404 404   404     200
approach_document GET    HU    404 404   404     200
chase_approach    GET    CVLM  200 404   404     200
chase_approach    POST   CVLM  302 404   404     422
answer_approach   GET    CVLM  200 404   404     200
answer_approach   POST   CVLM  302 404   404     422
close_approach    GET    CVLM  200 404   404     200
close_approach    POST   CVLM  302 404   404     422
reopen_approach   POST   CVLM  409 404   404     302
undo_approach     POST   CVLM  302 404   404     409
""",
)

HOLDING = area(
    "holding reply",
    """
route              method seats own other unnamed
undo_holding_reply POST   CVLM  302 404   404
""",
)

AREAS = (PAGES, AUTHORITY, APPROACH, HOLDING)
