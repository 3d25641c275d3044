from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_finder, add_group, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class WorkforceConfig(AppConfig):
    name = "moothall.workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.people.person_links import register_person_link

        from .finding import find_in_jump_box
        from .models import Employment, StaffRow
        from .panels import register_record_panel
        from .rules import kinds, pack, sample, sample_things, showing

        declare("workforce.view", _("See staff records"))
        declare("workforce.edit", _("Keep staff records: starters, movers, leavers and what they hold"))
        declare("workforce.private", _("See what is private on staff records, such as next of kin"))
        register_person_link(Employment, "person")
        register_person_link(StaffRow, "person")
        register_part("staff records", 12, pack.load_part)
        register_part("sample staff records", 13, sample.load_part)
        register_part("skills and what people are given", 14, kinds.load_part)
        register_part("sample skills and items", 109, sample_things.load_part, apart=True)
        for key, title, loader, order in (
            ("items", _("What they have been given"), showing.show_items, 80),
            ("skills", _("Skills"), showing.show_skills, 85),
        ):
            register_record_panel(key, title, f"workforce/parts/{key}.html", loader, order=order)
        self.hand_over_to_registries()
        add_group("staff", 52, _("Staff"))
        add_item(Item(52, _("Staff records"), "staff", "workforce.view", "employees", "g x", "staff"))
        add_account_item(Item(2, _("My employment"), "my_employment", ""))
        add_account_item(Item(5, _("My team"), "my_team", ""))
        add_finder(25, _("Staff"), find_in_jump_box)

    def hand_over_to_registries(self) -> None:
        from .known import declare_rows
        from .models import ChecklistEntry, EmployeeSkill, IssuedItem, NextOfKin

        declare_rows(IssuedItem, lambda _on: IssuedItem.objects.out())
        declare_rows(ChecklistEntry, lambda _on: ChecklistEntry.objects.open())
        declare_rows(EmployeeSkill, lambda _on: EmployeeSkill.objects.filter(ended_at=None))
        declare_rows(NextOfKin, lambda _on: NextOfKin.objects.standing())
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming

        from .models import DetailChange
        from .rules import called
        from .rules.details.wording import DECLARED, fields_of

        kind = DetailChange._meta.label_lower
        register_fields(kind, fields_of, declared=DECLARED)
        visibility.register(kind, called.visible_ids)
        naming.register(kind, called.name_changes, called.find_changes)
