"""The map of employee casework."""

from django.urls import path

from .views import board, bundles, deciding, improving, looking_up, matters, measures, meetings, own

MATTER = "conduct/<str:reference>/"

urlpatterns = [
    path("me/matters/", own.my_matters, name="my_matters"),
    path("me/matters/papers/<int:number>/", own.my_bundle, name="my_bundle"),
    path("me/matters/meetings/<int:number>/", own.my_meeting_calendar, name="my_meeting_calendar"),
    path("conduct/", board.matter_board, name="matter_board"),
    path("conduct/matters/", board.matter_list, name="matter_list"),
    path("conduct/new/", matters.open_matter, name="open_matter"),
    path("conduct/employees/look-up/", looking_up.matter_employee_lookup, name="matter_employee_lookup"),
    path("conduct/colleagues/look-up/", looking_up.matter_colleague_lookup, name="matter_colleague_lookup"),
    path(MATTER, matters.matter_page, name="matter_page"),
    path(MATTER + "parts/", matters.give_part, name="give_part"),
    path(MATTER + "parts/<int:number>/end/", matters.end_part, name="end_part"),
    path(MATTER + "points/", matters.add_issue, name="add_issue"),
    path(MATTER + "points/<int:number>/finding/", matters.record_finding, name="record_finding"),
    path(MATTER + "meetings/", meetings.arrange_meeting, name="arrange_matter_meeting"),
    path(MATTER + "meetings/<int:number>/invitation/", meetings.invite_to_meeting, name="invite_to_meeting"),
    path(MATTER + "meetings/<int:number>/companion/", meetings.name_companion, name="name_companion"),
    path(MATTER + "meetings/<int:number>/postponement/", meetings.postpone_meeting, name="postpone_meeting"),
    path(MATTER + "meetings/<int:number>/held/", meetings.hold_meeting, name="hold_meeting"),
    path(
        MATTER + "meetings/<int:number>/cancellation/", meetings.cancel_meeting, name="cancel_matter_meeting"
    ),
    path(MATTER + "meetings/<int:number>/meeting.ics", meetings.meeting_calendar, name="meeting_calendar"),
    path(MATTER + "bundles/", bundles.make_bundle, name="make_bundle"),
    path(MATTER + "bundles/<int:number>/", bundles.bundle_page, name="bundle_page"),
    path(MATTER + "bundles/<int:number>/bundle.pdf", bundles.bundle_file, name="bundle_file"),
    path(MATTER + "bundles/<int:number>/copies/", bundles.give_bundle, name="give_bundle"),
    path(MATTER + "outcomes/", deciding.decide_matter, name="decide_matter"),
    path(MATTER + "outcomes/<int:number>/letter/", deciding.tell_outcome, name="tell_outcome"),
    path(MATTER + "outcomes/<int:number>/appeal/", deciding.lodge_appeal, name="lodge_appeal"),
    path(
        MATTER + "outcomes/<int:number>/appeal/decision/",
        deciding.decide_matter_appeal,
        name="decide_matter_appeal",
    ),
    path(MATTER + "outcomes/<int:number>/appeal/letter/", deciding.tell_appeal, name="tell_appeal"),
    path(MATTER + "suspensions/", measures.suspend_employee, name="suspend_employee"),
    path(MATTER + "suspensions/<int:number>/letter/", measures.tell_suspension, name="tell_suspension"),
    path(MATTER + "suspensions/<int:number>/review/", measures.review_suspension, name="review_suspension"),
    path(
        MATTER + "suspensions/reviews/<int:number>/letter/",
        measures.tell_suspension_review,
        name="tell_suspension_review",
    ),
    path(MATTER + "suspensions/<int:number>/end/", measures.end_suspension, name="end_suspension"),
    path(MATTER + "notices/", improving.give_improvement_notice, name="give_improvement_notice"),
    path(
        MATTER + "notices/<int:number>/window/",
        improving.extend_improvement_window,
        name="extend_improvement_window",
    ),
    path(MATTER + "notices/<int:number>/review/", improving.judge_improvement, name="judge_improvement"),
    path(MATTER + "links/", measures.link_matter, name="link_matter"),
    path(MATTER + "links/<int:number>/end/", measures.end_matter_link, name="end_matter_link"),
]
