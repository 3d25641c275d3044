"""Employee casework: a matter is there for the people its case names, whatever their role,
and for nobody else. Those who work on matters change it; others who are named read it.
"""

from tests.access.table import area

PAGES = area(
    "pages of conduct",
    """
route                   method seats    any
matter_board            GET    LM       200
matter_list             GET    LM       200
open_matter             GET    LM       200
open_matter             POST   LM       302
matter_employee_lookup  GET    LM       200
matter_colleague_lookup GET    LM       200
my_matters              GET    CVLMHAUN 200
""",
)

MATTER = area(
    "matter",
    """
route                  method seats    named unnamed
matter_page            GET    CVLMHAUN 200   404
meeting_calendar       GET    CVLMHAUN 200   404
give_part              GET    LM       200   404
give_part              POST   LM       302   404
end_part               POST   LM       302   404
add_issue              GET    LM       200   404
add_issue              POST   LM       302   404
record_finding         GET    LM       200   404
record_finding         POST   LM       302   404
arrange_matter_meeting GET    LM       200   404
arrange_matter_meeting POST   LM       302   404
invite_to_meeting      GET    LM       200   404
invite_to_meeting      POST   LM       302   404
name_companion         GET    LM       200   404
name_companion         POST   LM       302   404
postpone_meeting       GET    LM       200   404
postpone_meeting       POST   LM       302   404
hold_meeting           GET    LM       200   404
hold_meeting           POST   LM       302   404
cancel_matter_meeting  GET    LM       200   404
cancel_matter_meeting  POST   LM       302   404
make_bundle            GET    LM       200   404
make_bundle            POST   LM       302   404
bundle_page            GET    CVLMHAUN 200   404
bundle_file            GET    CVLMHAUN 200   404
give_bundle            GET    LM       200   404
give_bundle            POST   LM       302   404
decide_matter          GET    LM       200   404
decide_matter          POST   LM       302   404
lodge_appeal           GET    LM       200   404
lodge_appeal           POST   LM       302   404
decide_matter_appeal   GET    LM       200   404
decide_matter_appeal   POST   LM       302   404
tell_outcome           GET    LM       200   404
tell_outcome           POST   LM       302   404
tell_appeal            GET    LM       200   404
tell_appeal            POST   LM       302   404
suspend_employee       GET    LM       200   404
suspend_employee       POST   LM       302   404
tell_suspension        GET    LM       200   404
tell_suspension        POST   LM       302   404
review_suspension      GET    LM       200   404
review_suspension      POST   LM       302   404
tell_suspension_review GET    LM       200   404
tell_suspension_review POST   LM       302   404
end_suspension         GET    LM       200   404
end_suspension         POST   LM       302   404
give_improvement_notice   GET  LM      200   404
give_improvement_notice   POST LM      302   404
extend_improvement_window GET  LM      200   404
extend_improvement_window POST LM      302   404
judge_improvement      GET    LM       200   404
judge_improvement      POST   LM       302   404
link_matter            GET    LM       200   404
link_matter            POST   LM       302   404
end_matter_link        POST   LM       302   404
""",
)

# What the person a matter is about may read of it: nothing that was not sent or given to them.
OWN = area(
    "own matter",
    """
route               method seats    others
my_bundle           GET    CVLMHAUN 404
my_meeting_calendar GET    CVLMHAUN 404
""",
)

AREAS = (PAGES, MATTER, OWN)
