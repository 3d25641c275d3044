"""What those see who apply, and those who speak for them."""

from django.urls import path

from moothall.recruitment.views import applying, following, references

MINE = "jobs/mine/<str:signed>/"

urlpatterns = [
    path("jobs/", applying.jobs, name="jobs"),
    path("jobs/<int:number>/", applying.job, name="job"),
    path("jobs/forms/<str:signed>/", applying.apply_check, name="apply_check"),
    path("jobs/forms/<str:signed>/keeping/", applying.apply_keep, name="apply_keep"),
    path("jobs/forms/<str:signed>/removal/", applying.apply_drop, name="apply_drop"),
    path("jobs/forms/<str:signed>/pages/<slug:page>/", applying.apply_page, name="apply_page"),
    path(MINE, following.my_application, name="my_application"),
    path(f"{MINE}files/", following.send_my_file, name="send_my_file"),
    path(f"{MINE}files/<int:file>/removal/", following.remove_my_file, name="remove_my_file"),
    path(f"{MINE}withdrawal/", following.withdraw_mine, name="withdraw_mine"),
    path(f"{MINE}referees/", references.name_my_referee, name="name_my_referee"),
    path(
        f"{MINE}referees/<int:referee>/removal/",
        references.remove_my_referee,
        name="remove_my_referee",
    ),
    path(f"{MINE}offer/", references.answer_offer, name="answer_offer"),
    path("references/<str:signed>/", references.reference_form, name="reference_form"),
    path("references/<str:signed>/refusal/", references.refuse_reference, name="refuse_reference"),
]
