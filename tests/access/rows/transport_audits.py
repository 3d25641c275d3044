"""Audits, visits, findings and voices: seen and filled in by those who work with transport, planned
and closed by those of them who manage cases too. A voice is there for whoever sees its case.

home     of a case in the home team        other   of one elsewhere
"""

from tests.access.table import area

PAGES = area(
    "pages of audits",
    """
route                   method seats any
audits                        GET    VM    200
audit_plan                    GET    VM    200
audit_rules                   GET    VM    200
findings                      GET    VM    200
visits                        GET    VM    200
visit_plan                    GET    VM    200
transport_voices              GET    VM    200
voice_counts                  GET    VM    200
""",
)

INSPECTION = area(
    "audit or visit",
    """
route                   method seats any
plan_audit                    GET    M     200
plan_audit                    POST   M     302
plan_visit                    GET    M     200
plan_visit                    POST   M     302
inspection                    GET    VM    200
answer_question               GET    VM    200
answer_question               POST   VM    302
finish_inspection             GET    VM    200
finish_inspection             POST   VM    302
open_inspection_again         POST   VM    302
move_inspection               GET    M     200
move_inspection               POST   M     302
withdraw_inspection           GET    M     200
withdraw_inspection           POST   M     302
restore_inspection            POST   M     302
tell_of_audit                 GET    M     200
tell_of_audit                 POST   M     302
evidence                      GET    VM    200
take_away_evidence            POST   VM    302
put_back_evidence             POST   VM    302
confirm_audit_rule            POST   M     302
""",
)

FINDING = area(
    "finding of an audit",
    """
route                   method seats any
add_finding                   GET    VM    200
add_finding                   POST   VM    302
finding                       GET    VM    200
change_finding                GET    M     200
change_finding                POST   M     302
report_put_right              GET    VM    200
report_put_right              POST   VM    302
close_finding                 GET    M     200
close_finding                 POST   M     302
reopen_finding                GET    M     200
reopen_finding                POST   M     302
sanction_finding              GET    M     200
sanction_finding              POST   M     302
""",
)

VOICE = area(
    "voice about transport",
    """
route                   method seats home other
say_whom                      GET    VM    200  404
say_whom                      POST   VM    302  404
take_back_voice               POST   VM    302  404
put_back_voice                POST   VM    302  404
""",
)

AREAS = (PAGES, INSPECTION, FINDING, VOICE)
