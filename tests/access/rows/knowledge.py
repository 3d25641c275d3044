"""Articles, and the directory of who else can help: read by staff, kept by those who may, shown to all."""

from tests.access.table import area

PAGES = area(
    "pages of knowledge",
    """
route           method seats  any
directory       GET    CVLMHU 200
directory_entry GET    CVLMHU 200
add_entry       GET    CLM    200
add_entry       POST   CLM    302
edit_entry      GET    CLM    200
edit_entry      POST   CLM    302
check_entry     POST   CLM    302
retire_entry    POST   CLM    302
restore_entry   POST   CLM    302
who_can_help    GET    *      200
helper          GET    *      200
""",
)

AREAS = (PAGES,)
