"""The phone page of a crew, late runs, what is told on a day, and checks of vehicles."""

from django.urls import path

from moothall.transport.views import board, day_notices, late, phone, vehicle_checks

PRESS = "transport/runs/presses/<int:number>/"
LATE = "transport/runs/<int:number>/late/<str:day>/"
NOTICE = "transport/notices/"
DEFECT = "transport/checks/defects/<int:number>/"

urlpatterns = [
    path("my/runs/", board.my_runs, name="my_runs"),
    path("my/runs/worker.js", phone.phone_worker, name="phone_worker"),
    path("my/runs/presses/", phone.press_on_run, name="press_on_run"),
    path("my/runs/<int:number>/", phone.phone_run, name="phone_run"),
    path("transport/runs/presses/", phone.odd_presses, name="odd_presses"),
    path(PRESS + "seen/", phone.see_press, name="see_press"),
    path(PRESS + "unseen/", phone.unsee_press, name="unsee_press"),
    path(LATE, late.late_run, name="late_run"),
    path(LATE + "told/", late.tell_late, name="tell_late"),
    path(LATE + "end/", late.run_on_time, name="run_on_time"),
    path(NOTICE, day_notices.day_messages, name="day_messages"),
    path(NOTICE + "new/", day_notices.write_day_message, name="write_day_message"),
    path(NOTICE + "preview/", day_notices.preview_day_message, name="preview_day_message"),
    path(NOTICE + "sent/", day_notices.send_day_message, name="send_day_message"),
    path(NOTICE + "messages/<int:number>/", day_notices.day_message, name="day_message"),
    path(NOTICE + "told/<int:number>/", day_notices.ring_of_day, name="ring_of_day"),
    path(NOTICE + "told/<int:number>/undo/", day_notices.not_rung_of_day, name="not_rung_of_day"),
    path(NOTICE + "centres/<slug:key>/", day_notices.centre_contact, name="centre_contact"),
    path("transport/checks/", vehicle_checks.vehicle_checks, name="vehicle_checks"),
    path("transport/checks/<int:number>/", vehicle_checks.vehicle_check, name="vehicle_check"),
    path(
        "transport/checks/<int:number>/withdrawal/",
        vehicle_checks.take_back_vehicle_check,
        name="take_back_vehicle_check",
    ),
    path("transport/checks/items/", vehicle_checks.check_items, name="check_items"),
    path(
        "transport/checks/items/<int:number>/confirmation/",
        vehicle_checks.confirm_check_item,
        name="confirm_check_item",
    ),
    path("transport/checks/defects/", vehicle_checks.defects, name="defects"),
    path(DEFECT + "owner/", vehicle_checks.give_defect, name="give_defect"),
    path(DEFECT + "mending/", vehicle_checks.mend_defect, name="mend_defect"),
    path(DEFECT + "mending/undo/", vehicle_checks.defect_not_mended, name="defect_not_mended"),
]
