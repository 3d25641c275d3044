from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class ConductConfig(AppConfig):
    name = "moothall.conduct"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.cases.panels import register_case_panel
        from moothall.cases.rules.following import follow
        from moothall.letters.rules.fields import add_fields
        from moothall.workforce.away import register_away
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel
        from moothall.workforce.progress import register_progress

        from . import beside
        from .models import Matter
        from .rules import measure_letters, pack, sample
        from .rules.opening import refuse_whom_it_is_about
        from .rules.wording import FIELDS

        declare(
            "conduct.work", _("Deal with conduct, grievance and capability of employees where one is named")
        )
        register_part("employee casework", 67, pack.load_part)
        register_part("a year of employee casework", 115, sample.load_part, apart=True)
        register_away(beside.away_suspended)
        register_progress(beside.warnings_on)
        add_item(Item(62, _("Employee casework"), "matter_board", "conduct.work", key="g u", group="staff"))
        add_account_item(Item(26, _("Letters and meetings about my work"), "my_matters", ""))
        add_fields("cases.case", lambda _case, _language: {}, declared=(*FIELDS, *measure_letters.FIELDS))
        follow("restrict", refuse_whom_it_is_about)
        register_case_panel(
            "matter", _("Employee casework"), "conduct/parts/case_panel.html", beside.matter_of_case, order=5
        )
        declare_rows(Matter)
        register_record_panel(
            "matters", _("Employee casework"), "conduct/parts/record_panel.html", beside.matters_of_record,
            order=90,
        )  # fmt: skip
