"""Requests of staff: one's own, those of whoever one manages today, and those whose records one keeps.

own      about the one who sits in the seat     managed  the seat is their manager today
other    neither: only who keeps staff records sees it
Nobody decides about themself, and a manager sees of family leave the days on the staff record and no more.
"""

from tests.access.table import area

PAGES = area(
    "pages of requests",
    """
route              method seats    any
my_requests        GET    CVLMHAUN 200
ask_flexible       GET    CVLMHAUN 200
ask_flexible       POST   CVLMHAUN 302
ask_family_leave   GET    CVLMHAUN 200
ask_family_leave   POST   CVLMHAUN 302
staff_requests     GET    H        200
flexible_requests  GET    H        200
enter_flexible     GET    H        200
enter_flexible     POST   H        302
family_leaves      GET    H        200
enter_family_leave GET    H        200
enter_family_leave POST   H        302
ask_shared_leave   GET    CVLMHAUN 200
ask_shared_leave   POST   CVLMHAUN 302
enter_shared_leave GET    H        200
enter_shared_leave POST   H        302
references_given   GET    H        200
enter_reference    GET    H        200
enter_reference    POST   H        302
""",
)

FLEXIBLE = area(
    "request for flexible working",
    """
route                       method seats   own managed other
flexible_page               GET    CVLMAUN 200 200     404
flexible_page               GET    H       200 200     200
arrange_flexible_meeting    GET    CVLMAUN 404 200     404
arrange_flexible_meeting    GET    H       404 200     200
arrange_flexible_meeting    POST   CVLMAUN 404 302     404
arrange_flexible_meeting    POST   H       404 302     302
write_down_flexible_meeting GET    CVLMAUN 404 200     404
write_down_flexible_meeting GET    H       404 200     200
write_down_flexible_meeting POST   CVLMAUN 404 302     404
write_down_flexible_meeting POST   H       404 302     302
decide_flexible             GET    CVLMAUN 404 200     404
decide_flexible             GET    H       404 200     200
decide_flexible             POST   CVLMAUN 404 302     404
decide_flexible             POST   H       404 302     302
extend_flexible             GET    CVLMAUN 404 200     404
extend_flexible             GET    H       404 200     200
extend_flexible             POST   CVLMAUN 404 302     404
extend_flexible             POST   H       404 302     302
appeal_flexible             GET    CVLMAUN 200 404     404
appeal_flexible             GET    H       200 200     200
appeal_flexible             POST   CVLMAUN 302 404     404
appeal_flexible             POST   H       302 302     302
decide_flexible_appeal      GET    CVLMAUN 404 200     404
decide_flexible_appeal      GET    H       404 200     200
decide_flexible_appeal      POST   CVLMAUN 404 302     404
decide_flexible_appeal      POST   H       404 302     302
withdraw_flexible           GET    CVLMAUN 200 200     404
withdraw_flexible           GET    H       200 200     200
withdraw_flexible           POST   CVLMAUN 302 302     404
withdraw_flexible           POST   H       302 302     302
put_back_flexible           POST   CVLMAUN 302 302     404
put_back_flexible           POST   H       302 302     302
write_flexible_letter       GET    CVLMAUN 404 200     404
write_flexible_letter       GET    H       404 200     200
write_flexible_letter       POST   CVLMAUN 404 302     404
write_flexible_letter       POST   H       404 302     302
""",
)

FAMILY = area(
    "family leave",
    """
route                    method seats   own managed other
family_page              GET    CVLMAUN 200 404     404
family_page              GET    H       200 200     200
change_family_start      GET    CVLMAUN 200 404     404
change_family_start      GET    H       200 200     200
change_family_start      POST   CVLMAUN 422 404     404
change_family_start      POST   H       422 302     302
withdraw_family_leave    POST   CVLMAUN 302 404     404
withdraw_family_leave    POST   H       302 302     302
put_back_family_leave    POST   CVLMAUN 302 404     404
put_back_family_leave    POST   H       302 302     302
record_birth             GET    H       404 200     200
record_birth             POST   H       404 302     302
record_pregnancy_illness GET    H       404 200     200
record_pregnancy_illness POST   H       404 302     302
see_family_evidence      GET    H       404 200     200
see_family_evidence      POST   H       404 302     302
assess_family_risk       GET    H       404 200     200
assess_family_risk       POST   H       404 302     302
add_touch_day            GET    H       404 200     200
add_touch_day            POST   H       404 302     302
remove_touch_day         POST   H       404 302     302
return_early             GET    H       404 200     200
return_early             POST   H       404 302     302
write_family_letter      GET    H       404 200     200
write_family_letter      POST   H       404 302     302
""",
)

SHARED = area(
    "notice of shared leave",
    """
route               method seats   own managed other
shared_page         GET    CVLMAUN 200 404     404
shared_page         GET    H       200 200     200
withdraw_shared     POST   CVLMAUN 302 404     404
withdraw_shared     POST   H       302 302     302
choose_one_block    GET    CVLMAUN 200 404     404
choose_one_block    GET    H       200 200     200
choose_one_block    POST   CVLMAUN 302 404     404
choose_one_block    POST   H       302 302     302
agree_shared        POST   H       404 302     302
refuse_shared       GET    H       404 200     200
refuse_shared       POST   H       404 302     302
write_shared_letter GET    H       404 200     200
write_shared_letter POST   H       404 302     302
""",
)

REFERENCES = area(
    "reference",
    """
route                    method seats own managed other
reference_page           GET    H     404 200     200
verify_reference         GET    H     404 200     200
verify_reference         POST   H     404 302     302
record_reference_consent GET    H     404 200     200
record_reference_consent POST   H     404 302     302
keep_reference_wording   GET    H     404 200     200
keep_reference_wording   POST   H     404 302     302
write_reference          GET    H     404 200     200
write_reference          POST   H     404 302     302
check_reference          POST   H     404 302     302
send_reference           GET    H     404 200     200
send_reference           POST   H     404 302     302
decline_reference        GET    H     404 200     200
decline_reference        POST   H     404 302     302
write_reference_letter   GET    H     404 200     200
write_reference_letter   POST   H     404 302     302
""",
)

# mine    the letter was written by whoever sits in the seat
LETTERS = area(
    "letter about a request",
    """
route                 method seats    mine other
recall_request_letter POST   CVLMHAUN 302  404
""",
)

AREAS = (PAGES, FLEXIBLE, FAMILY, SHARED, REFERENCES, LETTERS)
