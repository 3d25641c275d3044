"""Problems: those of one's own team, and those that a case one sees belongs to."""

from tests.access.table import area

PAGES = area(
    "pages of problems",
    """
route                method seats  any
problem_list         GET    CVLMHU 200
new_problem          GET    LM     200
new_problem          POST   LM     302
candidates           GET    LM     200
link_many_to_problem POST   LM     302
""",
)

# A problem of the other team is seen by the whole office alone, and changed by nobody of this one.
PROBLEMS = area(
    "problem",
    """
route             method seats own other
problem_page      GET    CVLM  200 404
problem_page      GET    HU    200 200
edit_problem      GET    LM    200 404
edit_problem      POST   LM    302 404
escalate_problem  GET    LM    200 404
escalate_problem  POST   LM    302 404
link_alike        POST   LM    302 404
unlink_cases      POST   LM    302 404
tell_everybody    GET    LM    200 404
tell_everybody    POST   LM    302 404
make_of_candidate POST   LM    302 404
refuse_candidate  POST   LM    302 404
""",
)

AREAS = (PAGES, PROBLEMS)
