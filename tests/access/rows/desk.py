"""The front desk: who is to be rung back, who comes, and what is set up for it."""

from tests.access.table import area

PAGES = area(
    "pages of the desk",
    """
route          method seats  any
call_backs     GET    CVLM   200
wallboard      GET    CVLMHU 200
workload       GET    LMH    200
sharing        GET    CVLM   200
my_hours       GET    CVLMHAUN 302
reception      GET    CVLM   200
appointment_day GET   CVLM   200
appointment_week GET  CVLM   200
book           GET    CVLM   200
book           POST   CVLM   302
appointment_setup GET MA     200
add_place      GET    MA     200
add_place      POST   MA     302
edit_place     GET    MA     200
edit_place     POST   MA     302
place_hours    GET    MA     200
place_hours    POST   MA     302
add_room       GET    MA     200
add_room       POST   MA     302
edit_room      GET    MA     200
edit_room      POST   MA     302
room_hours     GET    MA     200
room_hours     POST   MA     302
retire_room    POST   MA     302
add_closure    GET    MA     200
add_closure    POST   MA     302
withdraw_closure POST MA     302
add_kind       GET    MA     200
add_kind       POST   MA     302
edit_kind      GET    MA     200
edit_kind      POST   MA     302
retire_kind    POST   MA     302
""",
)

# An appointment is its team's.
APPOINTMENTS = area(
    "appointment",
    """
route               method seats own other
appointment         GET    CVLM  200 404
appointment_file    GET    CVLM  200 404
move_appointment    GET    CVLM  200 404
move_appointment    POST   CVLM  302 404
cancel_appointment  GET    CVLM  200 404
cancel_appointment  POST   CVLM  302 404
appointment_arrived POST   CVLM  302 404
appointment_missed  POST   CVLM  302 404
appointment_left    POST   CVLM  302 404
undo_appointment    POST   CVLM  302 404
""",
)

API = area(
    "api of the desk",
    """
route            method seats any
api_appointments GET    CVLM  200
api_appointments POST   CVLM  201
api_free_times   GET    CVLM  200
""",
)

API_APPOINTMENT = area(
    "api appointment",
    """
route            method seats own other
api_moving       POST   CVLM  200 404
api_cancellation POST   CVLM  200 404
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

# Whoever leads a team plans for it.
TEAMS = area(
    "team led",
    """
route            method seats own other
workload_pace    GET    LM    200 404
workload_pace    GET    H     200 200
workload_pace    POST   LM    302 404
workload_pace    POST   H     302 302
wallboard_setup  GET    LM    200 404
wallboard_setup  GET    H     200 200
wallboard_target GET    LM    200 404
wallboard_target GET    H     200 200
wallboard_target POST   LM    302 404
wallboard_target POST   H     302 302
hang_display     GET    LM    200 404
hang_display     GET    H     200 200
hang_display     POST   LM    302 404
hang_display     POST   H     302 302
revoke_display   POST   LM    302 404
revoke_display   POST   H     302 302
accept_sharing   POST   CVLM  302 404
undo_sharing     POST   CVLM  302 404
""",
)

# Hours and leave are one's own, and known to whoever leads one's team; to no colleague beside one.
COLLEAGUES = area(
    "colleague",
    """
route            method seats  self team other
colleague_hours  GET    CVAUN  200  404  404
colleague_hours  GET    LM     200  200  404
colleague_hours  GET    H      200  200  200
edit_hours       GET    CVAUN  200  404  404
edit_hours       GET    LM     200  200  404
edit_hours       GET    H      200  200  200
edit_hours       POST   CVAUN  302  404  404
edit_hours       POST   LM     302  302  404
edit_hours       POST   H      302  302  302
add_absence      GET    CVAUN  200  404  404
add_absence      GET    LM     200  200  404
add_absence      GET    H      200  200  200
add_absence      POST   CVAUN  302  404  404
add_absence      POST   LM     302  302  404
add_absence      POST   H      302  302  302
withdraw_absence POST   CVAUN  302  404  404
withdraw_absence POST   LM     302  302  404
withdraw_absence POST   H      302  302  302
say_presence     POST   CVAUN  302  404  404
say_presence     POST   LM     302  302  404
say_presence     POST   H      302  302  302
edit_skills      GET    LM     200  200  404
edit_skills      GET    H      200  200  200
edit_skills      POST   LM     302  302  404
edit_skills      POST   H      302  302  302
""",
)

# A screen on the wall shows numbers to anybody who has its address, until it is taken back.
SCREENS = area(
    "screen",
    """
route             method seats hung revoked
wallboard_display GET    *     200  404
""",
)

AREAS = (PAGES, TEAMS, COLLEAGUES, SCREENS, CALL_BACKS, APPOINTMENTS, API, API_APPOINTMENT)
