from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_finder, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class WorkforceConfig(AppConfig):
    name = "moothall.workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.people.person_links import register_person_link

        from .finding import find_in_jump_box
        from .models import Employment
        from .rules import pack, sample

        declare("workforce.view", _("See staff records"))
        declare("workforce.edit", _("Keep staff records: starters, movers, leavers and what they hold"))
        declare("workforce.private", _("See what is private on staff records, such as next of kin"))
        register_person_link(Employment, "person")
        register_part("staff records", 12, pack.load_part)
        register_part("sample staff records", 13, sample.load_part)
        add_item(Item(52, _("Staff"), "staff", "workforce.view", section="employees", key="g x"))
        add_account_item(Item(2, _("My employment"), "my_employment", ""))
        add_account_item(Item(5, _("My team"), "my_team", ""))
        add_finder(25, _("Staff"), find_in_jump_box)
