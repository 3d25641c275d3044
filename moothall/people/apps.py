from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.permissions import declare


class PeopleConfig(AppConfig):
    name = "moothall.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        declare("people.view", _("Look people up and see their records"))
        declare("people.edit", _("Add and correct people, organisations and contact points"))
        declare("people.merge", _("Merge and separate records of the same person"))
        declare("people.caution", _("Place and lift caution markers and protected addresses"))
        declare("people.administer", _("Manage accounts, roles and grants"))
