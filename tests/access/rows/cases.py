"""Cases: what each seat is answered, for each way a case can stand to the home team."""

from tests.access.table import area

# own        a case of one's team                     named    restricted, and one is named
# mine       the same, and assigned to oneself        unnamed  restricted, and one is not named
# other      a case of another team                   sealed   sealed, named, no reason given yet: 302 to ask
# handed     ours first, handed to another team       opened   sealed, named, opened with a reason
# open       another team's, open to all staff        hidden   sealed, and one is not named
#                                                     closed   of one's team, and closed

CASE = area(
    "case",
    """
route          method seats  own mine other handed open named unnamed sealed opened hidden closed

case_page      GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
case_page      GET    HU     200 200  200   200    200  200   404     302    200    404    200
message_frame  GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
message_frame  GET    HU     200 200  200   200    200  200   404     302    200    404    200
case_document  GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
case_document  GET    HU     200 200  200   200    200  200   404     302    200    404    200
clock_page     GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
clock_page     GET    HU     200 200  200   200    200  200   404     302    200    404    200
ask_to_read    GET    CVLM   200 200  404   200    200  200   404     200    200    404    200
ask_to_read    GET    HU     200 200  200   200    200  200   404     200    200    404    200
ask_to_read    POST   CVLM   302 302  404   302    302  302   404     302    302    404    302
ask_to_read    POST   HU     302 302  302   302    302  302   404     302    302    404    302

add_note       GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
add_note       POST   CVLM   302 302  404   302    302  302   404     302    302    404    302
add_call       GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
add_call       POST   CVLM   302 302  404   302    302  302   404     302    302    404    302
hold           GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
hold           POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
resume         POST   CVLM   302 302  404   302    302  302   404     302    302    404    409
edit_answers   GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
edit_answers   POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
edit_details   GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
edit_details   POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
correct_received GET  CVLM   200 200  404   200    200  200   404     302    200    404    200
correct_received POST CVLM   302 302  404   302    302  302   404     302    302    404    302
link           GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
link           POST   CVLM   302 302  404   302    302  302   404     302    302    404    302
end_link       POST   CVLM   302 302  404   302    302  302   404     302    302    404    302
complete_step  GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
complete_step  POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
reopen_step    GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
reopen_step    POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
move_clock     GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
move_clock     POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
undo_change    POST   CVLM   302 302  404   302    302  302   404     302    302    404    409

# Only somebody who works in the team of a case takes it.
take           POST   CVLM   302 302  404   409    409  302   404     302    302    404    409
assign         GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
assign         POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
hand_over      GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
hand_over      POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
close          GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
close          POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
reopen         GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
reopen         POST   CVLM   422 422  404   422    422  422   404     302    422    404    302
restrict       GET    LM     200 200  404   200    200  200   404     302    200    404    200
restrict       POST   LM     302 302  404   302    302  302   404     302    302    404    302
readers        GET    LM     200 200  404   200    200  200   404     302    200    404    200

# Only a complaint has stages: on any other case the rule says no.
escalate       GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
escalate       POST   CVLM   422 422  404   422    422  422   404     302    422    404    422
extend_complaint GET  CVLM   200 200  404   200    200  200   404     302    200    404    200
extend_complaint POST CVLM   422 422  404   422    422  422   404     302    422    404    422
conclude_complaint GET CVLM  200 200  404   200    200  200   404     302    200    404    200
conclude_complaint POST CVLM 422 422  404   422    422  422   404     302    422    404    422

reply          GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
reply          POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
link_to_problem GET   CVLM   200 200  404   200    200  200   404     302    200    404    200
link_to_problem POST  CVLM   302 302  404   302    302  302   404     302    302    404    302
approach_body  GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
approach_body  POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
holding_reply  GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
holding_reply  POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
acting_for     GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
acting_for     POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
suggested      GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
signpost       GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
signpost       POST   CVLM   302 302  404   302    302  302   404     302    302    404    422
ask_call_back  GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
ask_call_back  POST   CVLM   302 302  404   302    302  302   404     302    302    404    302
book_for_case  GET    CVLM   302 302  404   302    302  302   404     302    302    404    302
suggest_worker GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
suggest_worker POST   CVLM   302 409  404   302    302  302   404     302    302    404    409
split          GET    CVLM   200 200  404   200    200  200   404     302    200    404    200
split          POST   CVLM   302 302  404   302    302  302   404     302    302    404    302

# To many at once: 200 asks again, as nothing was chosen that one may see. What is sealed is left alone.
assign_many    POST   CVLM   302 302  200   302    302  302   200     200    302    200    302
take_many      POST   CVLM   302 302  302   302    302  302   302     302    302    302    302
close_many     POST   CVLM   302 302  302   302    302  302   302     302    302    302    302
""",
)

LISTS = area(
    "pages of cases",
    """
route          method seats   any
my_work        GET    CVLMHU  200
my_work        GET    AN      302
team_work      GET    LMH     200
jump           GET    CVLMHAUN 200
jump_options   GET    CVLMHAUN 200
case_list      GET    CVLMHU  200
open_case      GET    CVLM    200
open_case      POST   CVLM    302
case_questions GET    CVLM    200
""",
)

# By its reference, from no list: whom the case does not name is answered as if there were none.
EMERGENCIES = area(
    "pages of emergencies",
    """
route           method seats any
emergency       GET    MH    200
emergency       POST   MH    302
emergencies     GET    U     200
readings        GET    U     200
emergency_rules GET    A     200
emergency_rules POST   A     302
""",
)

# Opened by a colleague: ended by whoever the case names, judged by the auditor whatever it is.
OPENINGS = area(
    "emergency",
    """
route               method seats  named unnamed
end_emergency       POST   CVLMHU 302   404
emergency_judgement GET    U      200   200
emergency_judgement POST   U      302   302
""",
)

AREAS = (CASE, LISTS, EMERGENCIES, OPENINGS)
