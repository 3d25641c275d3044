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

AREAS = (PAGES, PASSENGER, JOURNEY, CENTRE, APPLICATION, ENTITLEMENT)
