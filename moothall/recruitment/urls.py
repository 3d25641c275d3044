"""The map of recruitment: what the desk sees, and what those see who apply."""

from django.urls import path

from .views import (
    applications,
    applying,
    assessing,
    campaigns,
    check_desk,
    checks,
    choosing,
    event_plans,
    event_setup,
    events,
    following,
    marking,
    offers,
    references,
    shortlisting,
    vacancies,
)

PAGES = [
    path("recruitment/", campaigns.campaigns, name="campaigns"),
    path("recruitment/campaigns/new/", campaigns.draw_up_campaign, name="draw_up_campaign"),
    path("recruitment/campaigns/<int:number>/", campaigns.campaign, name="campaign"),
    path("recruitment/campaigns/<int:number>/change/", campaigns.change_campaign, name="change_campaign"),
    path("recruitment/campaigns/<int:number>/places/", campaigns.campaign_places, name="campaign_places"),
    path("recruitment/campaigns/<int:number>/public/", campaigns.publish_campaign, name="publish_campaign"),
    path(
        "recruitment/campaigns/<int:number>/private/", campaigns.unpublish_campaign, name="unpublish_campaign"
    ),
    path("recruitment/campaigns/<int:number>/end/", campaigns.end_campaign, name="end_campaign"),
    path("recruitment/campaigns/<int:number>/continuation/", campaigns.go_on, name="go_on_with_campaign"),
    path("recruitment/campaigns/<int:number>/applications/", applications.pipeline, name="pipeline"),
    path("recruitment/applications/<int:number>/", applications.application, name="application"),
    path(
        "recruitment/applications/<int:number>/files/<int:file>/", applications.application_file,
        name="application_file",
    ),
    path(
        "recruitment/applications/<int:number>/withdrawal/", applications.withdraw_application,
        name="withdraw_application",
    ),
    path(
        "recruitment/applications/<int:number>/return/", applications.take_up_application,
        name="take_up_application",
    ),
    path("recruitment/campaigns/<int:number>/shortlist/", shortlisting.shortlist, name="shortlist"),
    path("recruitment/campaigns/<int:number>/markers/", shortlisting.name_marker, name="name_marker"),
    path(
        "recruitment/campaigns/<int:number>/markers/<int:marker>/removal/", shortlisting.let_go_marker,
        name="let_go_marker",
    ),
    path(
        "recruitment/campaigns/<int:number>/shortlist/closure/", shortlisting.close_shortlist,
        name="close_shortlist",
    ),
    path(
        "recruitment/campaigns/<int:number>/shortlist/reopening/", shortlisting.reopen_shortlist,
        name="reopen_shortlist",
    ),
    path(
        "recruitment/applications/<int:number>/criteria/<int:criterion>/", shortlisting.agree_mark,
        name="agree_mark",
    ),
    path("me/marking/", marking.my_marking, name="my_marking"),
    path("me/marking/<int:marker>/", marking.marking, name="marking"),
    path("me/marking/<int:marker>/<int:number>/", marking.mark_application, name="mark_application"),
    path(
        "me/marking/<int:marker>/<int:number>/return/", marking.take_back_marks, name="take_back_marks"
    ),
    path(
        "me/marking/<int:marker>/<int:number>/files/<int:file>/", marking.marking_file, name="marking_file"
    ),
    path("recruitment/unheard/", applications.unheard, name="unheard"),
    path("recruitment/vacancies/", vacancies.vacancies, name="vacancies"),
    path("recruitment/vacancies/new/", vacancies.ask_for_vacancy, name="ask_for_vacancy"),
    path("recruitment/vacancies/<int:number>/", vacancies.vacancy, name="vacancy"),
    path("recruitment/vacancies/<int:number>/cancellation/", vacancies.cancel_vacancy, name="cancel_vacancy"),
    path("me/vacancies/", vacancies.my_vacancies, name="my_vacancies"),
    path("jobs/", applying.jobs, name="jobs"),
    path("jobs/<int:number>/", applying.job, name="job"),
    path("jobs/forms/<str:signed>/", applying.apply_check, name="apply_check"),
    path("jobs/forms/<str:signed>/keeping/", applying.apply_keep, name="apply_keep"),
    path("jobs/forms/<str:signed>/removal/", applying.apply_drop, name="apply_drop"),
    path("jobs/forms/<str:signed>/pages/<slug:page>/", applying.apply_page, name="apply_page"),
    path("jobs/mine/<str:signed>/", following.my_application, name="my_application"),
    path("jobs/mine/<str:signed>/files/", following.send_my_file, name="send_my_file"),
    path("jobs/mine/<str:signed>/files/<int:file>/removal/", following.remove_my_file, name="remove_my_file"),
    path("jobs/mine/<str:signed>/withdrawal/", following.withdraw_mine, name="withdraw_mine"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<str:reference>/", checks.check, name="check"),
    path("checks/<str:reference>/steps/<int:number>/", checks.check_step, name="check_step"),
    path(
        "checks/<str:reference>/steps/<int:number>/return/", checks.take_back_check_step,
        name="take_back_check_step",
    ),
    path("recruitment/late-checks/", check_desk.late_checks, name="late_checks"),
    path("recruitment/campaigns/<int:number>/checks/", check_desk.campaign_checks, name="campaign_checks"),
    path(
        "recruitment/applications/<int:number>/checks/<int:step>/", check_desk.application_check,
        name="application_check",
    ),
    path(
        "recruitment/applications/<int:number>/checks/<int:step>/return/",
        check_desk.take_back_application_check, name="take_back_application_check",
    ),
    path("recruitment/applications/<int:number>/referees/", check_desk.add_referee, name="add_referee"),
    path(
        "recruitment/applications/<int:number>/referees/<int:referee>/removal/", check_desk.remove_referee,
        name="remove_referee",
    ),
    path(
        "recruitment/applications/<int:number>/referees/<int:referee>/return/", check_desk.restore_referee,
        name="restore_referee",
    ),
    path(
        "recruitment/applications/<int:number>/referees/<int:referee>/reading/", check_desk.open_reference,
        name="open_reference",
    ),
    path("recruitment/applications/<int:number>/offers/", offers.make_offer, name="make_offer"),
    path(
        "recruitment/applications/<int:number>/offers/<int:offer>/removal/", offers.take_back_offer,
        name="take_back_offer",
    ),
    path(
        "recruitment/applications/<int:number>/offers/<int:offer>/employment/", offers.enter_among_staff,
        name="enter_among_staff",
    ),
    path("jobs/mine/<str:signed>/referees/", references.name_my_referee, name="name_my_referee"),
    path(
        "jobs/mine/<str:signed>/referees/<int:referee>/removal/", references.remove_my_referee,
        name="remove_my_referee",
    ),
    path("jobs/mine/<str:signed>/offer/", references.answer_offer, name="answer_offer"),
    path("references/<str:signed>/", references.reference_form, name="reference_form"),
    path("references/<str:signed>/refusal/", references.refuse_reference, name="refuse_reference"),
]  # fmt: skip

EVENT = "recruitment/events/<int:number>/"
EVENTS = [
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
    path(
        f"{EVENT}candidates/<int:part>/removal/", event_setup.take_out_candidate, name="take_out_candidate"
    ),
    path(f"{EVENT}candidates/<int:part>/return/", event_setup.put_back_candidate, name="put_back_candidate"),
    path(f"{EVENT}candidates/<int:part>/conflicts/", event_setup.add_conflict, name="add_conflict"),
    path(f"{EVENT}candidates/<int:part>/attendance/", event_setup.note_attendance, name="note_attendance"),
    path(f"{EVENT}conflicts/<int:part>/removal/", event_setup.remove_conflict, name="remove_conflict"),
    path(f"{EVENT}plans/new/", event_plans.plan_event, name="plan_event"),
    path(f"{EVENT}plans/mending/", event_plans.mend_event, name="mend_event"),
    path(f"{EVENT}plans/<int:part>/", event_plans.event_plan, name="event_plan"),
    path(f"{EVENT}plans/<int:part>/stop/", event_plans.stop_event_plan, name="stop_event_plan"),
    path(
        f"{EVENT}plans/<int:part>/publication/", event_plans.publish_event_plan, name="publish_event_plan"
    ),
    path(f"{EVENT}plans/<int:part>/return/", event_plans.take_back_event_plan, name="take_back_event_plan"),
    path(f"{EVENT}results/", event_plans.event_results, name="event_results"),
    path(f"{EVENT}results/decision/", event_plans.decide_event_results, name="decide_event_results"),
    path(f"{EVENT}results/reopening/", event_plans.reopen_event_results, name="reopen_event_results"),
    path("me/assessing/", assessing.my_assessing, name="my_assessing"),
    path("me/assessing/<int:assessor>/", assessing.my_assessing_day, name="my_assessing_day"),
    path("me/assessing/<int:assessor>/known/", assessing.my_conflicts, name="my_conflicts"),
    path(
        "me/assessing/<int:assessor>/<int:candidate>/<int:exercise>/", assessing.score_candidate,
        name="score_candidate",
    ),
    path(
        "me/assessing/<int:assessor>/<int:candidate>/<int:exercise>/return/", assessing.take_back_score,
        name="take_back_score",
    ),
    path("jobs/mine/<str:signed>/times/", choosing.my_times, name="my_times"),
]  # fmt: skip

urlpatterns = [*PAGES, *EVENTS]
