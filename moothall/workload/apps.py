from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_group, add_item
from moothall.core.packs import register_part

if TYPE_CHECKING:
    from moothall.cases.models import Case


class WorkloadConfig(AppConfig):
    name = "moothall.workload"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.cases.offering import Action, offer

        from .rules.pack import load_part

        add_item(Item(47, _("Workload"), "workload", "cases.manage", "workload", "g f", "workload"))
        add_group("workload", 47, _("Workload"))
        add_account_item(Item(5, _("My hours and leave"), "my_hours", ""))
        add_item(Item(48, _("Share out cases"), "sharing", "cases.assign", group="workload"))
        offer(Action(43, _("Suggest who takes it"), "suggest_worker", "cases.assign", offered=_nobodys))
        register_part("workload", 96, load_part)


def _nobodys(case: "Case") -> bool:
    return not case.is_closed and case.assignee_id is None
