"""Audits of contractors, visits to centres, and what people say."""

from django.urls import path

from moothall.transport.views import audit_rules, audits, findings, inspections, visits, voices

from .shared import CENTRE, CONTRACTOR

AUDIT = "transport/audits/<int:number>/"
FINDING = "transport/findings/<int:number>/"
SHOWN = "transport/evidence/<int:number>/"
VOICE = "transport/voices/<int:number>/"

urlpatterns = [
    path("transport/audits/", audits.audits, name="audits"),
    path("transport/audits/plan/", audits.audit_plan, name="audit_plan"),
    path("transport/audits/rules/", audit_rules.audit_rules, name="audit_rules"),
    path(
        "transport/audits/rules/<slug:what>/<int:number>/confirmation/",
        audit_rules.confirm_audit_rule,
        name="confirm_audit_rule",
    ),
    path(CONTRACTOR + "audits/new/", audits.plan_audit, name="plan_audit"),
    path(AUDIT, inspections.inspection, name="inspection"),
    path(AUDIT + "questions/<int:place>/", inspections.answer_question, name="answer_question"),
    path(AUDIT + "result/", inspections.finish_inspection, name="finish_inspection"),
    path(AUDIT + "opening/", inspections.open_inspection_again, name="open_inspection_again"),
    path(AUDIT + "day/", inspections.move_inspection, name="move_inspection"),
    path(AUDIT + "withdrawal/", inspections.withdraw_inspection, name="withdraw_inspection"),
    path(AUDIT + "restoration/", inspections.restore_inspection, name="restore_inspection"),
    path(AUDIT + "letter/", inspections.tell_of_audit, name="tell_of_audit"),
    path(AUDIT + "findings/new/", findings.add_finding, name="add_finding"),
    path(SHOWN, inspections.evidence, name="evidence"),
    path(SHOWN + "withdrawal/", inspections.take_away_evidence, name="take_away_evidence"),
    path(SHOWN + "restoration/", inspections.put_back_evidence, name="put_back_evidence"),
    path("transport/findings/", findings.findings, name="findings"),
    path(FINDING, findings.finding, name="finding"),
    path(FINDING + "change/", findings.change_finding, name="change_finding"),
    path(FINDING + "work/", findings.report_put_right, name="report_put_right"),
    path(FINDING + "closure/", findings.close_finding, name="close_finding"),
    path(FINDING + "opening/", findings.reopen_finding, name="reopen_finding"),
    path(FINDING + "sanction/", findings.sanction_finding, name="sanction_finding"),
    path("transport/visits/", visits.visits, name="visits"),
    path("transport/visits/plan/", visits.visit_plan, name="visit_plan"),
    path(CENTRE + "visits/new/", visits.plan_visit, name="plan_visit"),
    path("transport/voices/", voices.transport_voices, name="transport_voices"),
    path("transport/voices/counts/", voices.voice_counts, name="voice_counts"),
    path("cases/<slug:reference>/transport/", voices.say_whom, name="say_whom"),
    path(VOICE + "withdrawal/", voices.take_back_voice, name="take_back_voice"),
    path(VOICE + "restoration/", voices.put_back_voice, name="put_back_voice"),
]
