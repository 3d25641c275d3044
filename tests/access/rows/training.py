"""Training: what those who look after it may do, what managers decide, and everybody's own."""

from tests.access.table import area

PAGES = area(
    "pages of training",
    """
route                 method seats    any
training_sessions     GET    CLMH     200
open_training_session GET    CLMH     200
open_training_session POST   CLMH     302
training_courses      GET    CLMH     200
add_training_course   GET    CLMH     200
add_training_course   POST   CLMH     302
training_demand       GET    CLMH     200
training_ledger       GET    CLMH     200
training_plans        GET    CLMH     200
ask_for_training_plan GET    CLMH     200
ask_for_training_plan POST   CLMH     302
team_minimums         GET    CLMH     200
set_team_minimum      GET    CLMH     200
set_team_minimum      POST   CLMH     302
duty_files            GET    CLMH     200
planning_schedules    GET    CLMH     200
open_planning_schedule GET   CLMH     200
open_planning_schedule POST  CLMH     302
schedule_readers      GET    CLMH     200
add_schedule_reader   GET    CLMH     200
add_schedule_reader   POST   CLMH     302
repair_weights        GET    CLMH     200
weigh_moving          GET    CLMH     200
weigh_moving          POST   CLMH     302
bring_duty_file       GET    CLMH     200
bring_duty_file       POST   CLMH     302
my_training           GET    CVLMHAUN 200
team_training         GET    CVLMHAUN 200
ask_for_training      POST   CVLMHAUN 302
book_team             POST   CVLMHAUN 302
""",
)

RUN = area(
    "session of training",
    """
route                         method seats any
training_session              GET    CLMH  200
change_training_session       GET    CLMH  200
change_training_session       POST   CLMH  302
move_training_session         GET    CLMH  200
move_training_session         POST   CLMH  302
set_session_trainers          GET    CLMH  200
set_session_trainers          POST   CLMH  302
cancel_training_session       GET    CLMH  200
cancel_training_session       POST   CLMH  302
put_people_forward            GET    CLMH  200
put_people_forward            POST   CLMH  302
note_register                 POST   CLMH  302
choose_session_rooms          GET    CLMH  200
choose_session_rooms          POST   CLMH  302
choose_session_beds           GET    CLMH  200
choose_session_beds           POST   CLMH  302
withdraw_team_minimum         POST   CLMH  302
withdraw_training_requirement POST   CLMH  302
duty_file                     GET    CLMH  200
carry_out_duty_file           POST   CLMH  302
put_duty_file_aside           POST   CLMH  302
""",
)

MADE = area(
    "plan of training",
    """
route                     method seats any
training_plan             GET    CLMH  200
training_plan_left_out    GET    CLMH  200
training_plan_file        GET    CLMH  200
stop_training_plan        POST   CLMH  302
start_training_plan_again POST   CLMH  302
try_training_plan         POST   CLMH  302
draft_training_plan       GET    CLMH  200
draft_training_plan       POST   CLMH  302
""",
)

COURSES = area(
    "course of training",
    """
route                  method seats any
training_course        GET    CLMH  200
add_course_version     GET    CLMH  200
add_course_version     POST   CLMH  302
retire_training_course POST   CLMH  302
require_training       GET    CLMH  200
require_training       POST   CLMH  302
""",
)

# A draft of the Planning Schedule, and one that is published.
PLANS = area(
    "schedule of training",
    """
route                     method seats any
planning_schedule         GET    CLMH  200
draft_schedule            POST   CLMH  302
schedule_version          GET    CLMH  200
schedule_teams            GET    CLMH  200
compare_schedule_versions GET    CLMH  200
schedule_lines            GET    CLMH  200
add_schedule_line         GET    CLMH  200
add_schedule_line         POST   CLMH  302
change_schedule_line      GET    CLMH  200
change_schedule_line      POST   CLMH  302
take_out_schedule_line    POST   CLMH  302
put_back_schedule_line    POST   CLMH  302
consult_on_schedule       POST   CLMH  302
publish_schedule          GET    CLMH  200
publish_schedule          POST   CLMH  302
step_back_schedule        GET    CLMH  200
step_back_schedule        POST   CLMH  302
discard_schedule          POST   CLMH  302
copy_schedule             POST   CLMH  302
repair_schedule           GET    CLMH  200
repair_schedule           POST   CLMH  302
end_schedule_reader       POST   CLMH  302
schedule_notice_file      GET    CLMH  200
""",
)

# What was found for a published version, with a proposal that is open and one that is accepted.
REPAIRS = area(
    "repair of training",
    """
route             method seats any
schedule_repair   GET    CLMH  200
add_repair_change GET    CLMH  200
add_repair_change POST   CLMH  302
accept_repair     POST   CLMH  302
undo_proposal     POST   CLMH  302
tell_of_repair    GET    CLMH  200
tell_of_repair    POST   CLMH  302
""",
)

# own    mine, and asked for: only others decide on it
# led    of somebody whose manager I am
# other  of somebody elsewhere: for those who look after training, who decide too
PLACES = area(
    "place of training",
    """
route                method seats    own led other
training_place       GET    VAUN     200 200 404
training_place       GET    CLMH     200 200 200
approve_training     POST   VAUN     404 302 404
approve_training     POST   CLMH     404 302 302
refuse_training      GET    VAUN     404 200 404
refuse_training      GET    CLMH     404 200 200
refuse_training      POST   VAUN     404 302 404
refuse_training      POST   CLMH     404 302 302
withdraw_training    POST   VAUN     302 302 404
withdraw_training    POST   CLMH     302 302 302
put_training_back    POST   VAUN     409 409 404
put_training_back    POST   CLMH     409 409 409
evaluate_training    GET    CVLMHAUN 200 404 404
evaluate_training    POST   CVLMHAUN 302 404 404
training_certificate GET    VAUN     200 200 404
training_certificate GET    CLMH     200 200 200
say_training_needs   GET    VAUN     200 404 404
say_training_needs   GET    CLMH     200 200 200
say_training_needs   POST   VAUN     302 404 404
say_training_needs   POST   CLMH     302 302 302
""",
)

PATHWAYS = area(
    "pages of pathways",
    """
route                method seats    any
training_cohorts     GET    CLMH     200
open_training_cohort GET    CLMH     200
open_training_cohort POST   CLMH     302
add_training_pathway GET    CLMH     200
add_training_pathway POST   CLMH     302
placement_hosts      GET    CLMH     200
add_placement_host   GET    CLMH     200
add_placement_host   POST   CLMH     302
pathway_tutors       GET    CLMH     200
add_pathway_tutor    GET    CLMH     200
add_pathway_tutor    POST   CLMH     302
my_pathway           GET    CVLMHAUN 200
abstractions         GET    CLMH     200
fetch_abstractions   POST   CLMH     200
change_duty_rule     GET    CLMH     200
change_duty_rule     POST   CLMH     302
open_team_feed       POST   CVLMHAUN 200
withdraw_team_feed   POST   CVLMHAUN 302
my_students          GET    CVLMHAUN 200
""",
)

PATHWAY = area(
    "pathway",
    """
route                   method seats any
training_pathway        GET    CLMH  200
change_training_pathway GET    CLMH  200
change_training_pathway POST   CLMH  302
lead_onto_pathway       GET    CLMH  200
lead_onto_pathway       POST   CLMH  302
""",
)

COHORT = area(
    "cohort of students",
    """
route                 method seats any
training_cohort       GET    CLMH  200
join_training_cohort  GET    CLMH  200
join_training_cohort  POST   CLMH  302
plan_training_cohort  POST   CLMH  302
tell_training_cohort  POST   CLMH  302
change_cohort_class   GET    CLMH  200
change_cohort_class   POST   CLMH  302
change_placement_host GET    CLMH  200
change_placement_host POST   CLMH  302
retire_placement_host POST   CLMH  302
stop_pathway_tutor    POST   CLMH  302
""",
)

# standing: an address that was handed out
FEED = area(
    "calendar of a team",
    """
route          method seats standing
team_feed_file GET    *     200
""",
)

DUTIES_API = area(
    "api of training",
    """
route            method seats any
api_duties       POST   CLMH  202
api_abstractions GET    CLMH  200
""",
)

ARRIVAL_API = area(
    "api duty file",
    """
route         method seats any
api_duty_file GET    CLMH  200
""",
)

# own     myself: nobody signs off what they can do themselves
# tutored a student whose tutor I am
# other   a student of somebody else
STUDENTS = area(
    "student on a pathway",
    """
route              method seats own tutored other
student            GET    VAUN  200 200     404
student            GET    CLMH  200 200     200
sign_off_item      GET    VAUN  404 200     404
sign_off_item      GET    CLMH  404 200     200
sign_off_item      POST   VAUN  404 302     404
sign_off_item      POST   CLMH  404 302     302
take_back_sign_off POST   VAUN  404 302     404
take_back_sign_off POST   CLMH  404 302     302
change_student     GET    CLMH  200 200     200
change_student     POST   CLMH  302 302     302
recourse_student   GET    CLMH  200 200     200
recourse_student   POST   CLMH  302 302     302
end_studies        GET    CLMH  200 200     200
end_studies        POST   CLMH  302 302     302
return_to_pathway  POST   CLMH  409 409     409
confirm_student    POST   CLMH  302 302     302
change_attachment  GET    CLMH  200 200     200
change_attachment  POST   CLMH  302 302     302
""",
)

# own    one that I teach
# other  one that others teach: also whoever looks after training looks at it elsewhere
TAUGHT = area(
    "session that is taught",
    """
route             method seats    own other
taught_session    GET    CVLMHAUN 200 404
keep_own_register POST   CVLMHAUN 302 404
""",
)

AREAS = (
    PAGES, RUN, MADE, COURSES, PLANS, REPAIRS, PLACES, TAUGHT, PATHWAYS, PATHWAY, COHORT,
    STUDENTS, FEED, DUTIES_API, ARRIVAL_API,
)  # fmt: skip
