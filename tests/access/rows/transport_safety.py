"""Safety of transport, and what people from outside see of it.

home     an incident whose case is in the home team      other   of one elsewhere
sealed   a safeguarding concern that names nobody here
"""

from tests.access.table import area

PAGES = area(
    "pages of safety",
    """
route             method seats    any
incidents         GET    VM       200
report_incident   GET    VM       200
report_incident   POST   VM       302
my_transport      GET    CVLMHAUN 200
my_reports        GET    CVLMHAUN 200
my_sheets_pdf     GET    CVLMHAUN 200
report_on_the_way GET    CVLMHAUN 200
report_on_the_way POST   CVLMHAUN 302
""",
)

INCIDENT = area(
    "incident",
    """
route                    method seats home other sealed
incident                 GET    VM    200  404   404
incident_photo           GET    VM    200  404   404
add_incident_photos      GET    VM    200  404   404
add_incident_photos      POST   VM    302  404   404
add_involved             GET    VM    200  404   404
add_involved             POST   VM    302  404   404
remove_involved          POST   VM    302  404   404
decide_outside_report    GET    M     200  404   404
decide_outside_report    POST   M     302  404   404
investigate_incident     GET    VM    200  404   404
investigate_incident     POST   VM    302  404   404
take_statement           GET    VM    200  404   404
take_statement           POST   VM    302  404   404
withdraw_statement       POST   VM    302  404   404
add_incident_action      GET    VM    200  404   404
add_incident_action      POST   VM    302  404   404
finish_incident_action   GET    VM    200  404   404
finish_incident_action   POST   VM    302  404   404
withdraw_incident_action POST   VM    302  404   404
reopen_incident_action   POST   VM    302  404   404
close_incident           GET    M     200  404   404
close_incident           POST   M     302  404   404
""",
)

HISTORY = area(
    "history of transport",
    """
route                      method seats any
vehicle_history            GET    VM    200
crew_history               GET    VM    200
contractor_vehicle_history GET    VM    200
contractor_staff_history   GET    VM    200
""",
)

SHEET = area(
    "sheet as a file",
    """
route          method seats any
crew_sheet_pdf GET    VM    200
""",
)

FAMILY = area(
    "child of one's own",
    """
route             method seats    own other
my_child          GET    CVLMHAUN 200 404
does_not_travel   GET    CVLMHAUN 200 404
does_not_travel   POST   CVLMHAUN 302 404
travels_after_all POST   CVLMHAUN 302 404
""",
)

CONTRACTS = area(
    "contractor of one's own",
    """
route       method seats    own other
my_contract GET    CVLMHAUN 200 404
my_invoice  GET    CVLMHAUN 200 404
""",
)

CONTACTS = area(
    "who acts for a contractor",
    """
route                  method seats any
add_contractor_contact GET    M     200
add_contractor_contact POST   M     302
end_contractor_contact POST   M     302
""",
)

AREAS = (PAGES, INCIDENT, HISTORY, SHEET, FAMILY, CONTRACTS, CONTACTS)
