from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class SatisfactionConfig(AppConfig):
    name = "moothall.satisfaction"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules.pack import load_part

        declare("satisfaction.view", _("See what people said of how they were dealt with"))
        register_part("surveys and complaints", 57, load_part)
        add_item(Item(49, _("Complaints"), "complaint_list", "cases.view", group="enquiries"))
        add_item(Item(50, _("Satisfaction"), "satisfaction_results", "satisfaction.view", group="enquiries"))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.offering import Action, offer
        from moothall.cases.panels import register_case_panel
        from moothall.cases.rules.following import follow
        from moothall.letters.rules.fields import Field, add_fields, register_fields
        from moothall.people.person_links import register_person_link

        from .models import Survey
        from .rules import complaining, ombudsman, surveying
        from .rules.offered import can_be_concluded, can_be_extended, can_escalate, complaint_on

        register_person_link(Survey, "person")
        follow("close", surveying.ask_later)
        for verb in ("reopen", "undo", "merge"):
            follow(verb, surveying.ask_no_more)
        for verb in ("open", "service"):
            follow(verb, complaining.note_complaint)
        for verb in ("assign", "hand_over", "answer", "close"):
            follow(verb, complaining.refuse_same_person)
        offer(Action(62, _("Second stage"), "escalate", "cases.work", offered=can_escalate))
        offer(Action(63, _("More time"), "extend_complaint", "cases.work", offered=can_be_extended))
        offer(
            Action(64, _("Finding and lesson"), "conclude_complaint", "cases.close", offered=can_be_concluded)
        )
        register_case_panel(
            "complaint", _("Complaint"), "satisfaction/parts/complaint.html", complaint_on, order=10
        )
        add_fields("cases.case", ombudsman.fields_of, declared=ombudsman.DECLARED)
        register_fields(
            "satisfaction.survey",
            lambda _survey, _language: {},
            declared=(
                Field("survey.link", _("The link to the one question"), "https://example.org/survey/…"),
                Field("survey.until", _("Day until which it can be answered"), "20 May 2026", "20 Mai 2026"),
            ),
        )
