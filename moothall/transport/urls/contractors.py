"""Contractors with their papers, jobs and invoices."""

from django.urls import path

from moothall.transport.views import contractor_staff, contractors, invoices, papers

from .shared import CONTRACTOR, CREW, THEIRS

CONTRACT = "transport/contracts/<int:number>/"
PAPER = "transport/papers/<int:number>/"
ALLOTMENT = "transport/allotments/<int:number>/"
INVOICE = "transport/invoices/<int:number>/"

urlpatterns = [
    path("transport/contractors/", contractors.contractors, name="contractors"),
    path("transport/contractors/new/", contractors.add_contractor, name="add_contractor"),
    path(CONTRACTOR, contractors.contractor, name="contractor"),
    path(CONTRACTOR + "change/", contractors.change_contractor, name="change_contractor"),
    path(CONTRACTOR + "end/", contractors.end_contractor, name="end_contractor"),
    path(CONTRACTOR + "return/", contractors.take_back_contractor, name="take_back_contractor"),
    path(CONTRACTOR + "contracts/new/", contractors.add_contract, name="add_contract"),
    path(CONTRACT + "prices/new/", contractors.set_contract_price, name="set_contract_price"),
    path(CONTRACT + "end/", contractors.end_contract, name="end_contract"),
    path(CONTRACTOR + "sanctions/new/", contractors.sanction_contractor, name="sanction_contractor"),
    path("transport/sanctions/<int:number>/end/", contractors.end_sanction, name="end_sanction"),
    path(CONTRACTOR + "crew/new/", contractor_staff.add_contractor_staff, name="add_contractor_staff"),
    path(CREW, contractor_staff.contractor_staff, name="contractor_staff"),
    path(CREW + "end/", contractor_staff.end_contractor_staff, name="end_contractor_staff"),
    path(
        CONTRACTOR + "vehicles/new/", contractor_staff.add_contractor_vehicle, name="add_contractor_vehicle"
    ),
    path(THEIRS, contractor_staff.contractor_vehicle, name="contractor_vehicle"),
    path(THEIRS + "end/", contractor_staff.contractor_vehicle_goes, name="contractor_vehicle_goes"),
    path(THEIRS + "return/", contractor_staff.contractor_vehicle_stays, name="contractor_vehicle_stays"),
    path(CONTRACTOR + "allotments/new/", contractor_staff.allot_job, name="allot_job"),
    path(ALLOTMENT + "end/", contractor_staff.end_allotment, name="end_allotment"),
    path(ALLOTMENT + "withdrawal/", contractor_staff.take_back_allotment, name="take_back_allotment"),
    path("transport/papers/", papers.contractor_papers, name="contractor_papers"),
    path(
        "transport/papers/new/<slug:of>/<int:number>/",
        papers.record_contractor_paper,
        name="record_contractor_paper",
    ),
    path("transport/papers/rules/", papers.contractor_paper_rules, name="contractor_paper_rules"),
    path(
        "transport/papers/rules/<int:number>/confirmation/",
        papers.confirm_contractor_paper_rule,
        name="confirm_contractor_paper_rule",
    ),
    path(PAPER, papers.contractor_paper, name="contractor_paper"),
    path(PAPER + "evidence/", papers.contractor_paper_evidence, name="contractor_paper_evidence"),
    path(PAPER + "verification/", papers.verify_contractor_paper, name="verify_contractor_paper"),
    path(PAPER + "withdrawal/", papers.withdraw_contractor_paper, name="withdraw_contractor_paper"),
    path(PAPER + "restoration/", papers.restore_contractor_paper, name="restore_contractor_paper"),
    path("transport/invoices/", invoices.contractor_invoices, name="contractor_invoices"),
    path("transport/invoices/new/", invoices.bring_invoice, name="bring_invoice"),
    path(INVOICE, invoices.contractor_invoice, name="contractor_invoice"),
    path(INVOICE + "file/", invoices.invoice_as_it_came, name="invoice_as_it_came"),
    path(INVOICE + "agreement/", invoices.agree_invoice, name="agree_invoice"),
    path(INVOICE + "opening/", invoices.reopen_invoice, name="reopen_invoice"),
    path(INVOICE + "withdrawal/", invoices.withdraw_invoice, name="withdraw_invoice"),
    path(
        "transport/invoices/lines/<int:number>/decision/",
        invoices.decide_invoice_line,
        name="decide_invoice_line",
    ),
]
