"""Rooms and all that can be booked: the pages, one booking, what somebody waits for, and calendars."""

from tests.access.table import area

PAGES = area(
    "pages of bookings",
    """
route              method seats  any
rooms_week         GET    CVLM   200
rooms_day          GET    CVLM   200
my_bookings        GET    CVLM   200
reserve            GET    CVLM   200
reserve            POST   CVLM   302
wait_for_room      POST   CVLM   302
calendar_feeds     GET    CVLMHAUN 200
open_calendar_feed POST   CVLMHAUN 200
bring_calendar     GET    CVLM   200
bring_calendar     POST   M      302
bring_calendar     POST   CVL    422
add_visitor        GET    CVLM   200
add_visitor        POST   CVLM   302
hand_out_key       GET    CVLM   200
hand_out_key       POST   CVLM   302
leave_message      GET    CVLM   200
leave_message      POST   CVLM   302
visitor_came       POST   CVLM   302
visitor_left       POST   CVLM   302
visitor_missed     POST   CVLM   302
key_back           POST   CVLM   302
give_message       POST   CVLM   302
resources          GET    MA     200
add_resource       GET    MA     200
add_resource       POST   MA     302
edit_resource      GET    MA     200
edit_resource      POST   MA     302
retire_resource    POST   MA     302
recharge           GET    MA     200
bed_kinds          GET    MA     200
add_bed_kind       GET    MA     200
add_bed_kind       POST   MA     302
edit_bed_kind      GET    MA     200
edit_bed_kind      POST   MA     302
add_bedrooms       GET    MA     200
add_bedrooms       POST   MA     302
retire_bed_kind    POST   MA     302
find_time          GET    CVLM   200
book_found_time    POST   CVLM   302
colleague_lookup   GET    CVLM   200
panels             GET    CVLM   200
add_panel          GET    CVLM   200
add_panel          POST   CVLM   302
panel              GET    CVLM   200
edit_panel         GET    CVLM   200
edit_panel         POST   CVLM   302
retire_panel       POST   CVLM   302
add_panel_member   GET    CVLM   200
add_panel_member   POST   CVLM   302
remove_panel_member POST  CVLM   302
meeting_rules      GET    MA     200
protect_time       GET    MA     200
protect_time       POST   MA     302
unprotect_time     POST   MA     302
set_journey        GET    MA     200
set_journey        POST   MA     302
forget_journey     POST   MA     302
arrivals           GET    CVLM   200
bedroom_plan       GET    CVLM   200
choose_bedrooms    POST   CVLM   302
sell_beds          GET    CVLM   200
sell_beds          POST   CVLM   302
stay               GET    CVLM   200
change_stay        GET    CVLM   200
change_stay        POST   CVLM   302
cancel_stay        GET    CVLM   200
cancel_stay        POST   CVLM   302
give_room          GET    CVLM   200
give_room          POST   CVLM   302
guest_came         POST   CVLM   302
guest_left         POST   CVLM   302
guest_missed       POST   CVLM   302
undo_stay          POST   CVLM   302
""",
)

# What is private is its maker's, and of whoever sets up.
RESERVATIONS = area(
    "reservation",
    """
route               method seats plain private
reservation         GET    CVL   200   404
reservation         GET    M     200   200
move_reservation    GET    CVL   200   404
move_reservation    GET    M     200   200
move_reservation    POST   CVL   302   404
move_reservation    POST   M     302   302
cancel_reservation  GET    CVL   200   404
cancel_reservation  GET    M     200   200
cancel_reservation  POST   CVL   302   404
cancel_reservation  POST   M     302   302
confirm_reservation POST   CVL   302   404
confirm_reservation POST   M     302   302
agree_reservation   POST   CVL   302   404
agree_reservation   POST   M     302   302
refuse_reservation  GET    CVL   200   404
refuse_reservation  GET    M     200   200
refuse_reservation  POST   CVL   302   404
refuse_reservation  POST   M     302   302
undo_reservation    POST   CVL   302   404
undo_reservation    POST   M     302   302
invite_people       GET    CVL   200   404
invite_people       GET    M     200   200
invite_people       POST   CVL   302   404
invite_people       POST   M     302   302
name_guests         GET    CVL   200   404
name_guests         GET    M     200   200
name_guests         POST   CVL   302   404
name_guests         POST   M     302   302
reservation_series  GET    CVL   200   404
reservation_series  GET    M     200   200
move_reservations   GET    CVL   200   404
move_reservations   GET    M     200   200
move_reservations   POST   CVL   302   404
move_reservations   POST   M     302   302
cancel_reservations GET    CVL   200   404
cancel_reservations GET    M     200   200
cancel_reservations POST   CVL   302   404
cancel_reservations POST   M     302   302
""",
)

OWN = area(
    "own booking",
    """
route                  method seats own other
withdraw_wish          POST   CVLM  302 404
withdraw_calendar_feed POST   CVLMHAUN 302 404
give_calendar_back     POST   CVL   302 404
give_calendar_back     POST   M     302 302
""",
)

# A calendar reads what stands at its address, until the address is withdrawn.
CALENDARS = area(
    "calendar",
    """
route         method seats given withdrawn
calendar_feed GET    *     200   404
""",
)

AREAS = (PAGES, RESERVATIONS, OWN, CALENDARS)
