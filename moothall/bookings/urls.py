"""The map of appointments."""

from django.urls import path

from .views import booking, reception, setting

urlpatterns = [
    path("appointments/", reception.reception, name="reception"),
    path("appointments/day/", reception.appointment_day, name="appointment_day"),
    path("appointments/week/", reception.appointment_week, name="appointment_week"),
    path("appointments/new/", booking.book, name="book"),
    path("appointments/for/<str:reference>/", booking.book_for_case, name="book_for_case"),
    path("appointments/<int:appointment_id>/", booking.appointment, name="appointment"),
    path("appointments/<int:appointment_id>/move/", booking.move, name="move_appointment"),
    path("appointments/<int:appointment_id>/cancellation/", booking.cancel, name="cancel_appointment"),
    path("appointments/<int:appointment_id>/arrival/", booking.arrived, name="appointment_arrived"),
    path("appointments/<int:appointment_id>/absence/", booking.missed, name="appointment_missed"),
    path("appointments/<int:appointment_id>/departure/", booking.left, name="appointment_left"),
    path("appointments/<int:appointment_id>/calendar/", booking.appointment_file, name="appointment_file"),
    path(
        "appointments/<int:appointment_id>/events/<int:event_id>/undo/",
        booking.undo_appointment,
        name="undo_appointment",
    ),
    path("appointments/set-up/", setting.appointment_setup, name="appointment_setup"),
    path("appointments/set-up/places/new/", setting.add_place, name="add_place"),
    path("appointments/set-up/places/<int:place_id>/", setting.edit_place, name="edit_place"),
    path("appointments/set-up/places/<int:place_id>/hours/", setting.place_hours, name="place_hours"),
    path("appointments/set-up/rooms/new/", setting.add_room, name="add_room"),
    path("appointments/set-up/rooms/<int:room_id>/", setting.edit_room, name="edit_room"),
    path("appointments/set-up/rooms/<int:room_id>/hours/", setting.room_hours, name="room_hours"),
    path("appointments/set-up/rooms/<int:room_id>/use/", setting.retire_room, name="retire_room"),
    path("appointments/set-up/closures/new/", setting.add_closure, name="add_closure"),
    path(
        "appointments/set-up/closures/<int:closure_id>/withdrawal/",
        setting.withdraw_closure,
        name="withdraw_closure",
    ),
    path("appointments/set-up/kinds/new/", setting.add_kind, name="add_kind"),
    path("appointments/set-up/kinds/<int:kind_id>/", setting.edit_kind, name="edit_kind"),
    path("appointments/set-up/kinds/<int:kind_id>/use/", setting.retire_kind, name="retire_kind"),
]
