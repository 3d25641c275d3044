from django.urls import path

from .views import my_account, own

urlpatterns = [
    path("language/", own.set_language, name="set_language"),
    path("drafts/", own.save_draft, name="save_draft"),
    path("drafts/removal/", own.discard_draft, name="discard_draft"),
    path("dismissals/", own.dismiss, name="dismiss"),
    path("me/", my_account.my_account, name="my_account"),
    path("me/settings/", my_account.my_settings, name="my_settings"),
    path("me/sessions/end/", my_account.end_my_sessions, name="end_my_sessions"),
]
