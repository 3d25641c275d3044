"""The map of training."""

from django.urls import path

from .views import (
    courses,
    duties,
    duty_planning,
    hosts,
    minimums,
    pathways,
    places,
    plan_left_out,
    planned,
    plans,
    register,
    schedule_acts,
    schedule_lines,
    schedules,
    sessions,
    students,
    team,
)

urlpatterns = [
    path("training/", sessions.training_sessions, name="training_sessions"),
    path("training/sessions/new/", sessions.open_training_session, name="open_training_session"),
    path("training/sessions/<int:number>/", sessions.training_session, name="training_session"),
    path(
        "training/sessions/<int:number>/change/",
        sessions.change_training_session,
        name="change_training_session",
    ),
    path(
        "training/sessions/<int:number>/move/", sessions.move_training_session, name="move_training_session"
    ),
    path(
        "training/sessions/<int:number>/trainers/", sessions.set_session_trainers, name="set_session_trainers"
    ),
    path(
        "training/sessions/<int:number>/cancellation/",
        sessions.cancel_training_session,
        name="cancel_training_session",
    ),
    path("training/sessions/<int:number>/people/", register.put_people_forward, name="put_people_forward"),
    path("training/sessions/<int:number>/register/", register.note_register, name="note_register"),
    path("training/courses/", courses.training_courses, name="training_courses"),
    path("training/courses/new/", courses.add_training_course, name="add_training_course"),
    path("training/courses/<slug:key>/", courses.training_course, name="training_course"),
    path("training/courses/<slug:key>/versions/new/", courses.add_course_version, name="add_course_version"),
    path(
        "training/courses/<slug:key>/retirement/",
        courses.retire_training_course,
        name="retire_training_course",
    ),
    path("training/courses/<slug:key>/requirements/new/", courses.require_training, name="require_training"),
    path(
        "training/requirements/<int:number>/withdrawal/",
        courses.withdraw_training_requirement,
        name="withdraw_training_requirement",
    ),
    path("training/demand/", planned.training_demand, name="training_demand"),
    path("training/plans/", plans.training_plans, name="training_plans"),
    path("training/plans/new/", plans.ask_for_training_plan, name="ask_for_training_plan"),
    path("training/plans/<int:number>/", plans.training_plan, name="training_plan"),
    path("training/plans/<int:number>/stop/", plans.stop_training_plan, name="stop_training_plan"),
    path(
        "training/plans/<int:number>/again/",
        plans.start_training_plan_again,
        name="start_training_plan_again",
    ),
    path("training/plans/<int:number>/trial/", plans.try_training_plan, name="try_training_plan"),
    path("training/plans/<int:number>/draft/", plans.draft_training_plan, name="draft_training_plan"),
    path(
        "training/plans/<int:number>/left-out/",
        plan_left_out.training_plan_left_out,
        name="training_plan_left_out",
    ),
    path(
        "training/plans/<int:number>/files/<slug:part>/", plans.training_plan_file, name="training_plan_file"
    ),
    path("training/teams/", minimums.training_ledger, name="training_ledger"),
    path("training/minimums/", minimums.team_minimums, name="team_minimums"),
    path("training/minimums/new/", minimums.set_team_minimum, name="set_team_minimum"),
    path(
        "training/minimums/<int:number>/withdrawal/",
        minimums.withdraw_team_minimum,
        name="withdraw_team_minimum",
    ),
    path("training/schedules/", schedules.planning_schedules, name="planning_schedules"),
    path("training/schedules/new/", schedules.open_planning_schedule, name="open_planning_schedule"),
    path("training/schedules/readers/", schedule_acts.schedule_readers, name="schedule_readers"),
    path("training/schedules/readers/new/", schedule_acts.add_schedule_reader, name="add_schedule_reader"),
    path(
        "training/schedules/readers/<int:number>/removal/",
        schedule_acts.end_schedule_reader,
        name="end_schedule_reader",
    ),
    path(
        "training/schedules/notices/<int:number>/",
        schedule_acts.schedule_notice_file,
        name="schedule_notice_file",
    ),
    path("training/schedules/<int:number>/", schedules.planning_schedule, name="planning_schedule"),
    path("training/schedules/<int:number>/versions/", schedules.draft_schedule, name="draft_schedule"),
    path(
        "training/schedules/<int:number>/versions/<int:version>/",
        schedules.schedule_version,
        name="schedule_version",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/teams/",
        schedules.schedule_teams,
        name="schedule_teams",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/comparison/",
        schedules.compare_schedule_versions,
        name="compare_schedule_versions",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/sessions/",
        schedule_lines.schedule_lines,
        name="schedule_lines",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/sessions/new/",
        schedule_lines.add_schedule_line,
        name="add_schedule_line",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/sessions/<int:line>/",
        schedule_lines.change_schedule_line,
        name="change_schedule_line",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/sessions/<int:line>/removal/",
        schedule_lines.take_out_schedule_line,
        name="take_out_schedule_line",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/sessions/<int:line>/return/",
        schedule_lines.put_back_schedule_line,
        name="put_back_schedule_line",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/consultation/",
        schedule_acts.consult_on_schedule,
        name="consult_on_schedule",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/publication/",
        schedule_acts.publish_schedule,
        name="publish_schedule",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/step-back/",
        schedule_acts.step_back_schedule,
        name="step_back_schedule",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/discard/",
        schedule_acts.discard_schedule,
        name="discard_schedule",
    ),
    path(
        "training/schedules/<int:number>/versions/<int:version>/copy/",
        schedule_acts.copy_schedule,
        name="copy_schedule",
    ),
    path("training/duties/", duties.duty_files, name="duty_files"),
    path("training/duties/new/", duties.bring_duty_file, name="bring_duty_file"),
    path("training/duties/rule/", duty_planning.change_duty_rule, name="change_duty_rule"),
    path("training/abstractions/", duty_planning.abstractions, name="abstractions"),
    path("training/abstractions/file/", duty_planning.fetch_abstractions, name="fetch_abstractions"),
    path("training/team/calendar/", duty_planning.open_team_feed, name="open_team_feed"),
    path("training/team/calendar/withdrawal/", duty_planning.withdraw_team_feed, name="withdraw_team_feed"),
    path("training/feeds/<str:address>/", duty_planning.team_feed_file, name="team_feed_file"),
    path("training/duties/<int:number>/", duties.duty_file, name="duty_file"),
    path("training/duties/<int:number>/execution/", duties.carry_out_duty_file, name="carry_out_duty_file"),
    path("training/duties/<int:number>/removal/", duties.put_duty_file_aside, name="put_duty_file_aside"),
    path("training/places/<int:number>/", places.training_place, name="training_place"),
    path("training/places/<int:number>/approval/", places.approve_training, name="approve_training"),
    path("training/places/<int:number>/refusal/", places.refuse_training, name="refuse_training"),
    path("training/places/<int:number>/withdrawal/", places.withdraw_training, name="withdraw_training"),
    path("training/places/<int:number>/return/", places.put_training_back, name="put_training_back"),
    path(
        "training/places/<int:number>/certificate/", places.training_certificate, name="training_certificate"
    ),
    path("training/places/<int:number>/evaluation/", places.evaluate_training, name="evaluate_training"),
    path("training/team/", team.team_training, name="team_training"),
    path("training/team/booking/", team.book_team, name="book_team"),
    path("me/training/", places.my_training, name="my_training"),
    path("me/training/places/", places.ask_for_training, name="ask_for_training"),
    path("training/cohorts/", pathways.training_cohorts, name="training_cohorts"),
    path("training/cohorts/new/", pathways.open_training_cohort, name="open_training_cohort"),
    path("training/cohorts/<int:number>/", pathways.training_cohort, name="training_cohort"),
    path(
        "training/cohorts/<int:number>/students/new/",
        pathways.join_training_cohort,
        name="join_training_cohort",
    ),
    path("training/cohorts/<int:number>/plan/", pathways.plan_training_cohort, name="plan_training_cohort"),
    path(
        "training/cohorts/<int:number>/letters/", pathways.tell_training_cohort, name="tell_training_cohort"
    ),
    path("training/classes/<int:number>/change/", pathways.change_cohort_class, name="change_cohort_class"),
    path("training/pathways/new/", pathways.add_training_pathway, name="add_training_pathway"),
    path("training/pathways/<slug:key>/", pathways.training_pathway, name="training_pathway"),
    path(
        "training/pathways/<slug:key>/change/",
        pathways.change_training_pathway,
        name="change_training_pathway",
    ),
    path("training/hosts/", hosts.placement_hosts, name="placement_hosts"),
    path("training/hosts/new/", hosts.add_placement_host, name="add_placement_host"),
    path("training/hosts/<int:number>/change/", hosts.change_placement_host, name="change_placement_host"),
    path(
        "training/hosts/<int:number>/retirement/", hosts.retire_placement_host, name="retire_placement_host"
    ),
    path("training/tutors/", hosts.pathway_tutors, name="pathway_tutors"),
    path("training/tutors/new/", hosts.add_pathway_tutor, name="add_pathway_tutor"),
    path("training/tutors/<int:number>/stop/", hosts.stop_pathway_tutor, name="stop_pathway_tutor"),
    path("training/students/", students.my_students, name="my_students"),
    path("training/students/<int:number>/", students.student, name="student"),
    path("training/students/<int:number>/change/", students.change_student, name="change_student"),
    path("training/students/<int:number>/items/<int:item>/", students.sign_off_item, name="sign_off_item"),
    path("training/students/<int:number>/module/", students.recourse_student, name="recourse_student"),
    path("training/students/<int:number>/end/", students.end_studies, name="end_studies"),
    path("training/students/<int:number>/return/", students.return_to_pathway, name="return_to_pathway"),
    path("training/students/<int:number>/confirmation/", students.confirm_student, name="confirm_student"),
    path(
        "training/sign-offs/<int:number>/withdrawal/", students.take_back_sign_off, name="take_back_sign_off"
    ),
    path("training/attachments/<int:number>/change/", students.change_attachment, name="change_attachment"),
    path("me/pathway/", students.my_pathway, name="my_pathway"),
]
