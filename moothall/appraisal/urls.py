"""The map of appraisals."""

from django.urls import path

from .views import cycles, frameworks, growth, mentors, objectives, one, people

FRAMEWORK = "appraisal/frameworks/<int:framework_id>/"

urlpatterns = [
    path("appraisal/", cycles.appraisal_cycles, name="appraisal_cycles"),
    path("appraisal/frameworks/new/", frameworks.begin_framework, name="begin_framework"),
    path(FRAMEWORK, frameworks.appraisal_framework, name="appraisal_framework"),
    path(FRAMEWORK + "versions/", frameworks.begin_framework_version, name="begin_framework_version"),
    path(FRAMEWORK + "names/", frameworks.name_framework, name="name_framework"),
    path(FRAMEWORK + "competencies/new/", frameworks.put_competency, name="add_competency"),
    path(
        FRAMEWORK + "competencies/<int:competency_id>/", frameworks.put_competency, name="change_competency"
    ),
    path(
        FRAMEWORK + "competencies/<int:competency_id>/place/",
        frameworks.move_competency,
        name="move_competency",
    ),
    path(
        FRAMEWORK + "competencies/<int:competency_id>/removal/",
        frameworks.remove_competency,
        name="remove_competency",
    ),
    path(FRAMEWORK + "marks/new/", frameworks.put_mark, name="add_mark"),
    path(FRAMEWORK + "marks/<int:mark_id>/", frameworks.put_mark, name="change_mark"),
    path(FRAMEWORK + "marks/<int:mark_id>/place/", frameworks.move_mark, name="move_mark"),
    path(FRAMEWORK + "marks/<int:mark_id>/removal/", frameworks.remove_mark, name="remove_mark"),
    path(FRAMEWORK + "readiness/", frameworks.finish_framework, name="finish_framework"),
    path(FRAMEWORK + "removal/", frameworks.discard_framework, name="discard_framework"),
    path("appraisal/cycles/new/", cycles.plan_cycle, name="plan_cycle"),
    path("appraisal/cycles/<int:cycle_id>/", cycles.appraisal_cycle, name="appraisal_cycle"),
    path("appraisal/cycles/<int:cycle_id>/opening/", cycles.open_cycle, name="open_cycle"),
    path("appraisal/cycles/<int:cycle_id>/closing/", cycles.close_cycle, name="close_cycle"),
    path("appraisal/cycles/<int:cycle_id>/reopening/", cycles.reopen_cycle, name="reopen_cycle"),
    path("appraisal/cycles/<int:cycle_id>/people/", people.cycle_people, name="cycle_people"),
    path("appraisal/cycles/<int:cycle_id>/people/new/", cycles.take_in, name="take_in"),
    path("me/appraisal/", people.my_appraisal, name="my_appraisal"),
    path("me/team/appraisals/", people.team_appraisals, name="team_appraisals"),
    path("appraisals/<int:number>/", one.appraisal, name="appraisal"),
    path("appraisals/<int:number>/mid-year/", one.write_mid_year, name="write_mid_year"),
    path("appraisals/<int:number>/own-view/", one.write_own_view, name="write_own_view"),
    path("appraisals/<int:number>/rating/", one.rate_appraisal, name="rate_appraisal"),
    path("appraisals/<int:number>/second-look/", one.look_again, name="look_again"),
    path("appraisals/<int:number>/signature/", one.sign_appraisal, name="sign_appraisal"),
    path("appraisals/<int:number>/managers-signature/", one.sign_as_manager, name="sign_as_manager"),
    path("appraisals/<int:number>/reopening/", one.reopen_appraisal, name="reopen_appraisal"),
    path("appraisals/<int:number>/leaving-out/", one.leave_out, name="leave_out"),
    path("appraisals/<int:number>/taking-in/", one.take_back_in, name="take_back_in"),
    path("appraisals/<int:number>/objectives/new/", objectives.write_objective, name="write_objective"),
    path("appraisals/<int:number>/objectives/agreement/", objectives.agree_all, name="agree_all"),
    path(
        "appraisals/<int:number>/objectives/<int:objective_id>/",
        objectives.change_objective,
        name="change_objective",
    ),
    path(
        "appraisals/<int:number>/objectives/<int:objective_id>/agreement/",
        objectives.agree_objective,
        name="agree_objective",
    ),
    path(
        "appraisals/<int:number>/objectives/<int:objective_id>/end/",
        objectives.drop_objective,
        name="drop_objective",
    ),
    path(
        "appraisals/<int:number>/objectives/<int:objective_id>/return/",
        objectives.restore_objective,
        name="restore_objective",
    ),
    path(
        "appraisals/<int:number>/objectives/<int:objective_id>/progress/",
        objectives.note_progress,
        name="note_progress",
    ),
    path("appraisals/<int:number>/evidence/new/", objectives.add_evidence, name="add_evidence"),
    path(
        "appraisals/<int:number>/evidence/<int:evidence_id>/",
        objectives.appraisal_document,
        name="appraisal_document",
    ),
    path(
        "appraisals/<int:number>/evidence/<int:evidence_id>/end/",
        objectives.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path(
        "appraisals/<int:number>/evidence/<int:evidence_id>/return/",
        objectives.restore_evidence,
        name="restore_evidence",
    ),
    path(
        "me/development/",
        growth.my_development,
        name="my_development",
    ),
    path(
        "employees/<str:number>/development/",
        growth.development,
        name="development",
    ),
    path(
        "employees/<str:number>/one-to-ones/new/",
        growth.write_talk,
        name="write_talk",
    ),
    path(
        "employees/<str:number>/plan/new/",
        growth.add_plan_item,
        name="add_plan_item",
    ),
    path(
        "employees/<str:number>/plan/<int:item_id>/agreement/",
        growth.agree_plan_item,
        name="agree_plan_item",
    ),
    path(
        "employees/<str:number>/plan/<int:item_id>/reached/",
        growth.reach_plan_item,
        name="reach_plan_item",
    ),
    path(
        "employees/<str:number>/plan/<int:item_id>/end/",
        growth.drop_plan_item,
        name="drop_plan_item",
    ),
    path(
        "employees/<str:number>/plan/<int:item_id>/return/",
        growth.take_up_plan_item,
        name="take_up_plan_item",
    ),
    path(
        "employees/<str:number>/mentor/new/",
        growth.ask_for_mentor,
        name="ask_for_mentor",
    ),
    path(
        "employees/<str:number>/induction/<int:task_id>/done/",
        growth.tick_induction,
        name="tick_induction",
    ),
    path(
        "employees/<str:number>/induction/<int:task_id>/undo/",
        growth.untick_induction,
        name="untick_induction",
    ),
    path(
        "one-to-ones/actions/<int:action_id>/done/",
        growth.tick_action,
        name="tick_action",
    ),
    path(
        "one-to-ones/actions/<int:action_id>/undo/",
        growth.untick_action,
        name="untick_action",
    ),
    path(
        "appraisal/mentoring/",
        mentors.mentoring,
        name="mentoring",
    ),
    path(
        "appraisal/mentoring/<int:mentoring_id>/match/",
        mentors.match_mentor,
        name="match_mentor",
    ),
    path(
        "appraisal/mentoring/<int:mentoring_id>/end/",
        mentors.end_mentoring,
        name="end_mentoring",
    ),
]
