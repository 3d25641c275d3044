"""The API: the same people, the same records, the same answers, said to programs."""

from tests.access.table import area

PEOPLE = area(
    "api of people",
    """
route       method seats   any
api_people  GET    CVLMHAU 200
api_person  GET    CVLMHAU 200
api_audit   GET    U       200
api_letters GET    CVLM    200
""",
)

LETTER = area(
    "api letter",
    """
route      method seats own mine other handed open named unnamed sealed opened hidden closed
api_letter GET    CVLM  200 200  404   200    200  200   404     403    200    404    200
""",
)

# Of cases and enquiries a POST to the same address as the list adds one.
LISTS = area(
    "api of cases and enquiries",
    """
route        method seats  any
api_cases    GET    CVLMHU 200
api_cases    POST   CVLM   201
api_contacts GET    CVLM   200
api_contacts POST   CVLM   201
api_mailboxes GET   A      200
api_incoming POST   C      201
""",
)

CASE = area(
    "api case",
    """
route          method seats own mine other handed open named unnamed sealed opened hidden closed
api_case       GET    CVLM  200 200  404   200    200  200   404     403    200    404    200
api_case       GET    HU    200 200  200   200    200  200   404     403    200    404    200
api_entries    GET    CVLM  200 200  404   200    200  200   404     403    200    404    200
api_entries    GET    HU    200 200  200   200    200  200   404     403    200    404    200
api_notes      POST   CVLM  201 201  404   201    201  201   404     403    201    404    201
api_completion POST   CVLM  200 200  404   200    200  200   404     403    200    404    409
api_assignment POST   CVLM  200 200  404   200    200  200   404     403    200    404    409
api_hold       POST   CVLM  200 200  404   200    200  200   404     403    200    404    409
api_closure    POST   CVLM  200 200  404   200    200  200   404     403    200    404    409
""",
)

BOXES = area(
    "api mailbox",
    """
route        method seats own other
api_messages POST   C     201 404
""",
)

# What a system handed in is its own; of those who may hand in, each sees theirs alone.
HANDED_IN = area(
    "api handed in",
    """
route              method seats own other
api_handed_in      GET    C     200 404
api_incoming_files POST   C     201 404
""",
)

KNOWLEDGE = area(
    "api of knowledge",
    """
route         method seats  any
api_articles  GET    CVLMHU 200
api_article   GET    CVLMHU 200
api_directory GET    CVLMHU 200
""",
)

PROBLEMS = area(
    "api of problems",
    """
route        method seats  any
api_problems GET    CVLMHU 200
api_problems POST   LM     201
""",
)

PROBLEM = area(
    "api problem",
    """
route               method seats own other
api_problem         GET    CVLM  200 404
api_problem         GET    HU    200 200
api_problem_change  POST   LM    200 404
api_problem_cases   POST   LM    200 404
api_problem_removal POST   LM    200 404
""",
)

AREAS = (KNOWLEDGE, PROBLEMS, PROBLEM, HANDED_IN, PEOPLE, LETTER, LISTS, CASE, BOXES)
