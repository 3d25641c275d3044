"""The map of what falls due."""

from django.urls import path

from .views import hearings, lists, one, own, pay, runs

urlpatterns = [
    path("falling-due/", lists.falling_due, name="falling_due"),
    path("me/team/falling-due/", lists.team_falling_due, name="team_falling_due"),
    path("falling-due/<int:number>/", one.term, name="term"),
    path("falling-due/<int:number>/decision/", one.settle_term, name="settle_term"),
    path("falling-due/<int:number>/decision/undo/", one.unsettle_term, name="unsettle_term"),
    path("falling-due/<int:number>/withdrawal/", one.withdraw_term, name="withdraw_term"),
    path("falling-due/<int:number>/restoration/", one.restore_term, name="restore_term"),
    path("falling-due/<int:number>/letters/<slug:key>/", one.term_letter, name="term_letter"),
    path("falling-due/<int:number>/steps/<int:step>/", one.finish_step, name="finish_term_step"),
    path("falling-due/<int:number>/steps/<int:step>/undo/", one.reopen_step, name="reopen_term_step"),
    path("employees/<str:number>/falling-due/new/", one.add_term, name="add_term"),
    path("employees/<str:number>/pay/", pay.pay_history, name="pay_history"),
    path("employees/<str:number>/pay/new/", pay.place_on_point, name="place_on_point"),
    path("employees/<str:number>/pay/undo/", pay.take_back_placement, name="take_back_placement"),
    path("falling-due/<int:number>/hearings/new/", hearings.arrange_hearing, name="arrange_hearing"),
    path(
        "falling-due/<int:number>/hearings/<int:hearing>/",
        hearings.write_down_hearing,
        name="write_down_hearing",
    ),
    path("me/retirement/new/", own.ask_to_retire, name="ask_to_retire"),
    path("me/retirement/<int:number>/notice/", own.give_retirement_notice, name="give_retirement_notice"),
    path("me/retirement/<int:number>/withdrawal/", own.take_back_retirement, name="take_back_retirement"),
    path("increments/", runs.increment_runs, name="increment_runs"),
    path("increments/new/", runs.begin_increments, name="begin_increments"),
    path("increments/<int:number>/", runs.increment_run, name="increment_run"),
    path("increments/<int:number>/awards/", runs.award_increments, name="award_increments"),
    path("increments/<int:number>/withholdings/", runs.withhold_increments, name="withhold_increments"),
    path("increments/<int:number>/letters/", runs.write_increment_letters, name="write_increment_letters"),
    path("increments/<int:number>/payroll/", runs.payroll_file, name="payroll_file"),
    path("increments/<int:number>/comparison/", runs.reconcile_increments, name="reconcile_increments"),
    path("increments/<int:number>/<int:line>/award/", runs.award_increment, name="award_increment"),
    path(
        "increments/<int:number>/<int:line>/withholding/", runs.withhold_increment, name="withhold_increment"
    ),
    path("increments/<int:number>/<int:line>/undo/", runs.reopen_increment, name="reopen_increment"),
]
