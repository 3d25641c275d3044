"""The map of training."""

from django.urls import path

from .views import courses, duties, joining, minimums, places, planned, register, sessions, team

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
    path("training/sessions/<int:number>/rooms/", joining.choose_session_rooms, name="choose_session_rooms"),
    path("training/sessions/<int:number>/beds/", joining.choose_session_beds, name="choose_session_beds"),
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
    path("training/teams/", minimums.training_ledger, name="training_ledger"),
    path("training/minimums/", minimums.team_minimums, name="team_minimums"),
    path("training/minimums/new/", minimums.set_team_minimum, name="set_team_minimum"),
    path(
        "training/minimums/<int:number>/withdrawal/",
        minimums.withdraw_team_minimum,
        name="withdraw_team_minimum",
    ),
    path("training/duties/", duties.duty_files, name="duty_files"),
    path("training/duties/new/", duties.bring_duty_file, name="bring_duty_file"),
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
    path("training/places/<int:number>/needs/", joining.say_training_needs, name="say_training_needs"),
    path("training/teaching/<int:number>/", joining.taught_session, name="taught_session"),
    path("training/team/", team.team_training, name="team_training"),
    path("training/team/booking/", team.book_team, name="book_team"),
    path("me/training/", places.my_training, name="my_training"),
    path("me/training/places/", places.ask_for_training, name="ask_for_training"),
]
