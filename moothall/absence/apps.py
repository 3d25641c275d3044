from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class AbsenceConfig(AppConfig):
    name = "moothall.absence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.cases.panels import register_work_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming
        from moothall.workforce.away import register_away
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel, register_team_page

        from . import beside
        from .models import Episode
        from .rules import called, pack, sample
        from .rules.wording import FIELDS
        from .rules.writing import fields_of

        declare("absence.record", _("Record absence and certificates, and others' leave"))
        register_part("absence", 62, pack.load_part)
        register_part("a year of absence", 110, sample.load_part, apart=True)
        add_item(Item(53, _("Absence"), "absence_list", "absence.record", key="g s", group="staff"))
        add_item(Item(68, _("Sick pay by service"), "sick_pay_scheme", "workforce.edit", group="staff"))
        register_team_page(10, _("Absence in my team"), "team_absence")
        declare_rows(Episode, lambda _on: Episode.objects.standing())
        register_record_panel(
            "absence", _("Absence"), "absence/parts/of_employment.html", beside.absences_of, order=20
        )
        register_work_panel("absence", "absence/parts/on_work.html", beside.to_see_to, order=50)
        register_away(beside.away_sick)
        register_fields(Episode._meta.label_lower, fields_of, declared=FIELDS)
        visibility.register(Episode._meta.label_lower, called.visible_absence_ids)
        naming.register(Episode._meta.label_lower, called.name_absences, called.find_absences)
