"""The map of credentials."""

from django.urls import path

from .views import bringing, lists, one, people, setting, team

FILE = "credentials/files/<int:file_id>/"

urlpatterns = [
    path("credentials/", lists.credential_list, name="credential_list"),
    path("credentials/missing/", lists.missing_credentials, name="missing_credentials"),
    path("credentials/matrix/", lists.credential_matrix, name="credential_matrix"),
    path("me/team/credentials/", team.team_credentials, name="team_credentials"),
    path("me/team/credentials/matrix/", team.team_credential_matrix, name="team_credential_matrix"),
    path("credentials/entry/", people.enter_credentials, name="enter_credentials"),
    path("credentials/files/", bringing.bring_credentials, name="bring_credentials"),
    path(FILE, bringing.credential_file, name="credential_file"),
    path(FILE + "columns/", bringing.map_credential_file, name="map_credential_file"),
    path(FILE + "recording/", bringing.record_credential_file, name="record_credential_file"),
    path(FILE + "undo/", bringing.undo_credential_file, name="undo_credential_file"),
    path(FILE + "rows/", bringing.credential_file_rows, name="credential_file_rows"),
    path(FILE + "missing/", bringing.credential_file_missing, name="credential_file_missing"),
    path(FILE + "refused/", bringing.credential_file_refused, name="credential_file_refused"),
    path("credentials/kinds/", setting.credential_kinds, name="credential_kinds"),
    path("credentials/kinds/<int:number>/", setting.change_credential_kind, name="change_credential_kind"),
    path(
        "credentials/kinds/<int:number>/validity/",
        setting.set_credential_validity,
        name="set_credential_validity",
    ),
    path(
        "credentials/kinds/<int:number>/requirements/",
        setting.add_credential_requirement,
        name="add_credential_requirement",
    ),
    path(
        "credentials/requirements/<int:number>/withdrawal/",
        setting.withdraw_credential_requirement,
        name="withdraw_credential_requirement",
    ),
    path("credentials/<int:number>/", one.credential, name="credential"),
    path("credentials/<int:number>/entry/undo/", people.undo_credential_entry, name="undo_credential_entry"),
    path("credentials/<int:number>/evidence/", one.credential_evidence, name="credential_evidence"),
    path("credentials/<int:number>/verification/", one.verify_credential, name="verify_credential"),
    path("credentials/<int:number>/refusal/", one.refuse_credential, name="refuse_credential"),
    path("credentials/<int:number>/withdrawal/", one.withdraw_credential, name="withdraw_credential"),
    path("credentials/<int:number>/restoration/", one.restore_credential, name="restore_credential"),
    path("employees/<str:number>/credentials/", people.employee_credentials, name="employee_credentials"),
    path("employees/<str:number>/credentials/new/", people.add_credential, name="add_credential"),
    path("me/credentials/", people.my_credentials, name="my_credentials"),
]
