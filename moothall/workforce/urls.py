"""The map of staff records."""

from django.urls import path

from .views import keeping, records

urlpatterns = [
    path("employees/", records.staff, name="staff"),
    path("employees/new/", keeping.add_starter, name="add_starter"),
    path("employees/lookup/", records.employment_lookup, name="employment_lookup"),
    path("employees/managers/", records.manager_lookup, name="manager_lookup"),
    path("employees/posts/", records.post_lookup, name="post_lookup"),
    path("employees/<str:number>/", records.staff_record, name="staff_record"),
    path("employees/<str:number>/assignment/", keeping.change_assignment, name="change_assignment"),
    path(
        "employees/<str:number>/assignment/undo/", keeping.take_back_assignment, name="take_back_assignment"
    ),
    path("employees/<str:number>/leaving/", keeping.record_leaving, name="record_leaving"),
    path("employees/<str:number>/leaving/undo/", keeping.take_back_leaving, name="take_back_leaving"),
    path("employees/<str:number>/next-of-kin/", keeping.add_next_of_kin, name="add_next_of_kin"),
    path(
        "employees/<str:number>/next-of-kin/<int:kin_id>/end/",
        keeping.end_next_of_kin,
        name="end_next_of_kin",
    ),
    path(
        "employees/<str:number>/next-of-kin/<int:kin_id>/return/",
        keeping.restore_next_of_kin,
        name="restore_next_of_kin",
    ),
    path("me/employment/", records.my_employment, name="my_employment"),
    path("me/team/", records.my_team, name="my_team"),
]
