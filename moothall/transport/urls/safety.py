"""Incidents, histories, and the pages of families and contractors."""

from django.urls import path

from moothall.transport.views import (
    contractors,
    histories,
    incidents,
    investigating,
    own_pages,
    own_reports,
    sheets,
)

from .shared import CONTRACTOR, CREW, MEMBER, THEIRS, VEHICLE

HAPPENED = "transport/incidents/<str:reference>/"

urlpatterns = [
    path("transport/incidents/", incidents.incidents, name="incidents"),
    path("transport/incidents/new/", incidents.report_incident, name="report_incident"),
    path(HAPPENED, incidents.incident, name="incident"),
    path(HAPPENED + "photos/new/", investigating.add_incident_photos, name="add_incident_photos"),
    path(HAPPENED + "photos/<int:number>/", incidents.incident_photo, name="incident_photo"),
    path(HAPPENED + "people/new/", investigating.add_involved, name="add_involved"),
    path(HAPPENED + "people/<int:number>/removal/", investigating.remove_involved, name="remove_involved"),
    path(
        HAPPENED + "reports/<int:number>/", investigating.decide_outside_report, name="decide_outside_report"
    ),
    path(HAPPENED + "investigation/", investigating.investigate_incident, name="investigate_incident"),
    path(HAPPENED + "statements/new/", investigating.take_statement, name="take_statement"),
    path(
        HAPPENED + "statements/<int:number>/withdrawal/",
        investigating.withdraw_statement,
        name="withdraw_statement",
    ),
    path(HAPPENED + "actions/new/", investigating.add_incident_action, name="add_incident_action"),
    path(
        HAPPENED + "actions/<int:number>/done/",
        investigating.finish_incident_action,
        name="finish_incident_action",
    ),
    path(
        HAPPENED + "actions/<int:number>/withdrawal/",
        investigating.withdraw_incident_action,
        name="withdraw_incident_action",
    ),
    path(
        HAPPENED + "actions/<int:number>/opening/",
        investigating.reopen_incident_action,
        name="reopen_incident_action",
    ),
    path(HAPPENED + "closure/", investigating.close_incident, name="close_incident"),
    path("transport/duties/<int:number>/sheet.pdf", sheets.crew_sheet_pdf, name="crew_sheet_pdf"),
    path("my/transport/sheets.pdf", sheets.my_sheets_pdf, name="my_sheets_pdf"),
    path(VEHICLE + "history/", histories.vehicle_history, name="vehicle_history"),
    path(MEMBER + "history/", histories.crew_history, name="crew_history"),
    path(THEIRS + "history/", histories.contractor_vehicle_history, name="contractor_vehicle_history"),
    path(CREW + "history/", histories.contractor_staff_history, name="contractor_staff_history"),
    path("my/transport/", own_pages.my_transport, name="my_transport"),
    path("my/transport/family/<int:number>/", own_pages.my_child, name="my_child"),
    path("my/transport/family/<int:number>/away/", own_pages.does_not_travel, name="does_not_travel"),
    path(
        "my/transport/family/<int:number>/away/<int:away>/removal/",
        own_pages.travels_after_all,
        name="travels_after_all",
    ),
    path("my/contracts/<int:number>/", own_pages.my_contract, name="my_contract"),
    path("my/contracts/invoices/<int:number>/", own_pages.my_invoice, name="my_invoice"),
    path(CONTRACTOR + "contacts/new/", contractors.add_contractor_contact, name="add_contractor_contact"),
    path(
        "transport/contacts/<int:number>/end/",
        contractors.end_contractor_contact,
        name="end_contractor_contact",
    ),
    path("my/transport/reports/", own_reports.my_reports, name="my_reports"),
    path("my/transport/reports/new/", own_reports.report_on_the_way, name="report_on_the_way"),
]
