"""Private hire."""

from django.urls import path

from moothall.transport.views import hires

JOB = "transport/hires/<int:number>/"

urlpatterns = [
    path("transport/hires/", hires.hires, name="hires"),
    path("transport/hires/new/", hires.quote_hire, name="quote_hire"),
    path(JOB, hires.hire, name="hire"),
    path(JOB + "change/", hires.change_hire, name="change_hire"),
    path(JOB + "booking/", hires.book_hire, name="book_hire"),
    path(JOB + "booking/undo/", hires.unbook_hire, name="unbook_hire"),
    path(JOB + "cancelling/", hires.cancel_hire, name="cancel_hire"),
    path(JOB + "cancelling/undo/", hires.revive_hire, name="revive_hire"),
    path(JOB + "invoice/", hires.invoice_hire, name="invoice_hire"),
    path(JOB + "invoice/undo/", hires.uninvoice_hire, name="uninvoice_hire"),
    path(JOB + "vehicle/", hires.hire_vehicle, name="hire_vehicle"),
]
