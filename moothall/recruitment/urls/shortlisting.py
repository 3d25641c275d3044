"""Shortlists, and the marks of those who read."""

from django.urls import path

from moothall.recruitment.views import marking, shortlisting

CAMPAIGN = "recruitment/campaigns/<int:number>/"

urlpatterns = [
    path(f"{CAMPAIGN}shortlist/", shortlisting.shortlist, name="shortlist"),
    path(f"{CAMPAIGN}markers/", shortlisting.name_marker, name="name_marker"),
    path(
        f"{CAMPAIGN}markers/<int:marker>/removal/",
        shortlisting.let_go_marker,
        name="let_go_marker",
    ),
    path(
        f"{CAMPAIGN}shortlist/closure/",
        shortlisting.close_shortlist,
        name="close_shortlist",
    ),
    path(
        f"{CAMPAIGN}shortlist/reopening/",
        shortlisting.reopen_shortlist,
        name="reopen_shortlist",
    ),
    path(
        "recruitment/applications/<int:number>/criteria/<int:criterion>/",
        shortlisting.agree_mark,
        name="agree_mark",
    ),
    path("me/marking/", marking.my_marking, name="my_marking"),
    path("me/marking/<int:marker>/", marking.marking, name="marking"),
    path("me/marking/<int:marker>/<int:number>/", marking.mark_application, name="mark_application"),
    path("me/marking/<int:marker>/<int:number>/return/", marking.take_back_marks, name="take_back_marks"),
    path("me/marking/<int:marker>/<int:number>/files/<int:file>/", marking.marking_file, name="marking_file"),
]
