"""The map of recruitment: what the desk sees, and what those see who apply."""

from django.urls import path

from .views import applications, applying, campaigns, following, marking, shortlisting, vacancies

urlpatterns = [
    path("recruitment/", campaigns.campaigns, name="campaigns"),
    path("recruitment/campaigns/new/", campaigns.draw_up_campaign, name="draw_up_campaign"),
    path("recruitment/campaigns/<int:number>/", campaigns.campaign, name="campaign"),
    path("recruitment/campaigns/<int:number>/change/", campaigns.change_campaign, name="change_campaign"),
    path("recruitment/campaigns/<int:number>/places/", campaigns.campaign_places, name="campaign_places"),
    path("recruitment/campaigns/<int:number>/public/", campaigns.publish_campaign, name="publish_campaign"),
    path(
        "recruitment/campaigns/<int:number>/private/", campaigns.unpublish_campaign, name="unpublish_campaign"
    ),
    path("recruitment/campaigns/<int:number>/end/", campaigns.end_campaign, name="end_campaign"),
    path("recruitment/campaigns/<int:number>/continuation/", campaigns.go_on, name="go_on_with_campaign"),
    path("recruitment/campaigns/<int:number>/applications/", applications.pipeline, name="pipeline"),
    path("recruitment/applications/<int:number>/", applications.application, name="application"),
    path(
        "recruitment/applications/<int:number>/files/<int:file>/", applications.application_file,
        name="application_file",
    ),
    path(
        "recruitment/applications/<int:number>/withdrawal/", applications.withdraw_application,
        name="withdraw_application",
    ),
    path(
        "recruitment/applications/<int:number>/return/", applications.take_up_application,
        name="take_up_application",
    ),
    path("recruitment/campaigns/<int:number>/shortlist/", shortlisting.shortlist, name="shortlist"),
    path("recruitment/campaigns/<int:number>/markers/", shortlisting.name_marker, name="name_marker"),
    path(
        "recruitment/campaigns/<int:number>/markers/<int:marker>/removal/", shortlisting.let_go_marker,
        name="let_go_marker",
    ),
    path(
        "recruitment/campaigns/<int:number>/shortlist/closure/", shortlisting.close_shortlist,
        name="close_shortlist",
    ),
    path(
        "recruitment/campaigns/<int:number>/shortlist/reopening/", shortlisting.reopen_shortlist,
        name="reopen_shortlist",
    ),
    path(
        "recruitment/applications/<int:number>/criteria/<int:criterion>/", shortlisting.agree_mark,
        name="agree_mark",
    ),
    path("me/marking/", marking.my_marking, name="my_marking"),
    path("me/marking/<int:marker>/", marking.marking, name="marking"),
    path("me/marking/<int:marker>/<int:number>/", marking.mark_application, name="mark_application"),
    path(
        "me/marking/<int:marker>/<int:number>/return/", marking.take_back_marks, name="take_back_marks"
    ),
    path(
        "me/marking/<int:marker>/<int:number>/files/<int:file>/", marking.marking_file, name="marking_file"
    ),
    path("recruitment/unheard/", applications.unheard, name="unheard"),
    path("recruitment/vacancies/", vacancies.vacancies, name="vacancies"),
    path("recruitment/vacancies/new/", vacancies.ask_for_vacancy, name="ask_for_vacancy"),
    path("recruitment/vacancies/<int:number>/", vacancies.vacancy, name="vacancy"),
    path("recruitment/vacancies/<int:number>/cancellation/", vacancies.cancel_vacancy, name="cancel_vacancy"),
    path("me/vacancies/", vacancies.my_vacancies, name="my_vacancies"),
    path("jobs/", applying.jobs, name="jobs"),
    path("jobs/<int:number>/", applying.job, name="job"),
    path("jobs/forms/<str:signed>/", applying.apply_check, name="apply_check"),
    path("jobs/forms/<str:signed>/keeping/", applying.apply_keep, name="apply_keep"),
    path("jobs/forms/<str:signed>/removal/", applying.apply_drop, name="apply_drop"),
    path("jobs/forms/<str:signed>/pages/<slug:page>/", applying.apply_page, name="apply_page"),
    path("jobs/mine/<str:signed>/", following.my_application, name="my_application"),
    path("jobs/mine/<str:signed>/files/", following.send_my_file, name="send_my_file"),
    path("jobs/mine/<str:signed>/files/<int:file>/removal/", following.remove_my_file, name="remove_my_file"),
    path("jobs/mine/<str:signed>/withdrawal/", following.withdraw_mine, name="withdraw_mine"),
]  # fmt: skip
