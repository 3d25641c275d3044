from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.lists import register_store
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class PeopleConfig(AppConfig):
    name = "moothall.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .own_links import register_own_links
        from .rules.pack import load_part
        from .rules.saved_views import SavedViews

        register_store(SavedViews())
        register_own_links()
        declare("people.view", _("Look people up and see their records"))
        declare("people.edit", _("Add and correct people, organisations and contact points"))
        declare("people.merge", _("Merge and separate records of the same person"))
        declare("people.caution", _("Place and lift caution markers and protected addresses"))
        declare("people.administer", _("Manage accounts, roles and grants"))
        register_part("people", 10, load_part)
