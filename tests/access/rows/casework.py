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
contact_plan_list GET LM     200
person_formats GET    CVLM    200
person_formats POST   CVLM    302
propose_plan   GET    LM      200
propose_plan   POST   LM      302
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

# A plan is about a person, not about a team; only those who lead know why there is one.
PLAN = area(
    "contact plan",
    """
route         method seats proposed approved appealed
contact_plan  GET    LM    200      200      200
approve_plan  POST   LM    302      409      409
refuse_plan   GET    LM    200      200      200
refuse_plan   POST   LM    302      422      422
tell_plan     GET    LM    200      200      200
tell_plan     POST   LM    422      302      302
review_plan   GET    LM    200      200      200
review_plan   POST   LM    422      302      302
end_plan      GET    LM    200      200      200
end_plan      POST   LM    302      302      302
appeal_plan   GET    LM    200      200      200
appeal_plan   POST   LM    422      302      422
decide_appeal GET    LM    200      200      200
decide_appeal POST   LM    422      422      302
""",
)

AREAS = (PAGES, AUTHORITY, APPROACH, HOLDING, PLAN)
