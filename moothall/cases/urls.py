"""The map of cases. Most addresses are a noun under one case."""

from django.urls import path

from .views import actions, asking, case_page, lists, steps, work

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("team/", work.team_work, name="team_work"),
    path("jump/", work.jump, name="jump"),
    path("jump/options/", work.jump_options, name="jump_options"),
    path("cases/", lists.case_list, name="case_list"),
    path("cases/new/", asking.open_case, name="open_case"),
    path("cases/new/questions/", asking.case_questions, name="case_questions"),
    path("cases/assignments/", lists.assign_many, name="assign_many"),
    path("cases/takings/", lists.take_many, name="take_many"),
    path("cases/closures/", lists.close_many, name="close_many"),
    path("changes/<int:entry_id>/undoing/", case_page.undo_change, name="undo_change"),
    path("cases/<str:reference>/", case_page.case_page, name="case_page"),
    path("cases/<str:reference>/notes/", case_page.add_note, name="add_note"),
    path("cases/<str:reference>/calls/", case_page.add_call, name="add_call"),
    path("cases/<str:reference>/files/<int:attached_id>/", case_page.case_document, name="case_document"),
    path("cases/<str:reference>/messages/<int:entry_id>/", case_page.message_frame, name="message_frame"),
    path("cases/<str:reference>/assignment/", actions.assign, name="assign"),
    path("cases/<str:reference>/taking/", actions.take, name="take"),
    path("cases/<str:reference>/handing-over/", actions.hand_over, name="hand_over"),
    path("cases/<str:reference>/hold/", actions.hold, name="hold"),
    path("cases/<str:reference>/resumption/", actions.resume, name="resume"),
    path("cases/<str:reference>/closure/", actions.close, name="close"),
    path("cases/<str:reference>/reopening/", actions.reopen, name="reopen"),
    path("cases/<str:reference>/details/", actions.edit_details, name="edit_details"),
    path("cases/<str:reference>/answers/", asking.edit_answers, name="edit_answers"),
    path("cases/<str:reference>/received/", actions.correct_received, name="correct_received"),
    path("cases/<str:reference>/links/", actions.link, name="link"),
    path("cases/<str:reference>/links/<int:link_id>/ending/", actions.end_link, name="end_link"),
    path("cases/<str:reference>/confidentiality/", actions.restrict, name="restrict"),
    path("cases/<str:reference>/reading/", actions.ask_to_read, name="ask_to_read"),
    path("cases/<str:reference>/steps/<int:step_id>/", steps.complete_step, name="complete_step"),
    path("cases/<str:reference>/steps/<int:step_id>/reopening/", steps.reopen_step, name="reopen_step"),
    path("cases/<str:reference>/clocks/<str:key>/", steps.clock_page, name="clock_page"),
    path("cases/<str:reference>/clocks/<str:key>/events/", steps.move_clock, name="move_clock"),
]
