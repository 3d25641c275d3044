from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import keep_the_book
from moothall.core.navigation import Item, add_group, add_item
from moothall.core.notices import watch
from moothall.core.permissions import declare


class RecordsConfig(AppConfig):
    name = "moothall.records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .command import add_commands
        from .rules import naming
        from .rules.audit import append_audit, append_audit_each
        from .rules.standing import notice_of_standstill

        keep_the_book(append_audit, append_audit_each)
        naming.register("people.person", naming.name_persons, naming.find_persons)
        naming.register("people.account", naming.name_accounts, naming.find_accounts)
        add_group("audit", 95, _("Audit"))
        add_item(Item(90, _("Audit"), "audit", "records.audit", group="audit"))
        add_item(Item(91, _("Seals of the audit"), "seals", "records.audit", group="audit"))
        add_item(Item(92, _("Standstill"), "standstill", "people.administer", group="settings"))
        add_commands()
        watch(notice_of_standstill)
        declare("records.audit", _("Read the audit of what was done and by whom"))
