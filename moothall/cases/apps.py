from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.permissions import declare


class CasesConfig(AppConfig):
    name = "moothall.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        declare("cases.view", _("See the cases of one's teams"))
        declare("cases.work", _("Open, change and answer cases, and complete their steps"))
        declare("cases.assign", _("Assign cases to others and hand them to another team"))
        declare("cases.close", _("Close and reopen cases"))
        declare("cases.restrict", _("Restrict and seal cases, and say who may see them"))
        declare("cases.manage", _("See a whole team's work and what escalates"))
        declare("cases.services", _("Edit services, their steps and clocks"))
