from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.permissions import declare


class WorkforceConfig(AppConfig):
    name = "moothall.workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.people.person_links import register_person_link

        from .models import Employment

        declare("workforce.view", _("See staff records"))
        declare("workforce.edit", _("Keep staff records: starters, movers, leavers and what they hold"))
        declare("workforce.private", _("See what is private on staff records, such as next of kin"))
        register_person_link(Employment, "person")
