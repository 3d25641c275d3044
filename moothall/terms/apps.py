from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.packs import register_part


class TermsConfig(AppConfig):
    name = "moothall.terms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel, register_team_page
        from moothall.workforce.probation import register_probation

        from . import beside
        from .models import Increment, Placement, Term
        from .rules import called, increment_letters, pack, sample
        from .rules.wording import DECLARED, fields_of

        kind = Term._meta.label_lower
        register_probation(beside.is_in_probation)
        register_part("what falls due", 64, pack.load_part)
        register_part("sample pay points and what falls due", 119, sample.load_part, apart=True)
        add_item(Item(60, _("Falling due"), "falling_due", "workforce.view", group="staff"))
        add_item(Item(66, _("Increments"), "increment_runs", "workforce.private", group="staff"))
        register_team_page(40, _("Falling due in my team"), "team_falling_due")
        declare_rows(Term, lambda _on: Term.objects.standing())
        declare_rows(Placement, lambda on: Placement.objects.in_force(on))
        register_record_panel("pay", _("Pay"), "terms/parts/pay_on_record.html", beside.pay_of, order=45)
        register_record_panel(
            "terms", _("What falls due"), "terms/parts/on_record.html", beside.terms_of, order=50
        )
        register_fields(kind, fields_of, declared=DECLARED)
        visibility.register(kind, called.visible_term_ids)
        naming.register(kind, called.name_terms, called.find_terms)
        pay = Increment._meta.label_lower
        register_fields(pay, increment_letters.fields_of, declared=increment_letters.DECLARED)
        visibility.register(pay, increment_letters.visible_increment_ids)
        naming.register(pay, increment_letters.name_increments, increment_letters.find_increments)
