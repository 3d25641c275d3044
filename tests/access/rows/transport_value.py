"""What transport is worth: seen by those who work with it, its targets set by those who manage cases too."""

from tests.access.table import area

PAGES = area(
    "pages of value",
    """
route            method seats any
value            GET    VM    200
count_value      POST   M     302
runs_gone        GET    VM    200
journeys_counted GET    VM    200
value_targets    GET    VM    200
set_value_target GET    M     200
set_value_target POST   M     302
travel_times     GET    VM    200
learn_travel_times POST M     302
""",
)

TARGET = area(
    "target of value",
    """
route                 method seats any
withdraw_value_target POST   M     302
restore_value_target  POST   M     302
""",
)

TIMES = area(
    "learned speeds",
    """
route                   method seats any
leave_out_travel_times  POST   M     302
bring_back_travel_times POST   M     302
""",
)

AREAS = (PAGES, TARGET, TIMES)
