from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.packs import register_part


class ReportsConfig(AppConfig):
    name = "moothall.reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.records.rules import naming

        from .models import Finding, MonthClosing, QualityRule
        from .rules import called, pack

        register_part("data quality", 68, pack.load_part)
        register_part("month-end figures", 190, pack.load_sample, apart=True)
        add_item(Item(70, _("Figures"), "figures", "workforce.view", "figures", group="staff"))
        naming.register(MonthClosing._meta.label_lower, called.name_closings, called.find_closings)
        naming.register(Finding._meta.label_lower, called.name_findings, called.find_findings)
        naming.register(QualityRule._meta.label_lower, called.name_rules, called.find_rules)
