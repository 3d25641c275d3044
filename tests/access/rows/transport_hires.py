"""Private hire: whoever works with transport sees the jobs; whoever manages it does something about them."""

from tests.access.table import area

PAGES = area(
    "private hire",
    """
route      method seats any
hires      GET    VM    200
quote_hire GET    M     200
quote_hire POST   M     302
""",
)

JOB = area(
    "hire job",
    """
route          method seats any
hire           GET    VM    200
change_hire    GET    M     200
change_hire    POST   M     302
book_hire      POST   M     302
unbook_hire    POST   M     302
cancel_hire    GET    M     200
cancel_hire    POST   M     302
revive_hire    POST   M     302
invoice_hire   GET    M     200
invoice_hire   POST   M     302
uninvoice_hire POST   M     302
hire_vehicle   GET    M     200
hire_vehicle   POST   M     302
""",
)

AREAS = (PAGES, JOB)
