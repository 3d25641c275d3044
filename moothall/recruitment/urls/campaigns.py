"""The desk's campaigns, vacancies and applications."""

from django.urls import path

from moothall.recruitment.views import applications, campaigns, vacancies

APPLICATION = "recruitment/applications/<int:number>/"
CAMPAIGN = "recruitment/campaigns/<int:number>/"

urlpatterns = [
    path("recruitment/", campaigns.campaigns, name="campaigns"),
    path("recruitment/campaigns/new/", campaigns.draw_up_campaign, name="draw_up_campaign"),
    path(CAMPAIGN, campaigns.campaign, name="campaign"),
    path(f"{CAMPAIGN}change/", campaigns.change_campaign, name="change_campaign"),
    path(f"{CAMPAIGN}places/", campaigns.campaign_places, name="campaign_places"),
    path(f"{CAMPAIGN}public/", campaigns.publish_campaign, name="publish_campaign"),
    path(f"{CAMPAIGN}private/", campaigns.unpublish_campaign, name="unpublish_campaign"),
    path(f"{CAMPAIGN}end/", campaigns.end_campaign, name="end_campaign"),
    path(f"{CAMPAIGN}continuation/", campaigns.go_on, name="go_on_with_campaign"),
    path(f"{CAMPAIGN}applications/", applications.pipeline, name="pipeline"),
    path(APPLICATION, applications.application, name="application"),
    path(
        f"{APPLICATION}files/<int:file>/",
        applications.application_file,
        name="application_file",
    ),
    path(
        f"{APPLICATION}withdrawal/",
        applications.withdraw_application,
        name="withdraw_application",
    ),
    path(
        f"{APPLICATION}return/",
        applications.take_up_application,
        name="take_up_application",
    ),
    path("recruitment/unheard/", applications.unheard, name="unheard"),
    path("recruitment/vacancies/", vacancies.vacancies, name="vacancies"),
    path("recruitment/vacancies/new/", vacancies.ask_for_vacancy, name="ask_for_vacancy"),
    path("recruitment/vacancies/<int:number>/", vacancies.vacancy, name="vacancy"),
    path("recruitment/vacancies/<int:number>/cancellation/", vacancies.cancel_vacancy, name="cancel_vacancy"),
    path("me/vacancies/", vacancies.my_vacancies, name="my_vacancies"),
]
