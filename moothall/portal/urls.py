"""The map of the public pages."""

from django.urls import path

from .views import asking, following, sending

urlpatterns = [
    path("ask/", asking.ask_list, name="ask_list"),
    path("ask/about/<slug:key>/", asking.ask_start, name="ask_start"),
    path("ask/links/", following.send_link, name="send_link"),
    path("ask/forms/<str:signed>/", sending.ask_check, name="ask_check"),
    path("ask/forms/<str:signed>/sent/", sending.ask_sent, name="ask_sent"),
    path("ask/forms/<str:signed>/keeping/", sending.keep_answers, name="keep_answers"),
    path("ask/forms/<str:signed>/removal/", sending.drop_answers, name="drop_answers"),
    path("ask/forms/<str:signed>/files/", asking.ask_files, name="ask_files"),
    path("ask/forms/<str:signed>/files/<int:file_id>/removal/", asking.remove_file, name="remove_file"),
    path("ask/forms/<str:signed>/pages/<slug:page>/", asking.ask_question, name="ask_question"),
    path("ask/progress/<str:signed>/", following.progress, name="progress"),
    path("ask/progress/<str:signed>/files/<int:attached_id>/", following.progress_file, name="progress_file"),
    path("own/", following.own_requests, name="own_requests"),
    path("own/<str:reference>/", following.own_request, name="own_request"),
    path("own/<str:reference>/files/<int:attached_id>/", following.own_file, name="own_file"),
]
