"""Addresses under `people/`. A person's own begin with the reference, P-000123."""

from django.urls import include, path, register_converter

from .views import (
    accounts,
    cautions,
    contact_points,
    my_account,
    office_roles,
    organisations,
    own,
    persons,
    sameness,
    signing_in,
)


class PersonReference:
    regex = "[Pp]-[0-9]{1,12}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(PersonReference, "person")

of_person = [
    path("", persons.person_page, name="person_page"),
    path("edit/", persons.edit_person, name="edit_person"),
    path("language/", persons.edit_language, name="edit_language"),
    path("contact-points/add/", contact_points.add_contact_point, name="add_contact_point"),
    path(
        "contact-points/<int:point_id>/preference/",
        contact_points.prefer_contact_point,
        name="prefer_contact_point",
    ),
    path("contact-points/<int:point_id>/end/", contact_points.end_contact_point, name="end_contact_point"),
    path(
        "contact-points/<int:point_id>/restoration/",
        contact_points.restore_contact_point,
        name="restore_contact_point",
    ),
    path("roles/add/", contact_points.add_person_role, name="add_person_role"),
    path("roles/<int:role_id>/end/", contact_points.end_person_role, name="end_person_role"),
    path("cautions/add/", cautions.place_caution, name="place_caution"),
    path("cautions/<int:marker_id>/review/", cautions.review_caution, name="review_caution"),
    path("cautions/<int:marker_id>/lifting/", cautions.lift_caution, name="lift_caution"),
    path("protection/", cautions.protect_address, name="protect_address"),
    path("protection/end/", cautions.unprotect_address, name="unprotect_address"),
    path("duplicates/", sameness.person_duplicates, name="person_duplicates"),
    path("compare/<person:other_reference>/", sameness.compare, name="compare"),
    path("merge/<person:other_reference>/", sameness.merge, name="merge"),
    path("apart/<person:other_reference>/", sameness.tell_apart, name="tell_apart"),
]

of_account = [
    path("", accounts.account_page, name="account_page"),
    path("edit/", accounts.edit_account, name="edit_account"),
    path("invitation/", accounts.send_invitation_again, name="send_invitation_again"),
    path("roles/add/", accounts.add_grant, name="add_grant"),
    path("roles/<int:grant_id>/end/", accounts.end_grant, name="end_grant"),
    path("end/", accounts.end_access, name="end_access"),
    path("restoration/", accounts.restore_access, name="restore_access"),
    path("second-factors/removal/", accounts.remove_second_factors, name="remove_second_factors"),
    path("sessions/end/", accounts.end_sessions, name="end_sessions"),
]

urlpatterns = [
    path("", persons.people, name="people"),
    path("add/", persons.add_person, name="add_person"),
    path("lookup/", persons.person_lookup, name="person_lookup"),
    path("duplicates/", sameness.duplicates, name="duplicates"),
    path("merges/<int:merge_id>/undo/", sameness.undo_merge, name="undo_merge"),
    path("<person:reference>/", include(of_person)),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add_organisation, name="add_organisation"),
    path("organisations/lookup/", organisations.organisation_lookup, name="organisation_lookup"),
    path("organisations/<int:organisation_id>/", organisations.edit_organisation, name="edit_organisation"),
    path("teams/", organisations.teams, name="teams"),
    path("teams/add/", organisations.add_team, name="add_team"),
    path("teams/<slug:key>/", organisations.edit_team, name="edit_team"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/invite/", accounts.invite, name="invite"),
    path("accounts/sign-ins/", signing_in.sign_ins, name="sign_ins"),
    path("accounts/sign-in-rules/", signing_in.sign_in_rules, name="sign_in_rules"),
    path("accounts/second-factors/", signing_in.without_second_factor, name="without_second_factor"),
    path("accounts/second-factors/reminders/", signing_in.remind, name="remind_of_second_factors"),
    path("accounts/<int:account_id>/", include(of_account)),
    path("roles/", office_roles.office_roles, name="office_roles"),
    path("roles/add/", office_roles.add_office_role, name="add_office_role"),
    path("roles/<slug:key>/", office_roles.edit_office_role, name="edit_office_role"),
    path("language/", own.set_language, name="set_language"),
    path("drafts/", own.save_draft, name="save_draft"),
    path("drafts/removal/", own.discard_draft, name="discard_draft"),
    path("dismissals/", own.dismiss, name="dismiss"),
    path("me/", my_account.my_account, name="my_account"),
    path("me/settings/", my_account.my_settings, name="my_settings"),
    path("me/sessions/end/", my_account.end_my_sessions, name="end_my_sessions"),
]
