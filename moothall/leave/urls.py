"""The map of leave."""

from django.urls import path

from .views import asking, deciding

urlpatterns = [
    path("me/leave/", asking.my_leave, name="my_leave"),
    path("me/leave/new/", asking.ask_leave, name="ask_leave"),
    path("leave/", deciding.leave_to_decide, name="leave_to_decide"),
    path("leave/approvals/", deciding.approve_fitting_leave, name="approve_fitting_leave"),
    path("leave/requests/<int:request_id>/", asking.leave_request, name="leave_request"),
    path("leave/requests/<int:request_id>/withdrawal/", asking.withdraw_leave, name="withdraw_leave"),
    path("leave/requests/<int:request_id>/approval/", deciding.approve_leave, name="approve_leave"),
    path("leave/requests/<int:request_id>/refusal/", deciding.refuse_leave, name="refuse_leave"),
    path("leave/requests/<int:request_id>/sickness/", deciding.give_back_leave, name="give_back_leave"),
    path(
        "leave/requests/<int:request_id>/events/<int:event_id>/undo/", deciding.undo_leave, name="undo_leave"
    ),
]
