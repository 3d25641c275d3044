"""The map of contacts with care."""

from django.urls import path

from .views import approaches, authorities, formats, holding, plans

urlpatterns = [
    path("casework/authorities/", authorities.authority_list, name="authority_list"),
    path("casework/authorities/<int:number>/", authorities.authority, name="authority"),
    path(
        "casework/authorities/<int:number>/document/",
        authorities.authority_document,
        name="authority_document",
    ),
    path(
        "casework/authorities/<int:number>/withdrawal/",
        authorities.withdraw_authority,
        name="withdraw_authority",
    ),
    path(
        "casework/authorities/<int:number>/restoration/",
        authorities.restore_authority,
        name="restore_authority",
    ),
    path("casework/authorities/<int:number>/undoing/", authorities.undo_authority, name="undo_authority"),
    path("casework/acting/<str:reference>/", authorities.acting_for, name="acting_for"),
    path("casework/people/<str:reference>/authority/", authorities.add_authority, name="add_authority"),
    path("casework/approaches/", approaches.approach_list, name="approach_list"),
    path("casework/approaches/<int:number>/", approaches.approach, name="approach"),
    path(
        "casework/approaches/<int:number>/document/", approaches.approach_document, name="approach_document"
    ),
    path("casework/approaches/<int:number>/reminder/", approaches.chase_approach, name="chase_approach"),
    path("casework/approaches/<int:number>/answer/", approaches.answer_approach, name="answer_approach"),
    path("casework/approaches/<int:number>/closure/", approaches.close_approach, name="close_approach"),
    path("casework/approaches/<int:number>/reopening/", approaches.reopen_approach, name="reopen_approach"),
    path("casework/approaches/<int:number>/undoing/", approaches.undo_approach, name="undo_approach"),
    path("casework/holding/", holding.holding_list, name="holding_list"),
    path("casework/holding/sending/", holding.send_holding_replies, name="send_holding_replies"),
    path("casework/holding/<str:reference>/", holding.holding_reply, name="holding_reply"),
    path("casework/holding/<int:number>/undoing/", holding.undo_holding_reply, name="undo_holding_reply"),
    path("casework/writing/<str:reference>/", approaches.approach_body, name="approach_body"),
    path("casework/plans/", plans.contact_plan_list, name="contact_plan_list"),
    path("casework/plans/<int:number>/", plans.contact_plan, name="contact_plan"),
    path("casework/plans/<int:number>/approval/", plans.approve_plan, name="approve_plan"),
    path("casework/plans/<int:number>/refusal/", plans.refuse_plan, name="refuse_plan"),
    path("casework/plans/<int:number>/letter/", plans.tell_plan, name="tell_plan"),
    path("casework/plans/<int:number>/review/", plans.review_plan, name="review_plan"),
    path("casework/plans/<int:number>/end/", plans.end_plan, name="end_plan"),
    path("casework/plans/<int:number>/appeal/", plans.appeal_plan, name="appeal_plan"),
    path("casework/plans/<int:number>/decision/", plans.decide_appeal, name="decide_appeal"),
    path("casework/people/<str:reference>/plan/", plans.propose_plan, name="propose_plan"),
    path("casework/people/<str:reference>/formats/", formats.person_formats, name="person_formats"),
]
