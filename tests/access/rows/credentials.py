"""Credentials: one's own, those of one's people, and those of whom one keeps the records.

home     of somebody whose post is in the home team        other   of somebody elsewhere
Whoever may only look sees neither the document nor the restrictions. What people do with their own, and
managers with their people's, is proved in `moothall/credentials/tests/`.
"""

from tests.access.table import area

PAGES = area(
    "pages of credentials",
    """
route               method seats    any
credential_list     GET    MH       200
missing_credentials GET    MH       200
credential_matrix   GET    MH       200
enter_credentials   GET    H        200
enter_credentials   POST   H        302
my_credentials      GET    CVLMHAUN 200
team_credentials    GET    CVLMHAUN 200
team_credential_matrix GET CVLMHAUN 200
bring_credentials   GET    H        200
bring_credentials   POST   H        302
""",
)

CREDENTIAL = area(
    "credential",
    """
route               method seats  home other
credential          GET    M      200  404
credential          GET    H      200  200
credential          GET    CVLAUN 404  404
credential_evidence POST   M      403  404
credential_evidence POST   H      200  200
credential_evidence POST   CVLAUN 404  404
verify_credential   POST   H      302  302
undo_credential_entry POST H      409  409
refuse_credential   GET    H      200  200
refuse_credential   POST   H      302  302
withdraw_credential GET    H      200  200
withdraw_credential POST   H      302  302
restore_credential  POST   H      409  409
""",
)

HOLDER = area(
    "holder of credentials",
    """
route                method seats  home other
employee_credentials GET    M      200  404
employee_credentials GET    H      200  200
employee_credentials GET    CVLAUN 404  404
add_credential       GET    M      403  404
add_credential       GET    H      200  200
add_credential       GET    CVLAUN 404  404
add_credential       POST   M      403  404
add_credential       POST   H      302  302
add_credential       POST   CVLAUN 404  404
""",
)

# For those who keep staff records.
KINDS = area(
    "kinds of credential",
    """
route                           method seats others
credential_kinds                GET    H     200
change_credential_kind          GET    H     200
change_credential_kind          POST   H     302
set_credential_validity         GET    H     200
set_credential_validity         POST   H     302
add_credential_requirement      GET    H     200
add_credential_requirement      POST   H     302
withdraw_credential_requirement POST   H     302
""",
)

# A file may hold anybody: for those who keep everybody's record.
FILE = area(
    "file of credentials",
    """
route                   method seats any
credential_file         GET    H     200
map_credential_file     GET    H     200
map_credential_file     POST   H     302
record_credential_file  POST   H     302
undo_credential_file    POST   H     302
credential_file_rows    GET    H     200
credential_file_missing GET    H     200
credential_file_refused GET    H     200
""",
)

AREAS = (PAGES, CREDENTIAL, HOLDER, KINDS, FILE)
