"""Contractors: seen by those who work with transport, kept by those of them who manage cases too."""

from tests.access.table import area

PAGES = area(
    "pages of contractors",
    """
route                   method seats any
contractors                   GET    VM    200
add_contractor                GET    M     200
add_contractor                POST   M     302
contractor_invoices           GET    VM    200
bring_invoice                 GET    M     200
bring_invoice                 POST   M     302
contractor_papers             GET    VM    200
contractor_paper_rules        GET    VM    200
""",
)

CONTRACTOR = area(
    "contractor",
    """
route                   method seats any
contractor                    GET    VM    200
change_contractor             GET    M     200
change_contractor             POST   M     302
end_contractor                GET    M     200
end_contractor                POST   M     302
take_back_contractor          POST   M     302
add_contract                  GET    M     200
add_contract                  POST   M     302
set_contract_price            GET    M     200
set_contract_price            POST   M     302
end_contract                  GET    M     200
end_contract                  POST   M     302
sanction_contractor           GET    M     200
sanction_contractor           POST   M     302
end_sanction                  GET    M     200
end_sanction                  POST   M     302
add_contractor_staff               GET    M     200
add_contractor_staff               POST   M     302
contractor_staff                   GET    VM    200
end_contractor_staff               GET    M     200
end_contractor_staff               POST   M     302
add_contractor_vehicle        GET    M     200
add_contractor_vehicle        POST   M     302
contractor_vehicle            GET    VM    200
contractor_vehicle_goes       GET    M     200
contractor_vehicle_goes       POST   M     302
contractor_vehicle_stays      POST  M     302
allot_job                     GET    M     200
allot_job                     POST   M     302
end_allotment                 GET    M     200
end_allotment                 POST   M     302
take_back_allotment           POST   M     302
""",
)

PAPER = area(
    "paper of a contractor",
    """
route                   method seats any
record_contractor_paper       GET    VM    200
record_contractor_paper       POST   VM    302
contractor_paper              GET    VM    200
contractor_paper_evidence     GET    VM    200
verify_contractor_paper       POST   M     302
withdraw_contractor_paper     GET    M     200
withdraw_contractor_paper     POST   M     302
restore_contractor_paper      POST   M     302
confirm_contractor_paper_rule POST   M     302
""",
)

INVOICE = area(
    "invoice of a contractor",
    """
route                         method seats any
contractor_invoice            GET    VM    200
invoice_as_it_came            GET    VM    200
decide_invoice_line           GET    M     200
decide_invoice_line           POST   M     302
agree_invoice                 POST   M     302
reopen_invoice                POST   M     302
withdraw_invoice              GET    M     200
withdraw_invoice              POST   M     302
""",
)

AREAS = (PAGES, CONTRACTOR, PAPER, INVOICE)
