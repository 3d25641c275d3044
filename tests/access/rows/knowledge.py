"""Articles, and the directory of who else can help: read by staff, kept by those who may, shown to all."""

from tests.access.table import area

PAGES = area(
    "pages of knowledge",
    """
route           method seats  any
article_list    GET    CVLMHU 200
article_page    GET    CVLMHU 200
article_editions GET   CVLMHU 200
article_opinion POST   CVLMHU 302
write_article   GET    CLM    200
write_article   POST   CLM    302
edit_article    GET    CLM    200
edit_article    POST   CLM    302
publish_article POST   CLM    302
withdraw_article POST  CLM    302
review_article  POST   CLM    302
restore_edition POST   CLM    302
knowledge_gaps  GET    CLM    200
settle_missed   POST   CLM    302
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
help_home       GET    *      200
help_article    GET    *      200
help_opinion    POST   *      302
help_question   POST   *      302
""",
)

AREAS = (PAGES,)
