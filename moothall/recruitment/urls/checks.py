"""Checks before somebody begins, referees, and offers."""

from django.urls import path

from moothall.recruitment.views import check_desk, checks, offers

APPLICATION = "recruitment/applications/<int:number>/"

urlpatterns = [
    path("checks/", checks.checks, name="checks"),
    path("checks/<str:reference>/", checks.check, name="check"),
    path("checks/<str:reference>/steps/<int:number>/", checks.check_step, name="check_step"),
    path(
        "checks/<str:reference>/steps/<int:number>/return/",
        checks.take_back_check_step,
        name="take_back_check_step",
    ),
    path("recruitment/late-checks/", check_desk.late_checks, name="late_checks"),
    path("recruitment/campaigns/<int:number>/checks/", check_desk.campaign_checks, name="campaign_checks"),
    path(
        f"{APPLICATION}checks/<int:step>/",
        check_desk.application_check,
        name="application_check",
    ),
    path(
        f"{APPLICATION}checks/<int:step>/return/",
        check_desk.take_back_application_check,
        name="take_back_application_check",
    ),
    path(f"{APPLICATION}referees/", check_desk.add_referee, name="add_referee"),
    path(
        f"{APPLICATION}referees/<int:referee>/removal/",
        check_desk.remove_referee,
        name="remove_referee",
    ),
    path(
        f"{APPLICATION}referees/<int:referee>/return/",
        check_desk.restore_referee,
        name="restore_referee",
    ),
    path(
        f"{APPLICATION}referees/<int:referee>/reading/",
        check_desk.open_reference,
        name="open_reference",
    ),
    path(f"{APPLICATION}offers/", offers.make_offer, name="make_offer"),
    path(
        f"{APPLICATION}offers/<int:offer>/removal/",
        offers.take_back_offer,
        name="take_back_offer",
    ),
    path(
        f"{APPLICATION}offers/<int:offer>/employment/",
        offers.enter_among_staff,
        name="enter_among_staff",
    ),
    path(
        f"{APPLICATION}offers/<int:offer>/employment/removal/",
        offers.take_back_start,
        name="take_back_start",
    ),
]
