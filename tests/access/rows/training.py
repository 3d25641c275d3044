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
team_minimums         GET    CLMH     200
set_team_minimum      GET    CLMH     200
set_team_minimum      POST   CLMH     302
duty_files            GET    CLMH     200
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

# own    one that I teach
# other  one that others teach: also whoever looks after training looks at it elsewhere
TAUGHT = area(
    "session that is taught",
    """
route          method seats    own other
taught_session GET    CVLMHAUN 200 404
""",
)

AREAS = (PAGES, RUN, COURSES, PLACES, TAUGHT)
