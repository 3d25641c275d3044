"""Letters: seen with the record they are about."""

from tests.access.table import area

LETTER = area(
    "letter",
    """
route              method seats own mine other handed open named unnamed sealed opened hidden closed
letter_page        GET    CVLM  200 200  404   200    200  200   404     302    200    404    200
letter_pdf         GET    CVLM  200 200  404   200    200  200   404     302    200    404    200
letter_document    GET    CVLM  200 200  404   200    200  200   404     302    200    404    200
letter_recall      POST   CVLM  302 302  404   302    302  302   404     302    302    404    302
letter_approval    POST   LM    302 302  404   302    302  302   404     302    302    404    302
letter_approval    POST   H     302 302  302   302    302  302   404     302    302    404    302
letter_refusal     POST   LM    302 302  404   302    302  302   404     302    302    404    302
letter_refusal     POST   H     302 302  302   302    302  302   404     302    302    404    302
letter_settlement  POST   CM    302 302  404   302    302  302   404     302    302    404    302
letter_settlement  POST   A     404 404  404   404    404  404   404     404    404    404    404
letter_retry       POST   CM    302 302  404   302    302  302   404     302    302    404    302
letter_retry       POST   A     404 404  404   404    404  404   404     404    404    404    404
letter_abandonment POST   CM    302 302  404   302    302  302   404     302    302    404    302
letter_abandonment POST   A     404 404  404   404    404  404   404     404    404    404    404
""",
)

# A print run is seen by whoever may see every letter in it.
RUNS = area(
    "print run",
    """
route                method seats own other
print_run_page       GET    CM    200 404
print_run_page       GET    A     404 404
print_run_pdf        GET    CM    200 404
print_run_pdf        GET    A     404 404
print_run_settlement POST   CM    302 404
print_run_settlement POST   A     404 404
""",
)

PAGES = area(
    "pages of letters",
    """
route                method seats any
outbox               GET    CMA   200
approvals            GET    LMH   200
print_runs           POST   CMA   409
letterhead           GET    A     200
letterhead           POST   A     302
template_list        GET    A     200
template_add         GET    A     200
template_add         POST   A     302
template_texts       GET    A     200
template_texts       POST   A     302
template_settings    GET    A     200
template_settings    POST   A     302
template_history     GET    A     200
template_retirement  POST   A     302
template_restoration POST   A     302
""",
)

AREAS = (LETTER, RUNS, PAGES)
