from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class TrainingConfig(AppConfig):
    name = "moothall.training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import pack, sample, sample_plan, sample_schedule

        declare("training.manage", _("Keep courses, sessions and places, and what teams can spare"))
        register_part("training", 60, pack.load_part)
        register_part("a year of training", 117, sample.load_part, apart=True)
        register_part("a schedule of training", 121, sample_schedule.load_part, apart=True)
        register_part("a plan of training", 122, sample_plan.load_part, apart=True)
        add_item(Item(55, _("Training"), "training_sessions", "training.manage", section="training"))
        add_account_item(Item(5, _("My training"), "my_training", ""))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_work_panel
        from moothall.cases.rules.digesting import tell_in_the_morning
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming
        from moothall.workforce.away import register_away
        from moothall.workforce.panels import register_record_panel

        from .models import Nomination, ScheduleVersion
        from .rules import called
        from .rules.showing import away_in_training, training_of_record
        from .rules.telling import to_decide, told_in_the_morning
        from .rules.wording import DECLARED, fields_of

        kind = Nomination._meta.label_lower
        register_away(away_in_training)
        register_record_panel(
            "training", _("Training"), "training/parts/on_record.html", training_of_record, order=42
        )
        register_work_panel("training", "training/parts/on_work.html", to_decide, order=32)
        tell_in_the_morning("training", told_in_the_morning)
        register_fields(kind, fields_of, declared=DECLARED)
        visibility.register(kind, called.visible_ids)
        naming.register(kind, called.name_places, called.find_places)
        version = ScheduleVersion._meta.label_lower
        visibility.register(version, called.visible_versions)
        naming.register(version, called.name_versions, called.find_versions)
