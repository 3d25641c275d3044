from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class CaseworkConfig(AppConfig):
    name = "moothall.casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import pack, sample

        declare("casework.plan", _("Propose, approve and end plans for unreasonable contact"))
        register_part("contacts with care", 58, pack.load_part)
        register_part("people met with care", 91, sample.load_part, apart=True)
        add_item(Item(45, _("Approaches"), "approach_list", "cases.view", key="g e", group="enquiries"))
        add_item(
            Item(45, _("Holding replies"), "holding_list", "letters.write", key="g h", group="enquiries")
        )
        add_item(Item(51, _("Acting for somebody else"), "authority_list", "people.view", group="people"))
        add_item(Item(51, _("Contact plans"), "contact_plan_list", "casework.plan", group="people"))
        self.hand_over_to_registries()
        self.hand_over_plans()
        self.hand_over_formats()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.offering import Action, offer
        from moothall.cases.panels import register_case_care, register_case_panel, register_work_panel
        from moothall.cases.rules.changing import say_change
        from moothall.cases.rules.following import follow
        from moothall.letters.rules.fields import add_fields
        from moothall.people.person_links import register_person_link
        from moothall.people.person_panels import register_person_panel

        from . import beside
        from .models import Authority
        from .rules.authority import ABOUT
        from .rules.holding import SETTLED_BY, needed_no_longer, not_answered
        from .rules.wording import FIELDS

        register_person_link(
            Authority, "representative", stays=lambda rows, kept: rows.filter(represented=kept)
        )
        register_person_link(
            Authority, "represented", stays=lambda rows, kept: rows.filter(representative=kept)
        )
        register_case_panel(
            "authority",
            _("Acting for somebody else"),
            "casework/parts/authorities.html",
            beside.authorities_of_case,
            order=8,
        )
        register_case_care("authority", beside.warn_without_authority)
        register_person_panel(
            "authority",
            _("Acting for somebody else"),
            "casework/parts/person_authorities.html",
            beside.authorities_of_person,
            order=30,
        )
        offer(Action(83, _("Acting for somebody else"), "acting_for", "cases.work"))
        say_change(ABOUT, _("said that it is for %(name)s"))
        register_case_panel(
            "approaches",
            _("Other bodies written to"),
            "casework/parts/approaches.html",
            beside.approaches_of_case,
            order=9,
        )
        register_work_panel("to chase", "casework/parts/to_chase.html", beside.to_chase, order=20)
        register_work_panel(
            "holding", "casework/parts/holding_to_send.html", beside.holding_to_send, order=30
        )
        offer(Action(17, _("Holding reply"), "holding_reply", "letters.write", "w", offered=not_answered))
        for verb in SETTLED_BY:
            follow(verb, needed_no_longer)
        offer(Action(16, _("Write to another body"), "approach_body", "letters.write"))
        add_fields("cases.case", lambda _case, _language: {}, declared=FIELDS)

    def hand_over_plans(self) -> None:
        from moothall.cases.panels import register_work_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.people.before_contact import register_care
        from moothall.people.person_links import register_person_link
        from moothall.people.person_panels import register_person_panel
        from moothall.records.rules import naming

        from . import beside
        from .models import ContactPlan
        from .rules import called
        from .rules.planning_contact import fields_of
        from .rules.wording import PLAN_FIELDS

        kind = ContactPlan._meta.label_lower
        register_person_link(ContactPlan, "person")
        register_care("plan", beside.plans_before_contact, order=10)
        register_person_panel(
            "plan", _("Contact plans"), "casework/parts/person_plans.html", beside.plans_of_person, order=35
        )
        register_work_panel(
            "plans", "casework/parts/plans_to_look_at.html", beside.plans_to_look_at, order=40
        )
        register_fields(kind, fields_of, declared=PLAN_FIELDS)
        visibility.register(kind, called.visible_plan_ids)
        naming.register(kind, called.name_plans, called.find_plans)

    def hand_over_formats(self) -> None:
        from moothall.letters.rules.sizes import register_sizes
        from moothall.people.before_contact import register_care
        from moothall.people.person_links import register_person_link
        from moothall.people.person_panels import register_person_panel

        from . import beside
        from .models import FormatNeed
        from .rules.formats import points_for

        register_person_link(
            FormatNeed,
            "person",
            stays=lambda rows, kept: rows.filter(
                format__in=FormatNeed.objects.in_force().filter(person=kept).values("format")
            ),
        )
        register_care("format", beside.formats_before_contact, order=20)
        register_person_panel(
            "format",
            _("How they need what we write"),
            "casework/parts/person_formats.html",
            beside.formats_of_person,
            order=25,
        )
        register_sizes(points_for)
