"""People, organisations, and who may sign in."""

from tests.access.table import area

# Everybody who may look people up may see everybody; where somebody lives, only while it is not protected.
PERSON = area(
    "person",
    """
route                 method seats   plain protected
person_page           GET    CVLMHAU 200   200
edit_person           GET    CVLM    200   200
edit_person           POST   CVLM    302   302
edit_language         GET    CVLM    200   200
edit_language         POST   CVLM    302   302
add_contact_point     GET    CVLM    200   200
add_contact_point     POST   CVLM    302   302
prefer_contact_point  POST   CV      302   404
prefer_contact_point  POST   LM      302   302
end_contact_point     POST   CV      302   404
end_contact_point     POST   LM      302   302
restore_contact_point POST   CV      302   404
restore_contact_point POST   LM      302   302
add_person_role       GET    CVLM    200   200
add_person_role       POST   CVLM    302   302
end_person_role       POST   CVLM    302   302
place_caution         GET    LM      200   200
place_caution         POST   LM      302   302
review_caution        GET    LM      200   200
review_caution        POST   LM      302   302
lift_caution          GET    LM      200   200
lift_caution          POST   LM      302   302
protect_address       GET    LM      200   200
protect_address       POST   LM      302   422
unprotect_address     POST   LM      409   302
person_duplicates     GET    CM      200   200
compare               GET    CM      200   200
merge                 POST   CM      302   302
tell_apart            POST   CM      302   302
undo_merge            POST   CM      302   -
""",
)

PAGES = area(
    "pages of people",
    """
route                 method seats   any
people                GET    CVLMHAU 200
person_lookup         GET    CVLMHAU 200
organisation_lookup   GET    CVLMHAU 200
add_person            GET    CVLM    200
add_person            POST   CVLM    302
duplicates            GET    CM      200
organisations         GET    CVLM    200
add_organisation      GET    CVLM    200
add_organisation      POST   CVLM    302
edit_organisation     GET    CVLM    200
edit_organisation     POST   CVLM    302
teams                 GET    A       200
add_team              GET    A       200
add_team              POST   A       302
edit_team             GET    A       200
edit_team             POST   A       302
accounts              GET    A       200
sign_ins              GET    A       200
sign_in_rules         GET    A       200
sign_in_rules         POST   A       302
without_second_factor GET    A       200
remind_of_second_factors POST A      302
invite                GET    A       200
invite                POST   A       302
office_roles          GET    A       200
add_office_role       GET    A       200
add_office_role       POST   A       302
edit_office_role      GET    A       200
edit_office_role      POST   A       302
""",
)

# Nobody ends their own access, and the last who manages accounts stays.
ACCOUNT = area(
    "account",
    """
route                 method seats   other self
account_page          GET    A       200   200
edit_account          GET    A       200   200
edit_account          POST   A       302   302
send_invitation_again POST   A       302   302
add_grant             GET    A       200   200
add_grant             POST   A       302   302
end_grant             POST   A       302   409
end_access            GET    A       200   200
end_access            POST   A       302   422
restore_access        POST   A       302   302
remove_second_factors POST   A       302   302
end_sessions          POST   A       302   302
""",
)

AREAS = (PERSON, PAGES, ACCOUNT)
