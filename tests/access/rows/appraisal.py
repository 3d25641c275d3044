"""Appraisals: one's own, those of whom one manages today, and nobody else's; the desk keeps the cycles.

own    mine: others rate and decide        led    of somebody whose manager I am
other  of somebody elsewhere: read by whoever sees what is private, and left out or opened again by the desk
All of them wait to be rated: what is not due then is refused, to those who may do it.
"""

from tests.access.table import area

PAGES = area(
    "pages of appraisal",
    """
route            method seats    any
appraisal_cycles GET    MH       200
plan_cycle       GET    H        200
plan_cycle       POST   H        302
begin_framework  GET    H        200
begin_framework  POST   H        302
my_appraisal     GET    CVLMHAUN 302
team_appraisals  GET    CVLMHAUN 200
my_development   GET    CVLMHAUN 302
mentoring        GET    H        200
""",
)

CYCLE = area(
    "appraisal cycle",
    """
route               method seats any
appraisal_cycle     GET    MH    200
cycle_people        GET    MH    200
open_cycle          POST   H     409
close_cycle         POST   H     302
reopen_cycle        POST   H     409
take_in             GET    H     200
take_in             POST   H     302
""",
)

FRAMEWORK = area(
    "a framework",
    """
route                   method seats any
appraisal_framework     GET    MH    200
begin_framework_version POST   H     302
""",
)

DRAFT = area(
    "the draft of a framework",
    """
route             method seats any
name_framework    GET    H     200
name_framework    POST   H     302
add_competency    GET    H     200
add_competency    POST   H     302
change_competency GET    H     200
change_competency POST   H     302
move_competency   POST   H     302
remove_competency POST   H     302
add_mark          GET    H     200
add_mark          POST   H     302
change_mark       GET    H     200
change_mark       POST   H     302
move_mark         POST   H     302
remove_mark       POST   H     302
finish_framework  POST   H     302
discard_framework POST   H     302
""",
)

APPRAISAL = area(
    "appraisal",
    """
route              method seats   own led other
appraisal          GET    CVLMAUN 200 200 404
appraisal          GET    H       200 200 200
write_objective    GET    CVLMAUN 200 200 404
write_objective    GET    H       200 200 403
write_objective    POST   CVLMAUN 302 302 404
write_objective    POST   H       302 302 403
agree_all          POST   CVLMAUN 302 302 404
agree_all          POST   H       302 302 403
change_objective   GET    CVLMAUN 200 200 404
change_objective   GET    H       200 200 403
change_objective   POST   CVLMAUN 302 302 404
change_objective   POST   H       302 302 403
agree_objective    POST   CVLMAUN 302 302 404
agree_objective    POST   H       302 302 403
drop_objective     POST   CVLMAUN 302 302 404
drop_objective     POST   H       302 302 403
restore_objective  POST   CVLMAUN 302 302 404
restore_objective  POST   H       302 302 403
note_progress      GET    CVLMAUN 200 200 404
note_progress      GET    H       200 200 403
note_progress      POST   CVLMAUN 302 302 404
note_progress      POST   H       302 302 403
add_evidence       GET    CVLMAUN 200 200 404
add_evidence       GET    H       200 200 403
add_evidence       POST   CVLMAUN 302 302 404
add_evidence       POST   H       302 302 403
appraisal_document POST   CVLMAUN 200 200 404
appraisal_document POST   H       200 200 200
withdraw_evidence  POST   CVLMAUN 302 302 404
withdraw_evidence  POST   H       302 302 403
restore_evidence   POST   CVLMAUN 302 302 404
restore_evidence   POST   H       302 302 403
write_mid_year     GET    CVLMAUN 200 200 404
write_mid_year     GET    H       200 200 403
write_mid_year     POST   CVLMAUN 302 302 404
write_mid_year     POST   H       302 302 403
write_own_view     GET    CVLMAUN 200 403 404
write_own_view     GET    H       200 403 403
write_own_view     POST   CVLMAUN 302 403 404
write_own_view     POST   H       302 403 403
rate_appraisal     GET    CVLMAUN 403 200 404
rate_appraisal     GET    H       403 200 403
rate_appraisal     POST   CVLMAUN 403 302 404
rate_appraisal     POST   H       403 302 403
look_again         GET    CVLMAUN 403 403 404
look_again         GET    H       403 200 200
look_again         POST   CVLMAUN 403 403 404
look_again         POST   H       403 422 422
sign_appraisal     GET    CVLMAUN 200 403 404
sign_appraisal     GET    H       200 403 403
sign_appraisal     POST   CVLMAUN 422 403 404
sign_appraisal     POST   H       422 403 403
sign_as_manager    POST   CVLMAUN 403 409 404
sign_as_manager    POST   H       403 409 403
reopen_appraisal   GET    CVLMAUN 403 200 404
reopen_appraisal   GET    H       403 200 200
reopen_appraisal   POST   CVLMAUN 403 422 404
reopen_appraisal   POST   H       403 422 422
leave_out          GET    CVLMAUN 403 200 404
leave_out          GET    H       403 200 200
leave_out          POST   CVLMAUN 403 302 404
leave_out          POST   H       403 302 302
take_back_in       POST   CVLMAUN 403 409 404
take_back_in       POST   H       403 409 409
""",
)

# own, led and other as above; the plan and the one-to-one are the manager's and the employee's
DEVELOPMENT = area(
    "development",
    """
route             method seats   own led other
development       GET    CVLMAUN 200 200 404
development       GET    H       200 200 200
write_talk        GET    CVLMAUN 403 200 404
write_talk        GET    H       403 200 403
write_talk        POST   CVLMAUN 403 302 404
write_talk        POST   H       403 302 403
add_plan_item     GET    CVLMAUN 200 200 404
add_plan_item     GET    H       200 200 403
add_plan_item     POST   CVLMAUN 302 302 404
add_plan_item     POST   H       302 302 403
agree_plan_item   POST   CVLMAUN 403 302 404
agree_plan_item   POST   H       403 302 403
reach_plan_item   POST   CVLMAUN 302 302 404
reach_plan_item   POST   H       302 302 403
drop_plan_item    POST   CVLMAUN 302 302 404
drop_plan_item    POST   H       302 302 403
take_up_plan_item POST   CVLMAUN 302 302 404
take_up_plan_item POST   H       302 302 403
ask_for_mentor    GET    CVLMAUN 200 403 404
ask_for_mentor    GET    H       200 403 403
ask_for_mentor    POST   CVLMAUN 422 403 404
ask_for_mentor    POST   H       422 403 403
tick_induction    POST   CVLMAUN 403 302 404
tick_induction    POST   H       403 302 403
untick_induction  POST   CVLMAUN 403 302 404
untick_induction  POST   H       403 302 403
tick_action       POST   CVLMAUN 302 302 404
tick_action       POST   H       302 302 403
untick_action     POST   CVLMAUN 302 302 404
untick_action     POST   H       302 302 403
end_mentoring     GET    CVLAUN  200 403 404
end_mentoring     GET    M       200 403 404
end_mentoring     GET    H       200 200 200
end_mentoring     POST   CVLMAUN 302 403 404
end_mentoring     POST   H       302 302 302
match_mentor      GET    H       200 200 200
match_mentor      POST   H       302 302 302
""",
)

AREAS = (PAGES, CYCLE, FRAMEWORK, DRAFT, APPRAISAL, DEVELOPMENT)
