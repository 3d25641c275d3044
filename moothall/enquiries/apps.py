from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.commands import Command, register
from moothall.core.navigation import Item, add_group, add_item, add_new_item
from moothall.core.notices import watch
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class EnquiriesConfig(AppConfig):
    name = "moothall.enquiries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import demo
        from .rules.pack import load_part

        declare("enquiries.log", _("Log calls and visitors, and triage what comes in"))
        declare("enquiries.import", _("Import mail and tables from files"))
        declare("enquiries.quarantine", _("Settle messages that could not be read"))
        declare("enquiries.mailboxes", _("Connect mailboxes and see how fetching from them goes"))
        register_part("enquiries", 40, load_part)
        register_part("sample work", 90, demo.load_part, apart=True)
        add_item(
            Item(40, _("Contacts"), "contact_list", "enquiries.log", "enquiries/contacts", "g k", "enquiries")
        )
        add_item(
            Item(
                45, _("Call backs"), "call_backs", "enquiries.log", "enquiries/call-backs", "g r", "enquiries"
            )
        )
        add_item(
            Item(48, _("Wallboard"), "wallboard", "cases.view", "enquiries/wallboard", "g w", "enquiries")
        )
        add_new_item(Item(10, _("Log a call or visit"), "log_contact", "enquiries.log", key="g n"))
        add_item(Item(45, _("Triage"), "triage", "enquiries.log", "enquiries/triage", "g y", "enquiries"))
        add_group("enquiries", 40, _("Enquiries"))
        add_item(Item(55, _("How good suggestions are"), "triage_quality", "cases.manage", group="enquiries"))
        add_new_item(Item(35, _("Import a table"), "import_table", "enquiries.import"))
        add_new_item(Item(30, _("Import mail"), "import_mail", "enquiries.import", key="g i"))
        add_item(Item(54, _("Messages not read"), "quarantine", "enquiries.quarantine", group="enquiries"))
        add_item(Item(91, _("Mailboxes"), "mailbox_list", "enquiries.mailboxes", group="settings"))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.offering import Action, offer
        from moothall.cases.panels import register_case_panel, register_work_panel
        from moothall.cases.rules.corresponding import register_correspondence
        from moothall.cases.rules.following import follow
        from moothall.letters.rules.carriers import register_carriers
        from moothall.people.person_links import register_person_link
        from moothall.people.rules.leaving import follow_leavers
        from moothall.workload.rules.demand import count_also

        from . import command
        from .calling import call_backs_of, work_of
        from .models import CallBack, Contact, Suggestion
        from .rules.carrying import carriers
        from .rules.counting import count_contacts
        from .rules.replying import correspondence_of
        from .rules.suggesting import suggested_panel
        from .rules.triage.deciding import OVERTAKEN_BY, case_changed
        from .rules.triage.showing import panel_for
        from .rules.wallboard import take_down_displays
        from .rules.warning import mailboxes_out_of_reach

        register_carriers(carriers)
        follow_leavers(take_down_displays)
        register_correspondence(correspondence_of)
        watch(mailboxes_out_of_reach)
        count_also("contacts", count_contacts)
        register_person_link(Contact, "person")
        register_person_link(Suggestion, "person")
        register_case_panel(
            "suggestions", _("Suggestions"), "enquiries/parts/suggestions_panel.html", panel_for, order=10
        )
        for verb in OVERTAKEN_BY:
            follow(verb, case_changed)
        register_person_link(CallBack, "person")
        register_work_panel("call backs", "enquiries/parts/call_backs_to_make.html", work_of, order=10)
        register_case_panel(
            "call backs", _("Call backs"), "enquiries/parts/call_back_panel.html", call_backs_of, order=20
        )
        offer(Action(31, _("Call back"), "ask_call_back", "cases.work", "f"))

        register_case_panel(
            "suggested",
            _("Suggested answers"),
            "enquiries/parts/suggested_panel.html",
            suggested_panel,
            order=30,
        )
        offer(Action(10, _("Reply"), "reply", "letters.write", "r", first=True))
        offer(Action(15, _("Signpost"), "signpost", "letters.write", "s", first=True))
        register(
            Command(
                name="import",
                help="bring in mail, or a table of enquiries",
                run=command.run,
                add_arguments=command.add_arguments,
            )
        )
        register(
            Command(
                name="fetch",
                help="look into the mailboxes now, without waiting for the worker",
                run=command.run_fetch,
                add_arguments=command.add_fetch_arguments,
            )
        )
