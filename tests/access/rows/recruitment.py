"""Recruitment: a campaign and who applied to it are there for those who see the cases of its team; those who
work on them run it. What is advertised anybody reads; an application opens by its own signed address alone.

home     of the home team        other   of one elsewhere
drafted  being filled in         sent    sent, and an application since        theirs   of somebody's account
"""

from tests.access.table import area

PAGES = area(
    "pages of recruitment",
    """
route            method seats    any
campaigns        GET    CVLMHU   200
draw_up_campaign GET    CVLM     200
draw_up_campaign POST   CVLM     302
vacancies        GET    CVLMHU   200
unheard          GET    CVLMHU   200
my_vacancies     GET    CVLMHAUN 200
recruitment_figures GET CVLMHU   200
recruitment_fairness GET CVLMHU  200
figure_rows_of_recruitment GET CVLMHU 200
recruitment_times GET CVLMHU 200
recruitment_hiring GET CVLMHU 200
recruitment_cohorts GET CVLMHU 200
recruitment_return GET CVLMHU 200
recruitment_forecast GET CVLMHU 200
recruitment_forecast_rows GET CVLMHU 200
export_recruitment_return POST CVLMHU 200
recruitment_time_rows GET CVLMHU 200
recruitment_hired_rows GET CVLMHU 200
ask_for_vacancy  GET    CVLMHAUN 200
ask_for_vacancy  POST   CVLMHAUN 302
""",
)

CAMPAIGN = area(
    "campaign",
    """
route               method seats home other
campaign            GET    CVLM  200  404
campaign            GET    HU    200  200
pipeline            GET    CVLM  200  404
pipeline            GET    HU    200  200
bulk_acts           GET    CVLM  200  404
bulk_acts           GET    HU    200  200
change_campaign     GET    CVLM  200  404
change_campaign     POST   CVLM  302  404
campaign_places     GET    CVLM  200  404
campaign_places     POST   CVLM  302  404
publish_campaign    POST   CVLM  302  404
unpublish_campaign  POST   CVLM  302  404
end_campaign        GET    CVLM  200  404
end_campaign        POST   CVLM  302  404
go_on_with_campaign POST   CVLM  302  404
""",
)

# Of the seats in the whole office the head of service and the auditor see every vacancy, and cancel none.
VACANCY = area(
    "vacancy",
    """
route          method seats home other
vacancy        GET    CVLM  200  404
vacancy        GET    HU    200  200
vacancy        GET    AN    404  404
cancel_vacancy GET    CVLM  200  404
cancel_vacancy GET    HU    403  403
cancel_vacancy GET    AN    404  404
cancel_vacancy POST   CVLM  302  404
cancel_vacancy POST   HU    403  403
cancel_vacancy POST   AN    404  404
""",
)

APPLICATION = area(
    "job application",
    """
route                method seats home other
application          GET    CVLM  200  404
application          GET    HU    200  200
application_file     GET    CVLM  200  404
application_file     GET    HU    200  200
withdraw_application GET    CVLM  200  404
withdraw_application POST   CVLM  302  404
take_up_application  POST   CVLM  302  404
""",
)

JOBS = area(
    "public pages of recruitment",
    """
route method seats any
jobs  GET    *     200
job   GET    *     200
job   POST   *     302
""",
)

DRAFT = area(
    "draft of a job application",
    """
route       method seats drafted sent theirs
apply_check GET    *     200     302  404
apply_check POST   *     302     302  404
apply_page  GET    *     200     302  404
apply_page  POST   *     302     302  404
apply_keep  GET    *     200     302  404
apply_keep  POST   *     302     302  404
apply_drop  POST   *     302     409  404
""",
)

MINE = area(
    "followed job application",
    """
route          method seats linked
my_application GET    *     200
my_application POST   *     302
send_my_file   GET    *     200
send_my_file   POST   *     302
remove_my_file POST   *     302
withdraw_mine  GET    *     200
withdraw_mine  POST   *     302
""",
)

AREAS = (PAGES, CAMPAIGN, VACANCY, APPLICATION, JOBS, DRAFT, MINE)
