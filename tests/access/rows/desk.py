"""The front desk: who is to be rung back, who comes, and what is set up for it."""

from tests.access.table import area

PAGES = area(
    "pages of the desk",
    """
route          method seats  any
call_backs     GET    CVLM   200
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

AREAS = (PAGES, CALL_BACKS, APPOINTMENTS, API, API_APPOINTMENT)
