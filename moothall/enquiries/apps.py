from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.permissions import declare


class EnquiriesConfig(AppConfig):
    name = "moothall.enquiries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        declare("enquiries.log", _("Log calls and visitors, and triage what comes in"))
        declare("enquiries.import", _("Import mail from files"))
        declare("enquiries.quarantine", _("Settle messages that could not be read"))
