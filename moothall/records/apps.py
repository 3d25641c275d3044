from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import keep_the_book
from moothall.core.permissions import declare


class RecordsConfig(AppConfig):
    name = "moothall.records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules.audit import append_audit

        keep_the_book(append_audit)
        declare("records.audit", _("Read the audit of what was done and by whom"))
