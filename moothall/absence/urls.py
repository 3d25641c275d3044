"""The map of absence."""

from django.urls import path

from .views import care, certificates, entering, episodes, letters, listing, people, recovery

ONE = "absence/<int:number>/"
PAPER = f"{ONE}certificates/<int:certificate_id>/"

urlpatterns = [
    path("absence/", listing.absence_list, name="absence_list"),
    path("absence/new/", episodes.report_absence, name="report_absence"),
    path("absence/certificates/", entering.enter_certificate, name="enter_certificate"),
    path("absence/certificates/<int:certificate_id>/undoing/", entering.undo_entry, name="undo_entry"),
    path("absence/people/", episodes.absence_lookup, name="absence_lookup"),
    path("absence/team/", people.team_absence, name="team_absence"),
    path("me/absence/", people.my_absence, name="my_absence"),
    path(ONE, episodes.absence, name="absence"),
    path(f"{ONE}return/", episodes.record_return, name="record_return"),
    path(f"{ONE}reopening/", episodes.reopen_absence, name="reopen_absence"),
    path(f"{ONE}correction/", episodes.correct_absence, name="correct_absence"),
    path(f"{ONE}split/", episodes.split_absence, name="split_absence"),
    path(f"{ONE}withdrawal/", episodes.withdraw_episode, name="withdraw_episode"),
    path(
        f"{ONE}changes/<int:change_id>/undoing/", episodes.undo_absence_change, name="undo_absence_change"
    ),
    path(f"{ONE}certificate/", certificates.certify_absence, name="certify_absence"),
    path(f"{PAPER}scan/", certificates.certificate_scan, name="certificate_scan"),
    path(
        f"{PAPER}withdrawal/", certificates.withdraw_certificate,
        name="withdraw_certificate",
    ),
    path(
        f"{PAPER}decision/", certificates.decide_adjustments,
        name="decide_adjustments",
    ),
    path(f"{ONE}contact/", care.log_absence_contact, name="log_absence_contact"),
    path(
        f"{ONE}contacts/<int:contact_id>/undoing/", care.undo_absence_contact, name="undo_absence_contact"
    ),
    path(f"{ONE}interview/", care.hold_interview, name="hold_interview"),
    path(f"{ONE}interviews/<int:interview_id>/undoing/", care.undo_interview, name="undo_interview"),
    path(f"{ONE}triggers/<int:hit_id>/", care.settle_trigger, name="settle_trigger"),
    path(f"{ONE}triggers/<int:hit_id>/reopening/", care.reopen_trigger, name="reopen_trigger"),
    path(f"{ONE}occupational-health/", recovery.refer_to_occupational_health,
         name="refer_to_occupational_health"),
    path(f"{ONE}occupational-health/<int:referral_id>/answer/", recovery.answer_referral,
         name="answer_referral"),
    path(f"{ONE}occupational-health/<int:referral_id>/withdrawal/", recovery.withdraw_referral,
         name="withdraw_referral"),
    path(f"{ONE}phased-return/", recovery.agree_phased_return, name="agree_phased_return"),
    path(f"{ONE}phased-return/<int:plan_id>/end/", recovery.end_phased_return, name="end_phased_return"),
    path("absence/sick-pay/", recovery.sick_pay_scheme, name="sick_pay_scheme"),
    path("absence/sick-pay/<int:number>/", recovery.switch_sick_pay_band, name="switch_sick_pay_band"),
    path("absence/letters/", letters.write_to_absent, name="write_to_absent"),
    path(f"{ONE}half-pay/", letters.warn_of_half_pay, name="warn_of_half_pay"),
]  # fmt: skip
