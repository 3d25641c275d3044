"""Leave: one's own, and that of those on whom one decides; nobody else's.

Every seat manages somebody here; the desk's hours entered on a record are proved in `moothall/leave/tests/`.
"""

from tests.access.table import area

OWN = area(
    "own leave",
    """
route                 method seats    any
my_leave              GET    CVLMHAUN 200
ask_leave             GET    CVLMHAUN 200
ask_leave             POST   CVLMHAUN 302
leave_to_decide       GET    CVLMHAUN 200
approve_fitting_leave POST   CVLMHAUN 302
leave_calendar        GET    CVLMHAUN 200
cover_rules           GET    CVLMHAUN 200
add_cover_rule        GET    CVLMHAUN 200
add_cover_rule        POST   CVLMHAUN 302
make_leave_link       POST   CVLMHAUN 302
leave_year            GET    CVLMHAUN 200
leave_deputies        GET    CVLMHAUN 200
name_leave_deputy     GET    CVLMHAUN 200
name_leave_deputy     POST   CVLMHAUN 302
""",
)

# own    mine: only others decide on it
# led    of somebody whose manager I am
# other  of somebody elsewhere: only whoever sees every staff record reads it, and decides nothing
REQUESTS = area(
    "leave request",
    """
route           method seats    own led other
leave_request   GET    CVLMAUN  200 200 404
leave_request   GET    H        200 200 200
withdraw_leave  POST   CVLMHAUN 302 302 404
approve_leave   POST   CVLMHAUN 404 302 404
refuse_leave    GET    CVLMHAUN 404 200 404
refuse_leave    POST   CVLMHAUN 404 302 404
give_back_leave GET    CVLMHAUN 404 200 404
give_back_leave POST   CVLMHAUN 404 302 404
undo_leave      POST   CVLMHAUN 302 302 404
""",
)

# own  of a unit in which I decide     other  of another unit; of somebody elsewhere
KEPT = area(
    "leave kept",
    """
route                method seats    own other
withdraw_cover_rule  POST   CVLMHAUN 302 404
employee_leave       GET    CVLMAUN  200 404
employee_leave       GET    H        200 200
end_leave_link       POST   CVLMHAUN 302 404
withdraw_leave_deputy POST  CVLMHAUN 302 404
""",
)

# own  in the team for which absence is recorded, and managed by the one who sits there
ENTRIES = area(
    "leave entry",
    """
route                method seats own other
add_leave_entry      GET    CVLM  200 404
add_leave_entry      GET    HAUN  404 404
add_leave_entry      POST   CVLM  302 404
add_leave_entry      POST   HAUN  404 404
withdraw_leave_entry POST   CVLM  302 404
withdraw_leave_entry POST   HAUN  404 404
""",
)

# A secret address, for whoever has it, until it is ended.
FEEDS = area(
    "leave feed",
    """
route      method seats made ended
leave_feed GET    *     200  404
""",
)

# What payroll is told, for those who keep staff records.
PAYROLL = area(
    "leave payroll",
    """
route              method seats others
leave_payroll      GET    H     200
run_leave_payroll  GET    H     200
run_leave_payroll  POST   H     302
leave_payroll_file GET    H     200
""",
)

AREAS = (OWN, REQUESTS, KEPT, ENTRIES, FEEDS, PAYROLL)
