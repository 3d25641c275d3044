"""The map of leave."""

from django.urls import path

from .views import asking, calendar, deciding, deputies, payroll, planner, setting

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
    path("leave/calendar/", calendar.leave_calendar, name="leave_calendar"),
    path("leave/year/", planner.leave_year, name="leave_year"),
    path("leave/deputies/", deputies.leave_deputies, name="leave_deputies"),
    path("leave/deputies/new/", deputies.name_leave_deputy, name="name_leave_deputy"),
    path(
        "leave/deputies/<int:number>/withdrawal/",
        deputies.withdraw_leave_deputy,
        name="withdraw_leave_deputy",
    ),
    path("leave/payroll/", payroll.leave_payroll, name="leave_payroll"),
    path("leave/payroll/new/", payroll.run_leave_payroll, name="run_leave_payroll"),
    path("leave/payroll/<int:number>/leave.csv", payroll.leave_payroll_file, name="leave_payroll_file"),
    path("leave/cover/", setting.cover_rules, name="cover_rules"),
    path("leave/cover/new/", setting.add_cover_rule, name="add_cover_rule"),
    path("leave/cover/<int:rule_id>/withdrawal/", setting.withdraw_cover_rule, name="withdraw_cover_rule"),
    path("leave/links/new/", calendar.make_leave_link, name="make_leave_link"),
    path("leave/links/<int:link_id>/end/", calendar.end_leave_link, name="end_leave_link"),
    path("leave/feeds/<str:token>/", calendar.leave_feed, name="leave_feed"),
    path("employees/<str:number>/leave/", setting.employee_leave, name="employee_leave"),
    path("employees/<str:number>/leave/entries/new/", setting.add_leave_entry, name="add_leave_entry"),
    path(
        "employees/<str:number>/leave/entries/<int:entry_id>/withdrawal/",
        setting.withdraw_leave_entry,
        name="withdraw_leave_entry",
    ),
]
