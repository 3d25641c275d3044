"""The day of transport: what a crew presses on today's own run, and what the desk does about the day.

own      a run of today that the adviser drives        other    one that somebody else drives
"""

from tests.access.table import area

PAGES = area(
    "pages of the day",
    """
route               method seats    any
phone_worker        GET    CVLMHAUN 200
press_on_run        POST   V        302
press_on_run        POST   CLMHAUN  404
odd_presses         GET    VM       200
day_messages        GET    VM       200
write_day_message   GET    VM       200
preview_day_message POST   VM       200
send_day_message    POST   VM       302
vehicle_checks      GET    VM       200
check_items         GET    VM       200
defects             GET    VM       200
""",
)

OWN = area(
    "run of today",
    """
route     method seats   own other
phone_run GET    V       200 404
phone_run GET    CLMHAUN 404 404
""",
)

THING = area(
    "thing of the day",
    """
route                   method seats any
see_press               POST   VM    302
unsee_press             POST   VM    302
day_message             GET    VM    200
ring_of_day             POST   VM    302
not_rung_of_day         POST   VM    302
vehicle_check           GET    VM    200
take_back_vehicle_check GET    M     200
take_back_vehicle_check POST   M     302
confirm_check_item      POST   M     302
give_defect             GET    VM    200
give_defect             POST   VM    302
mend_defect             GET    VM    200
mend_defect             POST   VM    302
defect_not_mended       POST   VM    302
""",
)

LATE = area(
    "run on a day",
    """
route       method seats any
late_run    GET    VM    200
tell_late   POST   VM    302
run_on_time POST   VM    302
""",
)

REACHED = area(
    "centre of the day",
    """
route          method seats any
centre_contact GET    M     200
centre_contact POST   M     302
""",
)

AREAS = (PAGES, OWN, THING, LATE, REACHED)
