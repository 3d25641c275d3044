"""Selection events: the desk that runs a campaign draws them up, plans them and decides their results;
whoever assesses finds their own day, whatever else they may do, and nothing of anybody else's; an applicant's
times open by their own signed address.

home     of a campaign of the home team        other   of another team, or of another who assesses
own      of an assessor who is this account
"""

from tests.access.table import area

PAGES = area(
    "pages of assessing",
    """
route        method seats    any
my_assessing GET    CVLMHAUN 200
""",
)

CAMPAIGN = area(
    "events of a campaign",
    """
route            method seats home other
selection_events GET    CVLM  200  404
selection_events GET    HU    200  200
draw_up_event    GET    CVLM  200  404
draw_up_event    POST   CVLM  302  404
""",
)

EVENT = area(
    "selection event",
    """
route                method seats home other
selection_event      GET    CVLM  200  404
selection_event      GET    HU    200  200
event_timetable      GET    CVLM  200  404
event_timetable      GET    HU    200  200
event_plan           GET    CVLM  200  404
event_plan           GET    HU    200  200
event_results        GET    CVLM  200  404
event_results        GET    HU    200  200
change_event         GET    CVLM  200  404
change_event         POST   CVLM  302  404
cancel_event         GET    CVLM  200  404
cancel_event         POST   CVLM  302  404
hold_event_after_all POST   CVLM  302  404
tell_event           POST   CVLM  302  404
add_exercise         GET    CVLM  200  404
add_exercise         POST   CVLM  302  404
remove_exercise      POST   CVLM  302  404
add_event_rooms      GET    CVLM  200  404
add_event_rooms      POST   CVLM  302  404
remove_event_room    POST   CVLM  302  404
name_assessors       GET    CVLM  200  404
name_assessors       POST   CVLM  302  404
let_go_assessor      POST   CVLM  302  404
take_assessor_back   POST   CVLM  302  404
assessor_away        GET    CVLM  200  404
assessor_away        POST   CVLM  302  404
assessor_there       POST   CVLM  302  404
bring_candidates     POST   CVLM  302  404
take_back_bringing   POST   CVLM  302  404
settle_help          GET    CVLM  200  404
settle_help          POST   CVLM  302  404
take_out_candidate   POST   CVLM  302  404
put_back_candidate   POST   CVLM  302  404
add_conflict         GET    CVLM  200  404
add_conflict         POST   CVLM  302  404
remove_conflict      POST   CVLM  302  404
note_attendance      GET    CVLM  200  404
note_attendance      POST   CVLM  302  404
plan_event           GET    CVLM  200  404
plan_event           POST   CVLM  302  404
mend_event           GET    CVLM  200  404
mend_event           POST   CVLM  302  404
stop_event_plan      POST   CVLM  302  404
publish_event_plan   POST   CVLM  302  404
take_back_event_plan POST   CVLM  302  404
decide_event_results POST   CVLM  302  404
reopen_event_results POST   CVLM  302  404
""",
)

ASSESSING = area(
    "assessing",
    """
route            method seats    own other
my_assessing_day GET    CVLMHAUN 200 404
my_conflicts     GET    CVLMHAUN 200 404
my_conflicts     POST   CVLMHAUN 302 404
score_candidate  GET    CVLMHAUN 200 404
score_candidate  POST   CVLMHAUN 302 404
take_back_score  POST   CVLMHAUN 302 404
""",
)

TIMES = area(
    "times of an applicant",
    """
route    method seats linked
my_times GET    *     200
my_times POST   *     422
""",
)

AREAS = (PAGES, CAMPAIGN, EVENT, ASSESSING, TIMES)
