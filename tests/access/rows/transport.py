"""Transport: passengers and journeys are for those who work with transport, whichever team they are in.

home     of an application whose case is in the home team        other   of one elsewhere
The adviser works with transport here; the team manager, the lead and the head of service manage cases too,
but of them the manager alone works with transport, and so manages it.
"""

from tests.access.table import area

PAGES = area(
    "pages of transport",
    """
route                     method seats any
passengers                GET    VM    200
add_passenger             GET    VM    200
add_passenger             POST   VM    302
accounted                 GET    VM    200
account_day               POST   VM    302
centres                   GET    VM    200
travel_applications       GET    VM    200
add_travel_application    GET    VM    200
add_travel_application    POST   VM    302
eligibility_rules         GET    VM    200
set_transport_rate        GET    M     200
set_transport_rate        POST   M     302
run_plans                 GET    VM    200
ask_for_run_plan          GET    M     200
ask_for_run_plan          POST   M     302
compare_run_plans         GET    VM    200
vehicles                  GET    VM    200
add_vehicle               GET    M     200
add_vehicle               POST   M     302
vehicle_prices            GET    VM    200
set_vehicle_price         GET    M     200
set_vehicle_price         POST   M     302
set_planning_figure       GET    M     200
set_planning_figure       POST   M     302
""",
)

PASSENGER = area(
    "passenger",
    """
route                method seats any
passenger            GET    VM    200
emergency_contacts   POST   M     200
passenger_leaves     GET    VM    200
passenger_leaves     POST   VM    302
passenger_comes_back POST   VM    302
add_passenger_entry  GET    VM    200
add_passenger_entry  POST   VM    302
end_passenger_entry  GET    VM    200
end_passenger_entry  POST   VM    302
""",
)

JOURNEY = area(
    "journey",
    """
route              method seats any
journey            GET    VM    200
settle_journey     GET    VM    200
settle_journey     POST   VM    302
journey_by_pattern POST   VM    302
""",
)

CENTRE = area(
    "centre",
    """
route              method seats any
centre             GET    VM    200
add_bell           GET    M     200
add_bell           POST   M     302
add_centre_closure GET    M     200
add_centre_closure POST   M     302
open_after_all     POST   M     302
""",
)

APPLICATION = area(
    "application for travel",
    """
route                method seats home other
travel_application   GET    VM    200  404
enter_travel_facts   GET    VM    200  404
enter_travel_facts   POST   VM    302  404
decide_travel        GET    M     200  404
decide_travel        POST   M     302  404
record_travel_appeal GET    VM    200  404
record_travel_appeal POST   VM    302  404
""",
)

ENTITLEMENT = area(
    "entitlement to travel",
    """
route                      method seats any
end_travel_entitlement     GET    M     200
end_travel_entitlement     POST   M     302
restore_travel_entitlement POST   M     302
confirm_eligibility_rule   POST   M     302
""",
)

PLAN = area(
    "plan of runs",
    """
route                method seats any
run_plan             GET    VM    200
stop_run_plan        POST   M     302
start_run_plan_again POST   M     302
consider_run_plan    POST   M     302
undo_move_of_plan    POST   M     302
own_run_plan         GET    M     200
own_run_plan         POST   M     302
publish_run_plan     GET    M     200
publish_run_plan     POST   M     302
withdraw_run_plan    GET    M     200
withdraw_run_plan    POST   M     302
run_plan_notices     GET    VM    200
run_plan_file        GET    M     200
ring_family          POST   VM    302
mend_run_plan        GET    M     200
mend_run_plan        POST   M     302
mending              GET    M     200
accept_mending       POST   M     302
take_back_mending    POST   M     302
""",
)

RUN = area(
    "run",
    """
route         method seats any
run           GET    VM    200
lock_run      POST   M     302
lock_ride     POST   M     302
move_ride     GET    M     200
move_ride     POST   M     302
place_without GET    M     200
place_without POST   M     302
vehicle       GET    VM    200
take_off_road GET    VM    200
take_off_road POST   VM    302
back_on_road  POST   VM    302
""",
)

CREWS = area(
    "crews",
    """
route      method seats    any
crews      GET    VM       200
crew_board GET    VM       200
join_crew  GET    M        200
join_crew  POST   M        302
man_week   GET    M        200
man_week   POST   M        302
ask_of_crews GET  M        200
ask_of_crews POST M        302
my_runs    GET    CVLMHAUN 200
""",
)

CREW = area(
    "member of a crew",
    """
route        method seats any
leave_crew   POST   M     302
stay_in_crew POST   M     302
ask_no_more  POST   M     302
""",
)

CREW_WEEK = area(
    "week of crews",
    """
route          method seats any
crew_week      GET    VM    200
stop_crew_week POST   M     302
""",
)

COVER = area(
    "day to cover",
    """
route      method seats any
crew_cover GET    M     200
cover_day  POST   M     302
next_vehicles POST M    302
""",
)

DUTY = area(
    "duty of a crew",
    """
route      method seats any
crew_sheet GET    VM    200
undo_cover POST   M     302
give_vehicle GET  M     200
give_vehicle POST M     302
undo_swap  POST   M     302
""",
)

AREAS = (
    PAGES, PASSENGER, JOURNEY, CENTRE, APPLICATION, ENTITLEMENT, PLAN, RUN, CREWS, CREW, CREW_WEEK, COVER,
    DUTY,
)  # fmt: skip
