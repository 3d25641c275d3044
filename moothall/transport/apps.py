from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_finder, add_group, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class TransportConfig(AppConfig):
    name = "moothall.transport"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .planning import large_office, sample_crews, sample_day, sample_plan, sample_year
        from .rules import (
            audit_pack,
            audit_sample,
            contractor_pack,
            contractor_sample,
            crew_pack,
            day_pack,
            hire_sample,
            pack,
            safety_pack,
            safety_sample,
            sample,
            sample_fleet,
            targets_pack,
        )

        declare("transport.use", _("See passengers, and keep what is on record of them and their journeys"))
        register_part("transport", 69, pack.load_part)
        register_part("contractors", 70, contractor_pack.load_part)
        register_part("crews", 71, crew_pack.load_part)
        register_part("audits", 72, audit_pack.load_part)
        register_part("safety", 73, safety_pack.load_part)
        register_part("value", 75, targets_pack.load_part)
        register_part("checks of vehicles", 74, day_pack.load_part)
        register_part("sample contractors", 116, contractor_sample.load_part, apart=True)
        register_part("sample passengers", 123, sample.load_part, apart=True)
        register_part("sample vehicles", 126, sample_fleet.load_part, apart=True)
        register_part("sample audits", 132, audit_sample.load_part, apart=True)
        register_part("sample incidents", 133, safety_sample.load_part, apart=True)
        register_part("sample plans of runs", 127, sample_plan.load_part, apart=True)
        register_part("sample crews", 128, sample_crews.load_part, apart=True)
        register_part("a year of transport", 129, sample_year.load_part, apart=True)
        register_part("a large transport office", 130, large_office.load_part, apart=True)
        register_part("weeks on the road", 134, sample_day.load_part, apart=True)
        register_part("sample hire jobs", 144, hire_sample.load_part, apart=True)
        self.stand_in_the_navigation()
        self.hand_over_to_registries()
        self.hand_over_contractors()
        self.hand_over_safety()
        self.hand_over_audits()
        self.hand_over_the_day()

    def stand_in_the_navigation(self) -> None:
        add_group("transport", 57, _("Transport"))
        for order, (words, page) in enumerate((
            (_("Passengers"), "passengers"), (_("Everybody accounted for"), "accounted"),
            (_("Board of the day"), "crew_board"), (_("Plans of runs"), "run_plans"),
            (_("Crews"), "crews"), (_("Private hire"), "hires"),
            (_("Vehicles"), "vehicles"), (_("Schools and centres"), "centres"),
            (_("Contractors"), "contractors"), (_("Audits"), "audits"), (_("Visits"), "visits"),
            (_("Incidents"), "incidents"), (_("Value"), "value"),
        ), start=57):  # fmt: skip
            add_item(Item(order, words, page, "transport.use", group="transport"))
        add_account_item(Item(9, _("My runs today"), "my_runs", ""))
        add_account_item(Item(10, _("My transport"), "my_transport", ""))

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_case_panel
        from moothall.cases.rules.following import follow
        from moothall.letters.rules.fields import add_fields
        from moothall.people.person_links import register_person_link
        from moothall.people.person_panels import register_person_panel
        from moothall.records.rules import naming

        from .beside import find_in_jump_box, passenger_of_person, travel_of_case
        from .models import Application, Journey, Passenger, RunPlan, Vehicle
        from .rules import called
        from .rules.applying import application_arrives
        from .rules.merging import passengers_already
        from .rules.reviewing import case_was_closed
        from .rules.wording import DECLARED, fields_of

        follow("open", application_arrives)
        follow("close", case_was_closed)
        add_fields("cases.case", fields_of, declared=DECLARED)
        register_person_link(Passenger, "person", stays=passengers_already)
        register_case_panel(
            "travel", _("Help with travel"), "transport/parts/case_panel.html", travel_of_case, order=7
        )
        register_person_panel(
            "passenger", _("Passenger"), "transport/parts/person_panel.html", passenger_of_person, order=14
        )
        add_finder(27, _("Passengers"), find_in_jump_box)
        for model, name, find in (
            (Passenger, called.name_passengers, called.find_passengers),
            (Application, called.name_applications, called.find_applications),
            (Journey, called.name_journeys, called.find_journeys),
            (RunPlan, called.name_plans, called.find_plans),
            (Vehicle, called.name_vehicles, called.find_vehicles),
        ):
            naming.register(model._meta.label_lower, name, find)

    def hand_over_contractors(self) -> None:
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming

        from .models import Contractor, ContractorStaff, Paper
        from .rules import called
        from .rules.chasing import DECLARED, fields_of
        from .rules.merging import in_the_crew_already

        register_person_link(ContractorStaff, "person", stays=in_the_crew_already)
        register_fields(Paper._meta.label_lower, fields_of, declared=DECLARED)
        visibility.register(Paper._meta.label_lower, called.visible_papers)
        naming.register(Contractor._meta.label_lower, called.name_contractors, called.find_contractors)
        naming.register(Paper._meta.label_lower, called.name_papers, called.find_papers)

    def hand_over_safety(self) -> None:
        from moothall.cases.panels import register_case_panel, register_work_panel
        from moothall.cases.rules.following import follow
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming

        from .beside import actions_to_do, incident_of_case
        from .models import Carer, ContractorContact, Incident, Involved
        from .rules import called, merging
        from .rules.incidents import already_there, refuse_whom_it_is_about
        from .rules.investigating import refuse_while_open

        follow("restrict", refuse_whom_it_is_about)
        follow("close", refuse_while_open)
        register_case_panel(
            "incident", _("What happened"), "transport/parts/incident_panel.html", incident_of_case, order=8
        )
        register_work_panel("incidents", "transport/parts/incident_work.html", actions_to_do, order=58)
        register_person_link(Involved, "person", stays=already_there)
        register_person_link(Carer, "person", stays=merging.cares_already)
        register_person_link(ContractorContact, "person", stays=merging.acts_already)
        naming.register(Incident._meta.label_lower, called.name_incidents, called.find_incidents)

    def hand_over_audits(self) -> None:
        from moothall.cases.offering import Action, offer
        from moothall.cases.panels import register_case_panel, register_work_panel
        from moothall.cases.rules.digesting import tell_in_the_morning
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming

        from .models import Finding, Inspection
        from .rules import called, due
        from .rules.audit_letters import DECLARED, fields_of
        from .rules.voicing import is_voice, voices_of_case

        register_fields(Inspection._meta.label_lower, fields_of, declared=DECLARED)
        visibility.register(Inspection._meta.label_lower, called.visible_inspections)
        naming.register(Inspection._meta.label_lower, called.name_inspections, called.find_inspections)
        naming.register(Finding._meta.label_lower, called.name_findings, called.find_findings)
        register_work_panel("findings", "transport/parts/work_findings.html", due.findings_for, order=36)
        register_work_panel("audits", "transport/parts/work_audits.html", due.inspections_for, order=37)
        tell_in_the_morning("findings", due.told_in_the_morning)
        register_case_panel(
            "transport voice", _("Whom it concerns"), "transport/parts/case_voices.html", voices_of_case,
            order=9,
        )  # fmt: skip
        offer(Action(66, _("Whom it concerns"), "say_whom", "cases.work", offered=is_voice))

    def hand_over_the_day(self) -> None:
        from moothall.letters.rules import visibility
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming

        from .models import DayMessage, DayNotice
        from .rules import called
        from .rules.merging import told_already

        register_person_link(DayNotice, "person", stays=told_already)
        visibility.register(DayMessage._meta.label_lower, called.visible_messages)
        naming.register(DayMessage._meta.label_lower, called.name_messages, called.find_messages)
