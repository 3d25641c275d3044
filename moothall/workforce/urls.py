"""The map of staff records."""

from django.urls import path

from .views import bringing, details, file, having, keeping, records, team

urlpatterns = [
    path("employees/", records.staff, name="staff"),
    path("employees/new/", keeping.add_starter, name="add_starter"),
    path("employees/lookup/", records.employment_lookup, name="employment_lookup"),
    path("employees/managers/", records.manager_lookup, name="manager_lookup"),
    path("employees/posts/", records.post_lookup, name="post_lookup"),
    path("employees/checklist/", having.checklist, name="checklist"),
    path("employees/checklist/tick/", having.tick_many_entries, name="tick_many_entries"),
    path("employees/import/", bringing.import_staff, name="import_staff"),
    path("employees/import/<int:import_id>/", bringing.staff_import, name="staff_import"),
    path("employees/import/<int:import_id>/columns/", bringing.map_staff_import, name="map_staff_import"),
    path("employees/import/<int:import_id>/run/", bringing.run_staff_import, name="run_staff_import"),
    path("employees/import/<int:import_id>/undo/", bringing.undo_staff_import, name="undo_staff_import"),
    path("employees/import/<int:import_id>/rows/", bringing.staff_import_rows, name="staff_import_rows"),
    path(
        "employees/import/<int:import_id>/missing/",
        bringing.staff_import_missing,
        name="staff_import_missing",
    ),
    path(
        "employees/import/<int:import_id>/refused/",
        bringing.staff_import_refused,
        name="staff_import_refused",
    ),
    path("employees/details/", details.detail_changes, name="detail_changes"),
    path("employees/details/<int:change_id>/", details.detail_change, name="detail_change"),
    path(
        "employees/details/<int:change_id>/approval/",
        details.approve_detail_change,
        name="approve_detail_change",
    ),
    path(
        "employees/details/<int:change_id>/refusal/",
        details.refuse_detail_change,
        name="refuse_detail_change",
    ),
    path("employees/details/<int:change_id>/undo/", details.undo_detail_change, name="undo_detail_change"),
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
    path("employees/<str:number>/skills/new/", having.add_skill, name="add_skill"),
    path("employees/<str:number>/skills/<int:skill_id>/confirm/", having.confirm_skill, name="confirm_skill"),
    path("employees/<str:number>/skills/<int:skill_id>/end/", having.end_skill, name="end_skill"),
    path("employees/<str:number>/skills/<int:skill_id>/return/", having.restore_skill, name="restore_skill"),
    path("employees/<str:number>/items/new/", having.give_item, name="give_item"),
    path("employees/<str:number>/items/<int:item_id>/end/", having.end_item, name="end_item"),
    path("employees/<str:number>/items/<int:item_id>/return/", having.restore_item, name="restore_item"),
    path("employees/<str:number>/checklist/<int:entry_id>/tick/", having.tick_entry, name="tick_entry"),
    path("employees/<str:number>/checklist/<int:entry_id>/undo/", having.untick_entry, name="untick_entry"),
    path("employees/<str:number>/file/", file.personnel_file, name="personnel_file"),
    path("employees/<str:number>/file/new/", file.add_papers, name="add_papers"),
    path("employees/<str:number>/file/<int:paper_id>/", file.read_paper, name="read_paper"),
    path("employees/<str:number>/file/<int:paper_id>/out/", file.withdraw_paper, name="withdraw_paper"),
    path("employees/<str:number>/file/<int:paper_id>/return/", file.restore_paper, name="restore_paper"),
    path("me/details/", details.my_details, name="my_details"),
    path("me/details/<slug:key>/", details.change_my_detail, name="change_my_detail"),
    path(
        "me/details/<int:change_id>/withdraw/",
        details.withdraw_detail_change,
        name="withdraw_detail_change",
    ),
    path("me/employment/", records.my_employment, name="my_employment"),
    path("me/team/", team.my_team, name="my_team"),
]
