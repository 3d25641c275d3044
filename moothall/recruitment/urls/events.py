"""Selection events: their days, their people, their plans and their results."""

from django.urls import path

from moothall.recruitment.views import assessing, choosing, event_plans, event_setup, events

EVENT = "recruitment/events/<int:number>/"

urlpatterns = [
    path("recruitment/campaigns/<int:number>/events/", events.selection_events, name="selection_events"),
    path("recruitment/campaigns/<int:number>/events/new/", events.draw_up_event, name="draw_up_event"),
    path(EVENT, events.selection_event, name="selection_event"),
    path(f"{EVENT}change/", events.change_event, name="change_event"),
    path(f"{EVENT}cancellation/", events.cancel_event, name="cancel_event"),
    path(f"{EVENT}holding/", events.hold_event_after_all, name="hold_event_after_all"),
    path(f"{EVENT}timetable/", events.event_timetable, name="event_timetable"),
    path(f"{EVENT}telling/", events.tell_event, name="tell_event"),
    path(f"{EVENT}exercises/new/", event_setup.add_exercise, name="add_exercise"),
    path(f"{EVENT}exercises/<int:part>/removal/", event_setup.remove_exercise, name="remove_exercise"),
    path(f"{EVENT}rooms/new/", event_setup.add_event_rooms, name="add_event_rooms"),
    path(f"{EVENT}rooms/<int:part>/removal/", event_setup.remove_event_room, name="remove_event_room"),
    path(f"{EVENT}assessors/new/", event_setup.name_assessors, name="name_assessors"),
    path(f"{EVENT}assessors/<int:part>/removal/", event_setup.let_go_assessor, name="let_go_assessor"),
    path(f"{EVENT}assessors/<int:part>/return/", event_setup.take_assessor_back, name="take_assessor_back"),
    path(f"{EVENT}assessors/<int:part>/absences/", event_setup.assessor_away, name="assessor_away"),
    path(f"{EVENT}absences/<int:part>/removal/", event_setup.assessor_there, name="assessor_there"),
    path(f"{EVENT}candidates/", event_setup.bring_candidates, name="bring_candidates"),
    path(f"{EVENT}candidates/return/", event_setup.take_back_bringing, name="take_back_bringing"),
    path(f"{EVENT}candidates/<int:part>/help/", event_setup.settle_help, name="settle_help"),
    path(f"{EVENT}candidates/<int:part>/removal/", event_setup.take_out_candidate, name="take_out_candidate"),
    path(f"{EVENT}candidates/<int:part>/return/", event_setup.put_back_candidate, name="put_back_candidate"),
    path(f"{EVENT}candidates/<int:part>/conflicts/", event_setup.add_conflict, name="add_conflict"),
    path(f"{EVENT}candidates/<int:part>/attendance/", event_setup.note_attendance, name="note_attendance"),
    path(f"{EVENT}conflicts/<int:part>/removal/", event_setup.remove_conflict, name="remove_conflict"),
    path(f"{EVENT}plans/new/", event_plans.plan_event, name="plan_event"),
    path(f"{EVENT}plans/mending/", event_plans.mend_event, name="mend_event"),
    path(f"{EVENT}plans/<int:part>/", event_plans.event_plan, name="event_plan"),
    path(f"{EVENT}plans/<int:part>/stop/", event_plans.stop_event_plan, name="stop_event_plan"),
    path(f"{EVENT}plans/<int:part>/publication/", event_plans.publish_event_plan, name="publish_event_plan"),
    path(f"{EVENT}plans/<int:part>/return/", event_plans.take_back_event_plan, name="take_back_event_plan"),
    path(f"{EVENT}results/", event_plans.event_results, name="event_results"),
    path(f"{EVENT}results/decision/", event_plans.decide_event_results, name="decide_event_results"),
    path(f"{EVENT}results/reopening/", event_plans.reopen_event_results, name="reopen_event_results"),
    path("me/assessing/", assessing.my_assessing, name="my_assessing"),
    path("me/assessing/<int:assessor>/", assessing.my_assessing_day, name="my_assessing_day"),
    path("me/assessing/<int:assessor>/known/", assessing.my_conflicts, name="my_conflicts"),
    path(
        "me/assessing/<int:assessor>/<int:candidate>/<int:exercise>/",
        assessing.score_candidate,
        name="score_candidate",
    ),
    path(
        "me/assessing/<int:assessor>/<int:candidate>/<int:exercise>/return/",
        assessing.take_back_score,
        name="take_back_score",
    ),
    path("jobs/mine/<str:signed>/times/", choosing.my_times, name="my_times"),
]
