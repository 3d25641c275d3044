"""The API: the same people, the same records, the same answers, said to programs."""

from tests.access.table import area

PEOPLE = area(
    "api of people",
    """
route       method seats   any
api_people  GET    CVLMHAU 200
api_person  GET    CVLMHAU 200
api_audit   GET    U       200
api_letters GET    CVLM    200
""",
)

LETTER = area(
    "api letter",
    """
route      method seats own mine other handed open named unnamed sealed opened hidden closed
api_letter GET    CVLM  200 200  404   200    200  200   404     403    200    404    200
""",
)

AREAS = (PEOPLE, LETTER)
