"""Absence: the desk records that of its teams, managers that of their people, everybody sees their own.

Nobody in a seat manages anybody here; what managers and the people themselves see is proved in
`moothall/absence/tests/`.
"""

from tests.access.table import area

PAGES = area(
    "pages of absence",
    """
route          method seats    any
absence_list   GET    CVLM     200
report_absence GET    CVLMHAUN 200
report_absence POST   CVLM     302
report_absence POST   HAUN     422
enter_certificate GET CVLM    200
enter_certificate POST CVLM   302
write_to_absent POST  CVLM    302
absence_lookup GET    CVLMHAUN 200
my_absence     GET    CVLMHAUN 200
team_absence   GET    CVLMHAUN 200
""",
)

# own    of somebody whose post is in the team for which absence is recorded
# other  of somebody elsewhere
ABSENCE = area(
    "absence",
    """
route               method seats own other
absence             GET    CVLM  200 404
absence             GET    HAUN  404 404
record_return       GET    CVLM  200 404
record_return       GET    HAUN  404 404
record_return       POST   CVLM  302 404
record_return       POST   HAUN  404 404
reopen_absence      GET    CVLM  200 404
reopen_absence      GET    HAUN  404 404
reopen_absence      POST   CVLM  422 404
reopen_absence      POST   HAUN  404 404
correct_absence     GET    CVLM  200 404
correct_absence     GET    HAUN  404 404
correct_absence     POST   CVLM  302 404
correct_absence     POST   HAUN  404 404
split_absence       GET    CVLM  200 404
split_absence       GET    HAUN  404 404
split_absence       POST   CVLM  302 404
split_absence       POST   HAUN  404 404
withdraw_episode    GET    CVLM  200 404
withdraw_episode    GET    HAUN  404 404
withdraw_episode    POST   CVLM  302 404
withdraw_episode    POST   HAUN  404 404
undo_absence_change POST   CVLM  302 404
undo_absence_change POST   HAUN  404 404
certify_absence     GET    CVLM  200 404
certify_absence     GET    HAUN  404 404
certify_absence     POST   CVLM  302 404
certify_absence     POST   HAUN  404 404
certificate_scan    GET    CVLM  200 404
certificate_scan    GET    HAUN  404 404
withdraw_certificate POST  CVLM  302 404
withdraw_certificate POST  HAUN  404 404
undo_entry          POST   CVLM  404 404
log_absence_contact GET    CVLM  200 404
log_absence_contact GET    HAUN  404 404
log_absence_contact POST   CVLM  302 404
log_absence_contact POST   HAUN  404 404
undo_absence_contact POST  CVLM  302 404
undo_absence_contact POST  HAUN  404 404
hold_interview      GET    CVLM  200 404
hold_interview      GET    HAUN  404 404
hold_interview      POST   CVLM  422 404
hold_interview      POST   HAUN  404 404
warn_of_half_pay    POST   CVLM  409 404
warn_of_half_pay    POST   HAUN  404 404
undo_interview      POST   CVLM  409 404
undo_interview      POST   HAUN  404 404
settle_trigger      GET    CVLM  200 404
settle_trigger      GET    HAUN  404 404
settle_trigger      POST   CVLM  302 404
settle_trigger      POST   HAUN  404 404
reopen_trigger      POST   CVLM  302 404
reopen_trigger      POST   HAUN  404 404
decide_adjustments  GET    CVLM  200 404
decide_adjustments  GET    HAUN  404 404
decide_adjustments  POST   CVLM  302 404
decide_adjustments  POST   HAUN  404 404
refer_to_occupational_health GET  CVLM  200 404
refer_to_occupational_health GET  HAUN  404 404
refer_to_occupational_health POST CVLM  422 404
refer_to_occupational_health POST HAUN  404 404
answer_referral     GET    CVLM  200 404
answer_referral     GET    HAUN  404 404
answer_referral     POST   CVLM  302 404
answer_referral     POST   HAUN  404 404
withdraw_referral   GET    CVLM  200 404
withdraw_referral   GET    HAUN  404 404
withdraw_referral   POST   CVLM  302 404
withdraw_referral   POST   HAUN  404 404
agree_phased_return GET    CVLM  200 404
agree_phased_return GET    HAUN  404 404
agree_phased_return POST   CVLM  422 404
agree_phased_return POST   HAUN  404 404
end_phased_return   GET    CVLM  200 404
end_phased_return   GET    HAUN  404 404
end_phased_return   POST   CVLM  302 404
end_phased_return   POST   HAUN  404 404
""",
)

# The scheme of sick pay is for those who keep staff records.
SICK_PAY = area(
    "sick pay",
    """
route                method seats others
sick_pay_scheme      GET    H     200
switch_sick_pay_band POST   H     302
""",
)

AREAS = (PAGES, ABSENCE, SICK_PAY)
