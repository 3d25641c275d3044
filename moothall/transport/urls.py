"""The map of transport."""

from django.urls import path

from .views import (
    applications,
    audit_rules,
    audits,
    board,
    centres,
    contractor_staff,
    contractors,
    crews,
    day_notices,
    days,
    entries,
    findings,
    fleet,
    histories,
    incidents,
    inspections,
    investigating,
    invoices,
    late,
    map,
    mendings,
    own_pages,
    own_reports,
    papers,
    passengers,
    phone,
    publishing,
    run_plans,
    runs,
    setting,
    sheets,
    speeds,
    value,
    vehicle_checks,
    visits,
    voices,
)

ONE = "transport/passengers/<int:number>/"
CENTRE = "transport/centres/<slug:key>/"
JOURNEY = "transport/journeys/<int:number>/"
APPLICATION = "transport/applications/<int:number>/"
ENTITLEMENT = "transport/entitlements/<int:number>/"
PLAN = "transport/plans/<int:number>/"
RUN = "transport/runs/<int:number>/"
MEMBER = "transport/crews/<int:number>/"
VEHICLE = "transport/vehicles/<int:number>/"
CONTRACTOR = "transport/contractors/<int:number>/"
CREW = "transport/crew/<int:number>/"
THEIRS = "transport/contractors/vehicles/<int:number>/"
CONTRACT = "transport/contracts/<int:number>/"
PAPER = "transport/papers/<int:number>/"
ALLOTMENT = "transport/allotments/<int:number>/"
INVOICE = "transport/invoices/<int:number>/"
AUDIT = "transport/audits/<int:number>/"
FINDING = "transport/findings/<int:number>/"
SHOWN = "transport/evidence/<int:number>/"
VOICE = "transport/voices/<int:number>/"

HAPPENED = "transport/incidents/<str:reference>/"

CONTRACTING = [
    path("transport/contractors/", contractors.contractors, name="contractors"),
    path("transport/contractors/new/", contractors.add_contractor, name="add_contractor"),
    path(CONTRACTOR, contractors.contractor, name="contractor"),
    path(CONTRACTOR + "change/", contractors.change_contractor, name="change_contractor"),
    path(CONTRACTOR + "end/", contractors.end_contractor, name="end_contractor"),
    path(CONTRACTOR + "return/", contractors.take_back_contractor, name="take_back_contractor"),
    path(CONTRACTOR + "contracts/new/", contractors.add_contract, name="add_contract"),
    path(CONTRACT + "prices/new/", contractors.set_contract_price, name="set_contract_price"),
    path(CONTRACT + "end/", contractors.end_contract, name="end_contract"),
    path(CONTRACTOR + "sanctions/new/", contractors.sanction_contractor, name="sanction_contractor"),
    path("transport/sanctions/<int:number>/end/", contractors.end_sanction, name="end_sanction"),
    path(CONTRACTOR + "crew/new/", contractor_staff.add_contractor_staff, name="add_contractor_staff"),
    path(CREW, contractor_staff.contractor_staff, name="contractor_staff"),
    path(CREW + "end/", contractor_staff.end_contractor_staff, name="end_contractor_staff"),
    path(
        CONTRACTOR + "vehicles/new/", contractor_staff.add_contractor_vehicle, name="add_contractor_vehicle"
    ),
    path(THEIRS, contractor_staff.contractor_vehicle, name="contractor_vehicle"),
    path(THEIRS + "end/", contractor_staff.contractor_vehicle_goes, name="contractor_vehicle_goes"),
    path(THEIRS + "return/", contractor_staff.contractor_vehicle_stays, name="contractor_vehicle_stays"),
    path(CONTRACTOR + "allotments/new/", contractor_staff.allot_job, name="allot_job"),
    path(ALLOTMENT + "end/", contractor_staff.end_allotment, name="end_allotment"),
    path(ALLOTMENT + "withdrawal/", contractor_staff.take_back_allotment, name="take_back_allotment"),
    path("transport/papers/", papers.contractor_papers, name="contractor_papers"),
    path(
        "transport/papers/new/<slug:of>/<int:number>/",
        papers.record_contractor_paper,
        name="record_contractor_paper",
    ),
    path("transport/papers/rules/", papers.contractor_paper_rules, name="contractor_paper_rules"),
    path(
        "transport/papers/rules/<int:number>/confirmation/",
        papers.confirm_contractor_paper_rule,
        name="confirm_contractor_paper_rule",
    ),
    path(PAPER, papers.contractor_paper, name="contractor_paper"),
    path(PAPER + "evidence/", papers.contractor_paper_evidence, name="contractor_paper_evidence"),
    path(PAPER + "verification/", papers.verify_contractor_paper, name="verify_contractor_paper"),
    path(PAPER + "withdrawal/", papers.withdraw_contractor_paper, name="withdraw_contractor_paper"),
    path(PAPER + "restoration/", papers.restore_contractor_paper, name="restore_contractor_paper"),
]

INVOICING = [
    path("transport/invoices/", invoices.contractor_invoices, name="contractor_invoices"),
    path("transport/invoices/new/", invoices.bring_invoice, name="bring_invoice"),
    path(INVOICE, invoices.contractor_invoice, name="contractor_invoice"),
    path(INVOICE + "file/", invoices.invoice_as_it_came, name="invoice_as_it_came"),
    path(INVOICE + "agreement/", invoices.agree_invoice, name="agree_invoice"),
    path(INVOICE + "opening/", invoices.reopen_invoice, name="reopen_invoice"),
    path(INVOICE + "withdrawal/", invoices.withdraw_invoice, name="withdraw_invoice"),
    path(
        "transport/invoices/lines/<int:number>/decision/",
        invoices.decide_invoice_line,
        name="decide_invoice_line",
    ),
]

TARGET = "transport/value/targets/<int:number>/"

VALUE = [
    path("transport/value/", value.value, name="value"),
    path("transport/value/count/", value.count_value, name="count_value"),
    path("transport/value/runs/", value.runs_gone, name="runs_gone"),
    path("transport/value/journeys/", value.journeys_counted, name="journeys_counted"),
    path("transport/value/targets/", value.value_targets, name="value_targets"),
    path("transport/value/targets/new/", value.set_value_target, name="set_value_target"),
    path(TARGET + "withdrawal/", value.withdraw_value_target, name="withdraw_value_target"),
    path(TARGET + "restoration/", value.restore_value_target, name="restore_value_target"),
    path("transport/times/", speeds.travel_times, name="travel_times"),
    path("transport/times/new/", speeds.learn_travel_times, name="learn_travel_times"),
    path(
        "transport/times/<int:number>/withdrawal/",
        speeds.leave_out_travel_times,
        name="leave_out_travel_times",
    ),
    path(
        "transport/times/<int:number>/restoration/",
        speeds.bring_back_travel_times,
        name="bring_back_travel_times",
    ),
]

SAFETY = [
    path("transport/incidents/", incidents.incidents, name="incidents"),
    path("transport/incidents/new/", incidents.report_incident, name="report_incident"),
    path(HAPPENED, incidents.incident, name="incident"),
    path(HAPPENED + "photos/new/", investigating.add_incident_photos, name="add_incident_photos"),
    path(HAPPENED + "photos/<int:number>/", incidents.incident_photo, name="incident_photo"),
    path(HAPPENED + "people/new/", investigating.add_involved, name="add_involved"),
    path(HAPPENED + "people/<int:number>/removal/", investigating.remove_involved, name="remove_involved"),
    path(
        HAPPENED + "reports/<int:number>/", investigating.decide_outside_report, name="decide_outside_report"
    ),
    path(HAPPENED + "investigation/", investigating.investigate_incident, name="investigate_incident"),
    path(HAPPENED + "statements/new/", investigating.take_statement, name="take_statement"),
    path(
        HAPPENED + "statements/<int:number>/withdrawal/",
        investigating.withdraw_statement,
        name="withdraw_statement",
    ),
    path(HAPPENED + "actions/new/", investigating.add_incident_action, name="add_incident_action"),
    path(
        HAPPENED + "actions/<int:number>/done/",
        investigating.finish_incident_action,
        name="finish_incident_action",
    ),
    path(
        HAPPENED + "actions/<int:number>/withdrawal/",
        investigating.withdraw_incident_action,
        name="withdraw_incident_action",
    ),
    path(
        HAPPENED + "actions/<int:number>/opening/",
        investigating.reopen_incident_action,
        name="reopen_incident_action",
    ),
    path(HAPPENED + "closure/", investigating.close_incident, name="close_incident"),
    path("transport/duties/<int:number>/sheet.pdf", sheets.crew_sheet_pdf, name="crew_sheet_pdf"),
    path("my/transport/sheets.pdf", sheets.my_sheets_pdf, name="my_sheets_pdf"),
    path(VEHICLE + "history/", histories.vehicle_history, name="vehicle_history"),
    path(MEMBER + "history/", histories.crew_history, name="crew_history"),
    path(THEIRS + "history/", histories.contractor_vehicle_history, name="contractor_vehicle_history"),
    path(CREW + "history/", histories.contractor_staff_history, name="contractor_staff_history"),
    path("my/transport/", own_pages.my_transport, name="my_transport"),
    path("my/transport/family/<int:number>/", own_pages.my_child, name="my_child"),
    path("my/transport/family/<int:number>/away/", own_pages.does_not_travel, name="does_not_travel"),
    path(
        "my/transport/family/<int:number>/away/<int:away>/removal/",
        own_pages.travels_after_all,
        name="travels_after_all",
    ),
    path("my/contracts/<int:number>/", own_pages.my_contract, name="my_contract"),
    path("my/contracts/invoices/<int:number>/", own_pages.my_invoice, name="my_invoice"),
    path(CONTRACTOR + "contacts/new/", contractors.add_contractor_contact, name="add_contractor_contact"),
    path(
        "transport/contacts/<int:number>/end/",
        contractors.end_contractor_contact,
        name="end_contractor_contact",
    ),
    path("my/transport/reports/", own_reports.my_reports, name="my_reports"),
    path("my/transport/reports/new/", own_reports.report_on_the_way, name="report_on_the_way"),
]

AUDITING = [
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

PRESS = "transport/runs/presses/<int:number>/"
LATE = "transport/runs/<int:number>/late/<str:day>/"
NOTICE = "transport/notices/"
DEFECT = "transport/checks/defects/<int:number>/"

DAY = [
    path("my/runs/", board.my_runs, name="my_runs"),
    path("my/runs/worker.js", phone.phone_worker, name="phone_worker"),
    path("my/runs/presses/", phone.press_on_run, name="press_on_run"),
    path("my/runs/<int:number>/", phone.phone_run, name="phone_run"),
    path("transport/runs/presses/", phone.odd_presses, name="odd_presses"),
    path(PRESS + "seen/", phone.see_press, name="see_press"),
    path(PRESS + "unseen/", phone.unsee_press, name="unsee_press"),
    path(LATE, late.late_run, name="late_run"),
    path(LATE + "told/", late.tell_late, name="tell_late"),
    path(LATE + "end/", late.run_on_time, name="run_on_time"),
    path(NOTICE, day_notices.day_messages, name="day_messages"),
    path(NOTICE + "new/", day_notices.write_day_message, name="write_day_message"),
    path(NOTICE + "preview/", day_notices.preview_day_message, name="preview_day_message"),
    path(NOTICE + "sent/", day_notices.send_day_message, name="send_day_message"),
    path(NOTICE + "messages/<int:number>/", day_notices.day_message, name="day_message"),
    path(NOTICE + "told/<int:number>/", day_notices.ring_of_day, name="ring_of_day"),
    path(NOTICE + "told/<int:number>/undo/", day_notices.not_rung_of_day, name="not_rung_of_day"),
    path(NOTICE + "centres/<slug:key>/", day_notices.centre_contact, name="centre_contact"),
    path("transport/checks/", vehicle_checks.vehicle_checks, name="vehicle_checks"),
    path("transport/checks/<int:number>/", vehicle_checks.vehicle_check, name="vehicle_check"),
    path(
        "transport/checks/<int:number>/withdrawal/",
        vehicle_checks.take_back_vehicle_check,
        name="take_back_vehicle_check",
    ),
    path("transport/checks/items/", vehicle_checks.check_items, name="check_items"),
    path(
        "transport/checks/items/<int:number>/confirmation/",
        vehicle_checks.confirm_check_item,
        name="confirm_check_item",
    ),
    path("transport/checks/defects/", vehicle_checks.defects, name="defects"),
    path(DEFECT + "owner/", vehicle_checks.give_defect, name="give_defect"),
    path(DEFECT + "mending/", vehicle_checks.mend_defect, name="mend_defect"),
    path(DEFECT + "mending/undo/", vehicle_checks.defect_not_mended, name="defect_not_mended"),
]

urlpatterns = [
    *SAFETY,
    *CONTRACTING,
    *INVOICING,
    *VALUE,
    *AUDITING,
    path("transport/", passengers.passengers, name="passengers"),
    path("transport/passengers/new/", passengers.add_passenger, name="add_passenger"),
    path(ONE, passengers.passenger, name="passenger"),
    path(ONE + "emergency-contacts/", passengers.emergency_contacts, name="emergency_contacts"),
    path(ONE + "leaving/", passengers.passenger_leaves, name="passenger_leaves"),
    path(ONE + "return/", passengers.passenger_comes_back, name="passenger_comes_back"),
    path(ONE + "entries/<slug:part>/", entries.add_entry, name="add_passenger_entry"),
    path(ONE + "entries/<slug:part>/<int:entry>/end/", entries.end_entry, name="end_passenger_entry"),
    path("transport/accounted/", days.accounted, name="accounted"),
    path("transport/accounted/day/", days.account_day, name="account_day"),
    path(JOURNEY, days.journey, name="journey"),
    path(JOURNEY + "settlement/", days.settle_journey, name="settle_journey"),
    path(JOURNEY + "pattern/", days.journey_by_pattern, name="journey_by_pattern"),
    path("transport/centres/", centres.centres, name="centres"),
    path(CENTRE, centres.centre, name="centre"),
    path(CENTRE + "bells/", centres.add_bell, name="add_bell"),
    path(CENTRE + "closures/", centres.add_closure, name="add_centre_closure"),
    path(CENTRE + "closures/<int:number>/withdrawal/", centres.open_after_all, name="open_after_all"),
    path("transport/applications/", applications.travel_applications, name="travel_applications"),
    path("transport/applications/new/", applications.add_travel_application, name="add_travel_application"),
    path(APPLICATION, applications.travel_application, name="travel_application"),
    path(APPLICATION + "facts/", applications.enter_travel_facts, name="enter_travel_facts"),
    path(APPLICATION + "decisions/<int:stage>/", applications.decide_travel, name="decide_travel"),
    path(APPLICATION + "appeal/", applications.record_travel_appeal, name="record_travel_appeal"),
    path(ENTITLEMENT + "end/", applications.end_travel_entitlement, name="end_travel_entitlement"),
    path(
        ENTITLEMENT + "restoration/",
        applications.restore_travel_entitlement,
        name="restore_travel_entitlement",
    ),
    path("transport/rules/", setting.eligibility_rules, name="eligibility_rules"),
    path(
        "transport/rules/<int:number>/confirmation/",
        setting.confirm_eligibility_rule,
        name="confirm_eligibility_rule",
    ),
    path("transport/rates/", setting.set_transport_rate, name="set_transport_rate"),
    path("transport/plans/", run_plans.run_plans, name="run_plans"),
    path("transport/plans/new/", run_plans.ask_for_run_plan, name="ask_for_run_plan"),
    path("transport/plans/comparison/", run_plans.compare_run_plans, name="compare_run_plans"),
    path(PLAN, run_plans.run_plan, name="run_plan"),
    path(PLAN + "stop/", run_plans.stop_run_plan, name="stop_run_plan"),
    path(PLAN + "new/", run_plans.plan_runs_again, name="plan_runs_again"),
    path(PLAN + "again/", run_plans.start_run_plan_again, name="start_run_plan_again"),
    path(PLAN + "consideration/", run_plans.consider_run_plan, name="consider_run_plan"),
    path(PLAN + "undo/", runs.undo_move_of_plan, name="undo_move_of_plan"),
    path(PLAN + "owner/", publishing.own_run_plan, name="own_run_plan"),
    path(PLAN + "publication/", publishing.publish_run_plan, name="publish_run_plan"),
    path(PLAN + "withdrawal/", publishing.withdraw_run_plan, name="withdraw_run_plan"),
    path(PLAN + "notices/", publishing.run_plan_notices, name="run_plan_notices"),
    path(PLAN + "mending/", mendings.mend_run_plan, name="mend_run_plan"),
    path("transport/mendings/<int:number>/", mendings.mending, name="mending"),
    path("transport/mendings/<int:number>/acceptance/", mendings.accept_mending, name="accept_mending"),
    path(PLAN + "map/", map.run_plan_map, name="run_plan_map"),
    path(PLAN + "map/places/", map.run_plan_places, name="run_plan_places"),
    path(PLAN + "map/lines/", map.run_plan_lines, name="run_plan_lines"),
    path("transport/streets/<slug:version>/<int:zoom>/<int:x>/<int:y>/", map.street_tile, name="street_tile"),
    path(PLAN + "<str:way>/<slug:part>/", run_plans.run_plan_file, name="run_plan_file"),
    path("transport/notices/<int:number>/call/", publishing.ring_family, name="ring_family"),
    path(RUN, runs.run, name="run"),
    path(RUN + "lock/", runs.lock_run, name="lock_run"),
    path("transport/rides/<int:number>/lock/", runs.lock_ride, name="lock_ride"),
    path("transport/rides/<int:number>/move/", runs.move_ride, name="move_ride"),
    path("transport/without/<int:number>/move/", runs.place_without, name="place_without"),
    path("transport/vehicles/", fleet.vehicles, name="vehicles"),
    path("transport/vehicles/new/", fleet.add_vehicle, name="add_vehicle"),
    path("transport/vehicles/prices/", fleet.vehicle_prices, name="vehicle_prices"),
    path("transport/vehicles/prices/new/", fleet.set_vehicle_price, name="set_vehicle_price"),
    path("transport/vehicles/figures/new/", fleet.set_planning_figure, name="set_planning_figure"),
    path(VEHICLE, fleet.vehicle, name="vehicle"),
    path(VEHICLE + "off-road/", fleet.take_off_road, name="take_off_road"),
    path("transport/off-road/<int:number>/end/", fleet.back_on_road, name="back_on_road"),
    path("transport/crews/", crews.crews, name="crews"),
    path("transport/crews/new/", crews.join_crew, name="join_crew"),
    path(MEMBER + "leaving/", crews.leave_crew, name="leave_crew"),
    path(MEMBER + "return/", crews.stay_in_crew, name="stay_in_crew"),
    path("transport/crews/needs/new/", crews.ask_of_crews, name="ask_of_crews"),
    path("transport/crews/needs/<int:number>/end/", crews.ask_no_more, name="ask_no_more"),
    path("transport/crews/weeks/new/", crews.man_week, name="man_week"),
    path("transport/crews/weeks/<int:number>/", crews.crew_week, name="crew_week"),
    path("transport/crews/weeks/<int:number>/stop/", crews.stop_crew_week, name="stop_crew_week"),
    path("transport/board/", board.crew_board, name="crew_board"),
    path("transport/board/<str:day>/options/", board.crew_cover, name="crew_cover"),
    path("transport/board/<str:day>/cover/", board.cover_day, name="cover_day"),
    path("transport/covers/<int:number>/undo/", board.undo_cover, name="undo_cover"),
    path("transport/duties/<int:number>/sheet/", board.crew_sheet, name="crew_sheet"),
    *DAY,
]
