"""Staff records: one's own, those one manages today, and those that one's role keeps. Nobody keeps their own.

own      the record of whoever sits in the seat     managed  the seat is their manager today
moved    the seat was their manager until yesterday; they leave one day
home     their post is one of the home team
other    none of these
"""

from tests.access.table import area

PAGES = area(
    "pages of staff records",
    """
route             method seats    any
staff             GET    MH       200
add_starter       GET    H        200
add_starter       POST   H        302
employment_lookup GET    MH       200
manager_lookup    GET    H        200
post_lookup       GET    H        200
checklist         GET    MH       200
tick_many_entries POST   H        302
import_staff      GET    H        200
import_staff      POST   H        302
my_details        GET    CVLMHAUN 200
change_my_detail  GET    CVLMHAUN 200
change_my_detail  POST   CVLMHAUN 302
detail_changes    GET    H        200
my_employment     GET    CVLMHAUN 302
my_team           GET    CVLMHAUN 200
""",
)

RECORD = area(
    "staff record",
    """
route                method seats   own managed moved home other
staff_record         GET    CVLAUN  200 200     404   404  404
staff_record         GET    M       200 200     404   200  404
staff_record         GET    H       200 200     200   200  200
change_assignment    GET    H       404 200     200   200  200
change_assignment    POST   H       404 302     302   302  302
take_back_assignment POST   H       404 409     302   409  409
record_leaving       GET    H       404 200     200   200  200
record_leaving       POST   H       404 302     422   302  302
take_back_leaving    POST   H       404 409     302   409  409
add_next_of_kin      GET    CVLMAUN 200 404     404   404  404
add_next_of_kin      GET    H       200 200     200   200  200
add_next_of_kin      POST   CVLMAUN 302 404     404   404  404
add_next_of_kin      POST   H       302 302     302   302  302
end_next_of_kin      POST   CVLMAUN 302 404     404   404  404
end_next_of_kin      POST   H       302 302     302   302  302
restore_next_of_kin  POST   CVLMAUN 302 404     404   404  404
restore_next_of_kin  POST   H       302 302     302   302  302
""",
)

# What people were given, and what they can do: said by themselves and their manager, kept by the desk.
THINGS = area(
    "things of staff",
    """
route         method seats   own managed moved home other
give_item     GET    H       404 200     200   200  200
give_item     POST   H       404 302     302   302  302
end_item      GET    H       404 200     200   200  200
end_item      POST   H       404 302     302   302  302
restore_item  POST   H       404 302     302   302  302
tick_entry    POST   H       404 302     409   302  302
untick_entry  POST   H       404 302     302   302  302
add_skill     GET    CVLMAUN 200 200     404   404  404
add_skill     GET    H       200 200     200   200  200
add_skill     POST   CVLMAUN 302 302     404   404  404
add_skill     POST   H       302 302     302   302  302
confirm_skill POST   CVLMAUN 409 302     404   404  404
confirm_skill POST   H       409 302     302   302  302
end_skill     POST   CVLMAUN 302 302     404   404  404
end_skill     POST   H       302 302     302   302  302
restore_skill POST   CVLMAUN 302 302     404   404  404
restore_skill POST   H       302 302     302   302  302
""",
)

# Extracts hold everybody: they are for those who keep everybody's record.
EXTRACTS = area(
    "staff extract",
    """
route                method seats any
staff_import         GET    H     200
map_staff_import     GET    H     200
map_staff_import     POST   H     302
run_staff_import     POST   H     302
undo_staff_import    POST   H     302
staff_import_rows    GET    H     200
staff_import_missing GET    H     200
staff_import_refused GET    H     200
""",
)

# own: a change that one asked for oneself; other: of somebody else, on which only the desk decides.
DETAILS = area(
    "change of details",
    """
route                  method seats    own other
withdraw_detail_change POST   CVLMHAUN 302 404
detail_change          GET    H        404 200
approve_detail_change  POST   H        404 302
refuse_detail_change   GET    H        404 200
refuse_detail_change   POST   H        404 302
undo_detail_change     POST   H        404 302
""",
)

# The papers of a record: the person's own where their class lets them, everything for what is private.
PAPERS = area(
    "personnel file",
    """
route          method seats   own managed moved home other
personnel_file GET    CVLMAUN 200 404     404   404  404
personnel_file GET    H       200 200     200   200  200
read_paper     POST   CVLMAUN 200 404     404   404  404
read_paper     POST   H       200 200     200   200  200
add_papers     GET    H       404 200     200   200  200
add_papers     POST   H       404 302     302   302  302
withdraw_paper POST   H       404 302     302   302  302
restore_paper  POST   H       404 302     302   302  302
""",
)

AREAS = (PAGES, RECORD, THINGS, EXTRACTS, DETAILS, PAPERS)
