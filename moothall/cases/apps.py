from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_finder, add_item, add_new_item
from moothall.core.notices import watch
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class CasesConfig(AppConfig):
    name = "moothall.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules.pack import load_part

        declare("cases.view", _("See the cases of one's teams"))
        declare("cases.work", _("Open, change and answer cases, and complete their steps"))
        declare("cases.assign", _("Assign cases to others and hand them to another team"))
        declare("cases.close", _("Close and reopen cases"))
        declare("cases.restrict", _("Restrict and seal cases, and say who may see them"))
        declare(
            "cases.break_glass", _("Read a restricted case in an emergency, for a while and with a reason")
        )
        declare("cases.manage", _("See a whole team's work and what escalates"))
        declare("cases.services", _("Edit services, their steps and clocks"))
        register_part("cases", 30, load_part)
        add_item(Item(10, _("My work"), "my_work", "cases.view", key="g m"))
        add_item(Item(20, _("Team"), "team_work", "cases.manage", section="team", key="g t"))
        add_item(Item(30, _("Cases"), "case_list", "cases.view", section="cases", key="g c"))
        add_new_item(Item(20, _("Open a case"), "open_case", "cases.work", key="g o"))
        add_account_item(
            Item(80, _("Open a restricted case in an emergency"), "emergency", "cases.break_glass")
        )
        add_item(Item(92, _("Readings of restricted cases"), "readings", "records.audit", group="audit"))
        add_item(Item(93, _("Openings in an emergency"), "emergencies", "records.audit", group="audit"))
        add_item(
            Item(94, _("Rules for emergencies"), "emergency_rules", "people.administer", group="settings")
        )
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.letters.rules import fields, following, visibility
        from moothall.people.person_links import register_person_link
        from moothall.people.person_panels import register_person_panel
        from moothall.records.rules import naming

        from .jumping import answers_on, cases_of, find_cases
        from .models import Case, Entry
        from .offering import offer_own_actions
        from .panels import register_case_panel
        from .rules import called
        from .rules.answering import letter_changed
        from .rules.emergency import notice_of_unjudged
        from .rules.letter_fields import DECLARED, fields_of, visible_case_ids

        for model, field in ((Case, "requester"), (Case, "subject"), (Entry, "person")):
            register_person_link(model, field)
        offer_own_actions()
        register_case_panel(
            "answers", _("What they answered"), "cases/parts/answers.html", answers_on, order=5
        )
        add_finder(10, _("Cases"), find_cases)
        register_person_panel("cases", _("Cases"), "cases/parts/person_panel.html", cases_of, order=10)
        fields.register_fields("cases.case", fields_of, declared=DECLARED)
        following.follow("cases.case", letter_changed)
        visibility.register(
            "cases.case", visible_case_ids, gate=called.gate_before_case, read=called.note_letter_read,
            only_reads=called.only_reads_letters,
        )  # fmt: skip
        watch(notice_of_unjudged)
        naming.register("cases.case", called.name_cases, called.find_cases_by_reference)
