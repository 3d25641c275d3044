"""The public pages: anybody comes in, and a form or a case only by its own address.

A form belongs to whoever began it: one of somebody who is not signed in opens by its signed address (drafted,
sent), one of an account for that account alone (theirs). A case opens by a link that was given (linked), and
for its requester under their own account; a link that was ended says so (410).
"""

from tests.access.table import area

PUBLIC = area(
    "public pages",
    """
route        method seats any
ask_list     GET    *     200
ask_start    GET    *     200
ask_start    POST   *     302
send_link    GET    *     200
send_link    POST   *     302
own_requests GET    CVLMHAUN 200
""",
)

FORM = area(
    "form",
    """
route        method seats drafted sent theirs
ask_check    GET    *     200     302  404
ask_check    POST   *     302     302  404
ask_question GET    *     200     302  404
ask_question POST   *     302     302  404
ask_files    GET    *     200     302  404
ask_files    POST   *     302     302  404
keep_answers GET    *     200     302  404
keep_answers POST   *     302     302  404
ask_sent     GET    *     302     200  404
drop_answers POST   *     302     409  404
remove_file  POST   *     302     409  404
""",
)

CASE = area(
    "followed case",
    """
route         method seats linked ended
progress      GET    *     200    410
progress      POST   *     302    410
progress_file GET    *     200    410
""",
)

# Nobody in these seats asked for any of the cases: each is somebody else's.
OWN = area(
    "own case",
    """
route       method seats    other
own_request GET    CVLMHAUN 404
own_request POST   CVLMHAUN 404
own_file    GET    CVLMHAUN 404
""",
)

AREAS = (PUBLIC, FORM, CASE, OWN)
