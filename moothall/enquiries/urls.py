"""The map of enquiries."""

from django.urls import path

from .views import answering, contacts, mail

urlpatterns = [
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/new/", contacts.log_contact, name="log_contact"),
    path("replies/<str:reference>/", answering.reply, name="reply"),
    path("signposting/<str:reference>/", answering.signpost, name="signpost"),
    path("splitting/<str:reference>/<int:entry_id>/", answering.split, name="split"),
    path("imports/", mail.import_mail, name="import_mail"),
    path("imports/<int:import_id>/", mail.import_progress, name="import_progress"),
    path("quarantine/", mail.quarantine, name="quarantine"),
    path("quarantine/<int:raw_id>/", mail.quarantined, name="quarantined"),
    path("quarantine/<int:raw_id>/bytes/", mail.quarantined_bytes, name="quarantined_bytes"),
    path("quarantine/<int:raw_id>/retry/", mail.retry, name="retry"),
    path("quarantine/<int:raw_id>/settlement/", mail.settle, name="settle"),
]
