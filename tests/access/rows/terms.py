"""What falls due: one's own, that of one's people, and that of those of whom one keeps the records.

home     of somebody whose post is in the home team        other   of somebody elsewhere
What managers do with their people's, and that nobody decides on their own, is proved in
`moothall/terms/tests/`.
"""

from tests.access.table import area

PAGES = area(
    "pages of what falls due",
    """
route            method seats    any
falling_due      GET    CVLMHAUN 200
team_falling_due GET    CVLMHAUN 200
ask_to_retire    GET    CVLMHAUN 200
ask_to_retire    POST   CVLMHAUN 422
""",
)

TERM = area(
    "something that falls due",
    """
route            method seats  home other
term             GET    M      200  404
term             GET    H      200  200
term             GET    CVLAUN 404  404
settle_term      GET    M      403  404
settle_term      GET    H      200  200
settle_term      GET    CVLAUN 404  404
settle_term      POST   M      403  404
settle_term      POST   H      302  302
settle_term      POST   CVLAUN 404  404
unsettle_term    POST   H      409  409
withdraw_term    POST   H      302  302
restore_term     POST   H      409  409
term_letter      GET    H      200  200
term_letter      POST   H      302  302
finish_term_step GET    M      403  404
finish_term_step GET    H      200  200
finish_term_step GET    CVLAUN 404  404
finish_term_step POST   M      403  404
finish_term_step POST   H      302  302
finish_term_step POST   CVLAUN 404  404
reopen_term_step POST   M      403  404
reopen_term_step POST   H      409  409
reopen_term_step POST   CVLAUN 404  404
""",
)

PROBATION = area(
    "a probation",
    """
route              method seats home other
arrange_hearing    GET    H     200  200
arrange_hearing    POST   H     302  302
write_down_hearing GET    H     200  200
write_down_hearing POST   H     302  302
""",
)

# own: mine   other: of somebody else
RETIREMENT = area(
    "somebody's own retirement",
    """
route                  method seats    own other
give_retirement_notice GET    CVLMHAUN 200 404
give_retirement_notice POST   CVLMHAUN 302 404
take_back_retirement   POST   CVLMHAUN 302 404
""",
)

HOLDER = area(
    "somebody for whom something falls due",
    """
route    method seats home other
add_term GET    H     200  200
add_term POST   H     302  302
""",
)

PAY = area(
    "somebody's pay",
    """
route               method seats  home other
pay_history         GET    M      403  404
pay_history         GET    H      200  200
pay_history         GET    CVLAUN 404  404
place_on_point      GET    H      200  200
place_on_point      POST   H      302  302
take_back_placement POST   H      302  302
""",
)

RUNS = area(
    "increments",
    """
route                   method seats any
increment_runs          GET    H     200
begin_increments        GET    H     200
begin_increments        POST   H     302
increment_run           GET    H     200
award_increments        POST   H     302
withhold_increments     POST   H     302
write_increment_letters POST   H     302
payroll_file            POST   H     200
reconcile_increments    GET    H     200
reconcile_increments    POST   H     422
award_increment         POST   H     302
withhold_increment      GET    H     200
withhold_increment      POST   H     302
reopen_increment        POST   H     409
""",
)

AREAS = (PAGES, TERM, PROBATION, RETIREMENT, HOLDER, PAY, RUNS)
