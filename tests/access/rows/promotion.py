"""Promotion: boards, candidates and the pool are there for those who see the cases of the team; who keeps
staff records posts people and promotes them for a while. Everybody has their own, and their people's.

home     a board of the home team           other   of another team, or somebody else's
own      of whoever sits in the seat        led     of somebody they manage today
Nobody decides about their own promotion.
"""

from tests.access.table import area

PAGES = area(
    "pages of promotion",
    """
route                 method seats    any
promotion_boards      GET    CVLMHU   200
draw_up_board         GET    CVLM     200
draw_up_board         POST   CVLM     302
promotion_pool        GET    CVLMHU   200
temporary_promotions  GET    MH       200
begin_promotion       GET    H        200
begin_promotion       POST   H        302
my_promotion          GET    CVLMHAUN 200
promotions_to_support GET    CVLMHAUN 200
""",
)

BOARD = area(
    "promotion board",
    """
route           method seats home other
promotion_board GET    CVLM  200  404
promotion_board GET    HU    200  200
tell_sift       POST   CVLM  302  404
give_results    GET    CVLM  200  404
give_results    POST   CVLM  302  404
""",
)

OPEN = area(
    "open promotion board",
    """
route          method seats    any
apply_to_board POST   CVLMHAUN 302
""",
)

CANDIDATE = area(
    "promotion candidate",
    """
route                   method seats home other
check_candidate         GET    CVLM  200  404
check_candidate         POST   CVLM  302  404
take_back_check         POST   CVLM  302  404
note_standards          GET    CVLM  200  404
note_standards          POST   CVLM  302  404
turn_down_candidate     GET    CVLM  200  404
turn_down_candidate     POST   CVLM  302  404
decide_promotion_appeal GET    CVLM  200  404
decide_promotion_appeal POST   CVLM  302  404
""",
)

# The head of service sees the pool of every team and posts from it.
PLACE = area(
    "place in the promotion pool",
    """
route          method seats home other
post_from_pool GET    H     200  200
post_from_pool POST   H     302  302
leave_pool     GET    CVLM  200  404
leave_pool     POST   CVLM  302  404
return_to_pool POST   CVLM  302  404
""",
)

FOR_A_WHILE = area(
    "promotion for a while",
    """
route                method seats   own other
temporary_promotion  GET    CVLMAUN 200 404
temporary_promotion  GET    H       200 200
prolong_promotion    GET    H       403 200
prolong_promotion    POST   H       403 302
take_back_prolonging POST   H       403 302
review_promotion     GET    H       403 200
review_promotion     POST   H       403 302
confirm_promotion    POST   H       403 302
end_promotion        GET    H       403 200
end_promotion        POST   H       403 302
take_back_promotion_end POST H      403 302
""",
)

MINE = area(
    "own application for promotion",
    """
route                    method seats    own other
ask_for_promotion_appeal GET    CVLMHAUN 200 404
ask_for_promotion_appeal POST   CVLMHAUN 302 404
""",
)

LED = area(
    "somebody one recommends",
    """
route             method seats    led other
support_candidate GET    CVLMHAUN 200 404
support_candidate POST   CVLMHAUN 302 404
take_back_support POST   CVLMHAUN 302 404
""",
)

AREAS = (PAGES, BOARD, OPEN, CANDIDATE, PLACE, FOR_A_WHILE, MINE, LED)
