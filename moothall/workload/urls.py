"""The map of workload."""

from django.urls import path

from .views import people, planning_ahead, sharing

urlpatterns = [
    path("workload/", planning_ahead.workload, name="workload"),
    path("workload/pace/<slug:key>/", planning_ahead.workload_pace, name="workload_pace"),
    path("workload/mine/", people.my_hours, name="my_hours"),
    path("workload/people/<int:account_id>/", people.colleague_hours, name="colleague_hours"),
    path("workload/people/<int:account_id>/hours/", people.edit_hours, name="edit_hours"),
    path("workload/people/<int:account_id>/presence/", people.say_presence, name="say_presence"),
    path("workload/people/<int:account_id>/skills/", people.edit_skills, name="edit_skills"),
    path("workload/people/<int:account_id>/absences/new/", people.add_absence, name="add_absence"),
    path(
        "workload/people/<int:account_id>/absences/<int:absence_id>/withdrawal/",
        people.withdraw_absence,
        name="withdraw_absence",
    ),
    path("workload/sharing/", sharing.sharing, name="sharing"),
    path("workload/sharing/<slug:key>/acceptance/", sharing.accept_sharing, name="accept_sharing"),
    path("workload/shares/<int:share_id>/undo/", sharing.undo_sharing, name="undo_sharing"),
    path("workload/suggestions/<str:reference>/", sharing.suggest_worker, name="suggest_worker"),
]
