from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class PersonnelConfig(AppConfig):
    name = "moothall.personnel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.cases.panels import register_case_panel, register_work_panel
        from moothall.workforce.away import register_away
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel

        from . import beside
        from .models import FamilyLeave, FlexibleRequest
        from .rules import pack, sample

        register_part("requests of staff", 61, pack.load_part)
        register_part("a year of requests of staff", 114, sample.load_part, apart=True)
        add_account_item(Item(7, _("My requests"), "my_requests", ""))
        add_item(
            Item(61, _("Requests of staff"), "staff_requests", "workforce.edit", key="g g", group="staff")
        )
        declare_rows(FlexibleRequest)
        declare_rows(FamilyLeave, lambda _on: FamilyLeave.objects.standing())
        register_record_panel(
            "requests", _("Requests and family leave"), "personnel/parts/on_record.html", beside.of_record,
            order=40,
        )  # fmt: skip
        register_work_panel("requests", "personnel/parts/on_work.html", beside.to_decide, order=35)
        register_case_panel(
            "request of staff", _("Request of staff"), "personnel/parts/on_case.html", beside.of_case, order=6
        )
        register_away(beside.away_for_family)
        self.hand_over_letters()

    def hand_over_letters(self) -> None:
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming

        from .rules import called
        from .rules.fields import PROVIDERS
        from .rules.wording import family, flexible, references, shared

        for model, declared in zip(
            PROVIDERS,
            (flexible.FIELDS, family.FIELDS, references.FIELDS, shared.FIELDS),
            strict=True,
        ):
            label = model._meta.label_lower
            register_fields(label, PROVIDERS[model], declared=declared)
            visibility.register(label, called.VISIBLE[model])
            naming.register(label, called.NAMES[model], called.FOUND[model])
