"""Value for money, its targets, and what travel times stand on."""

from django.urls import path

from moothall.transport.views import speeds, value

TARGET = "transport/value/targets/<int:number>/"

urlpatterns = [
    path("transport/value/", value.value, name="value"),
    path("transport/value/count/", value.count_value, name="count_value"),
    path("transport/value/runs/", value.runs_gone, name="runs_gone"),
    path("transport/value/journeys/", value.journeys_counted, name="journeys_counted"),
    path("transport/value/targets/", value.value_targets, name="value_targets"),
    path("transport/value/targets/new/", value.set_value_target, name="set_value_target"),
    path(TARGET + "withdrawal/", value.withdraw_value_target, name="withdraw_value_target"),
    path(TARGET + "restoration/", value.restore_value_target, name="restore_value_target"),
    path("transport/times/", speeds.travel_times, name="travel_times"),
    path("transport/times/new/", speeds.learn_travel_times, name="learn_travel_times"),
    path(
        "transport/times/<int:number>/withdrawal/",
        speeds.leave_out_travel_times,
        name="leave_out_travel_times",
    ),
    path(
        "transport/times/<int:number>/restoration/",
        speeds.bring_back_travel_times,
        name="bring_back_travel_times",
    ),
]
