"""The map of enquiries."""

from django.urls import path

from .views import answering, call_backs, contacts, mail, mailboxes, suggested, table, triage, wallboard

urlpatterns = [
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/new/", contacts.log_contact, name="log_contact"),
    path("replies/<str:reference>/", answering.reply, name="reply"),
    path("signposting/<str:reference>/", answering.signpost, name="signpost"),
    path("suggestions/<str:reference>/", suggested.suggested, name="suggested"),
    path("splitting/<str:reference>/<int:entry_id>/", answering.split, name="split"),
    path("call-backs/", call_backs.call_backs, name="call_backs"),
    path("call-backs/<int:call_back_id>/", call_backs.call_back, name="call_back"),
    path("call-backs/<int:call_back_id>/taking/", call_backs.take_call_back, name="take_call_back"),
    path(
        "call-backs/<int:call_back_id>/withdrawal/", call_backs.withdraw_call_back, name="withdraw_call_back"
    ),
    path(
        "call-backs/<int:call_back_id>/tries/<int:try_id>/undo/",
        call_backs.undo_call_back,
        name="undo_call_back",
    ),
    path("wallboard/", wallboard.wallboard, name="wallboard"),
    path("wallboard/<slug:key>/", wallboard.wallboard_setup, name="wallboard_setup"),
    path("wallboard/<slug:key>/target/", wallboard.wallboard_target, name="wallboard_target"),
    path("wallboard/<slug:key>/screens/new/", wallboard.hang_display, name="hang_display"),
    path(
        "wallboard/<slug:key>/screens/<int:link_id>/revocation/",
        wallboard.revoke_display,
        name="revoke_display",
    ),
    path("wall/<str:token>/", wallboard.wallboard_display, name="wallboard_display"),
    path("calling-back/<str:reference>/", call_backs.ask_call_back, name="ask_call_back"),
    path("triage/", triage.triage, name="triage"),
    path("triage/undoing/", triage.undo_triage, name="undo_triage"),
    path("triage/quality/", triage.triage_quality, name="triage_quality"),
    path("triage/<str:reference>/settlement/", triage.settle_triage, name="settle_triage"),
    path(
        "triage/<str:reference>/<int:suggestion_id>/acceptance/",
        triage.accept_suggestion,
        name="accept_suggestion",
    ),
    path(
        "triage/<str:reference>/<int:suggestion_id>/rejection/",
        triage.reject_suggestion,
        name="reject_suggestion",
    ),
    path("imports/", mail.import_mail, name="import_mail"),
    path("imports/table/", table.import_table, name="import_table"),
    path("imports/table/<int:table_id>/", table.table_import, name="table_import"),
    path("imports/table/<int:table_id>/mapping/", table.map_table, name="map_table"),
    path("imports/table/<int:table_id>/opening/", table.open_table, name="open_table"),
    path("imports/table/<int:table_id>/undoing/", table.undo_table, name="undo_table"),
    path("imports/table/<int:table_id>/rows/", table.table_rows, name="table_rows"),
    path("imports/table/<int:table_id>/refused/", table.table_refused, name="table_refused"),
    path("imports/<int:import_id>/", mail.import_progress, name="import_progress"),
    path("quarantine/", mail.quarantine, name="quarantine"),
    path("quarantine/<int:raw_id>/", mail.quarantined, name="quarantined"),
    path("quarantine/<int:raw_id>/bytes/", mail.quarantined_bytes, name="quarantined_bytes"),
    path("quarantine/<int:raw_id>/retry/", mail.retry, name="retry"),
    path("quarantine/<int:raw_id>/settlement/", mail.settle, name="settle"),
    path("mailboxes/", mailboxes.mailbox_list, name="mailbox_list"),
    path("new-mailbox/", mailboxes.add_mailbox, name="add_mailbox"),
    path("mailboxes/<slug:key>/", mailboxes.mailbox_page, name="mailbox_page"),
    path("mailboxes/<slug:key>/details/", mailboxes.edit_mailbox, name="edit_mailbox"),
    path("mailboxes/<slug:key>/connection/", mailboxes.connect_mailbox, name="connect_mailbox"),
    path("mailboxes/<slug:key>/trial/", mailboxes.mailbox_trial, name="mailbox_trial"),
    path("mailboxes/<slug:key>/fetching/", mailboxes.mailbox_fetching, name="mailbox_fetching"),
    path("mailboxes/<slug:key>/pause/", mailboxes.mailbox_pause, name="mailbox_pause"),
    path(
        "mailboxes/<slug:key>/disconnection/", mailboxes.mailbox_disconnection, name="mailbox_disconnection"
    ),
]
