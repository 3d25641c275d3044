"""The map of requests of staff."""

from django.urls import path

from .views import family, flexible, letters, lists, own, references, shared

FLEXIBLE = "requests/flexible/<int:number>/"
FAMILY = "requests/family/<int:number>/"
SHARED = "requests/shared/<int:number>/"
REFERENCE = "requests/references/<int:number>/"

urlpatterns = [
    path("me/requests/", own.my_requests, name="my_requests"),
    path("me/requests/flexible/new/", own.ask_flexible, name="ask_flexible"),
    path("me/requests/family/new/", own.ask_family_leave, name="ask_family_leave"),
    path("requests/staff/", lists.staff_requests, name="staff_requests"),
    path(
        "requests/letters/<int:number>/recall/", letters.recall_request_letter, name="recall_request_letter"
    ),
    path("requests/flexible/", lists.flexible_requests, name="flexible_requests"),
    path("requests/flexible/new/", flexible.enter_flexible, name="enter_flexible"),
    path(FLEXIBLE, flexible.flexible_page, name="flexible_page"),
    path(FLEXIBLE + "meetings/", flexible.arrange_flexible_meeting, name="arrange_flexible_meeting"),
    path(
        FLEXIBLE + "meetings/<int:meeting>/",
        flexible.write_down_flexible_meeting,
        name="write_down_flexible_meeting",
    ),
    path(FLEXIBLE + "decision/", flexible.decide_flexible, name="decide_flexible"),
    path(FLEXIBLE + "extension/", flexible.extend_flexible, name="extend_flexible"),
    path(FLEXIBLE + "appeal/", flexible.appeal_flexible, name="appeal_flexible"),
    path(FLEXIBLE + "appeal/decision/", flexible.decide_flexible_appeal, name="decide_flexible_appeal"),
    path(FLEXIBLE + "withdrawal/", flexible.withdraw_flexible, name="withdraw_flexible"),
    path(FLEXIBLE + "withdrawal/undo/", flexible.put_back_flexible, name="put_back_flexible"),
    path(FLEXIBLE + "letters/<slug:key>/", letters.write_flexible_letter, name="write_flexible_letter"),
    path("me/requests/shared-leave/new/", shared.ask_shared_leave, name="ask_shared_leave"),
    path("requests/shared/new/", shared.enter_shared_leave, name="enter_shared_leave"),
    path(SHARED, shared.shared_page, name="shared_page"),
    path(SHARED + "agreement/", shared.agree_shared, name="agree_shared"),
    path(SHARED + "refusal/", shared.refuse_shared, name="refuse_shared"),
    path(SHARED + "withdrawal/", shared.withdraw_shared, name="withdraw_shared"),
    path(SHARED + "one-block/", shared.choose_one_block, name="choose_one_block"),
    path(SHARED + "letters/<slug:key>/", shared.write_shared_letter, name="write_shared_letter"),
    path("requests/family/", lists.family_leaves, name="family_leaves"),
    path("requests/family/new/", family.enter_family_leave, name="enter_family_leave"),
    path(FAMILY, family.family_page, name="family_page"),
    path(FAMILY + "start/", family.change_family_start, name="change_family_start"),
    path(FAMILY + "birth/", family.record_birth, name="record_birth"),
    path(FAMILY + "illness/", family.record_pregnancy_illness, name="record_pregnancy_illness"),
    path(FAMILY + "evidence/", family.see_family_evidence, name="see_family_evidence"),
    path(FAMILY + "risks/", family.assess_family_risk, name="assess_family_risk"),
    path(FAMILY + "days-in-touch/", family.add_touch_day, name="add_touch_day"),
    path(FAMILY + "days-in-touch/<int:day_id>/removal/", family.remove_touch_day, name="remove_touch_day"),
    path(FAMILY + "return/", family.return_early, name="return_early"),
    path(FAMILY + "withdrawal/", family.withdraw_family_leave, name="withdraw_family_leave"),
    path(FAMILY + "withdrawal/undo/", family.put_back_family_leave, name="put_back_family_leave"),
    path(FAMILY + "letters/<slug:key>/", letters.write_family_letter, name="write_family_letter"),
    path("requests/references/", lists.references_given, name="references_given"),
    path("requests/references/new/", references.enter_reference, name="enter_reference"),
    path(REFERENCE, references.reference_page, name="reference_page"),
    path(REFERENCE + "verification/", references.verify_reference, name="verify_reference"),
    path(REFERENCE + "consent/", references.record_reference_consent, name="record_reference_consent"),
    path(REFERENCE + "settlement/", references.keep_reference_wording, name="keep_reference_wording"),
    path(REFERENCE + "text/", references.write_reference, name="write_reference"),
    path(REFERENCE + "check/", references.check_reference, name="check_reference"),
    path(REFERENCE + "sending/", references.send_reference, name="send_reference"),
    path(REFERENCE + "refusal/", references.decline_reference, name="decline_reference"),
    path(REFERENCE + "letters/<slug:key>/", letters.write_reference_letter, name="write_reference_letter"),
]
