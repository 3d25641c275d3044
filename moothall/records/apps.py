from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.permissions import declare


class RecordsConfig(AppConfig):
    name = "moothall.records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        declare("records.audit", _("Read the audit of what was done and by whom"))
