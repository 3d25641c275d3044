from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class AppraisalConfig(AppConfig):
    name = "moothall.appraisal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import pack, sample

        register_part("appraisal", 63, pack.load_part)
        register_part("a year of appraisals", 113, sample.load_part, apart=True)
        add_item(Item(56, _("Appraisal"), "appraisal_cycles", "workforce.view", group="staff"))
        add_account_item(Item(6, _("My appraisal"), "my_appraisal", ""))
        add_account_item(Item(7, _("My development"), "my_development", ""))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_work_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming
        from moothall.workforce.beginnings import goes_with_a_start
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel, register_team_page
        from moothall.workforce.progress import register_progress

        from .beside import agreed_to_do, appraisals_on_record, to_see_to
        from .models import Appraisal, Cycle, InductionTask, Mentoring
        from .rules import called
        from .rules.progress import words_of_appraisals
        from .rules.wording import DECLARED, MENTORING, fields_of, fields_of_cycle, fields_of_mentoring

        register_progress(words_of_appraisals)
        one, cycle = Appraisal._meta.label_lower, Cycle._meta.label_lower
        register_team_page(30, _("My team’s appraisals"), "team_appraisals")
        declare_rows(Appraisal)
        goes_with_a_start(InductionTask, Q(done_at=None))
        register_record_panel(
            "appraisal", _("Appraisal"), "appraisal/parts/on_record.html", appraisals_on_record, order=50
        )
        register_work_panel("appraisal", "appraisal/parts/on_work.html", to_see_to, order=60)
        register_work_panel("agreed", "appraisal/parts/agreed.html", agreed_to_do, order=62)
        pair = Mentoring._meta.label_lower
        register_fields(pair, fields_of_mentoring, declared=MENTORING)
        visibility.register(pair, called.visible_mentoring_ids)
        naming.register(pair, called.name_mentoring, called.find_mentoring)
        register_fields(one, fields_of, declared=DECLARED)
        register_fields(cycle, fields_of_cycle, declared=())
        visibility.register(one, called.visible_ids)
        visibility.register(cycle, called.visible_cycle_ids)
        naming.register(one, called.name_appraisals, called.find_appraisals)
        naming.register(cycle, called.name_cycles, called.find_cycles)
