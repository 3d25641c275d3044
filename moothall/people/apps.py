from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.lists import register_store
from moothall.core.navigation import Item, add_account_item, add_finder, add_group, add_item
from moothall.core.notices import watch
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class PeopleConfig(AppConfig):
    name = "moothall.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .command_user import add_commands
        from .finding import find_in_jump_box
        from .own_links import register_own_links
        from .rules.pack import load_part
        from .rules.parked import parked_jobs
        from .rules.saved_views import SavedViews

        register_store(SavedViews())
        watch(parked_jobs)
        register_own_links()
        declare("people.view", _("Look people up and see their records"))
        declare("people.edit", _("Add and correct people, organisations and contact points"))
        declare("people.merge", _("Merge and separate records of the same person"))
        declare("people.caution", _("Place and lift caution markers and protected addresses"))
        declare("people.administer", _("Manage accounts, roles and grants"))
        register_part("people", 10, load_part)
        add_item(Item(50, _("People"), "people", "people.view", "people", "g p", "people"))
        add_group("people", 50, _("People"))
        add_group("settings", 90, _("Settings"))
        add_account_item(Item(40, _("My account"), "my_account", ""))
        add_item(Item(50, _("Organisations"), "organisations", "people.edit", group="people"))
        add_item(Item(52, _("Likely duplicates"), "duplicates", "people.merge", group="people"))
        add_item(Item(90, _("Accounts and roles"), "accounts", "people.administer", group="settings"))
        add_item(Item(91, _("Teams"), "teams", "people.administer", group="settings"))
        add_finder(20, _("People"), find_in_jump_box)
        add_commands()
