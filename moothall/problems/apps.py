from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.permissions import declare


class ProblemsConfig(AppConfig):
    name = "moothall.problems"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        declare("problems.manage", _("Make problems of cases that share a cause"))
        add_item(Item(47, _("Problems"), "problem_list", "cases.view", "problems", "g z", "enquiries"))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.offering import Action, offer, offer_in_bulk
        from moothall.cases.panels import register_case_panel
        from moothall.cases.rules.corresponding import register_words
        from moothall.core.lists import BulkAction
        from moothall.letters.rules import visibility
        from moothall.records.rules import naming

        from .beside import problems_of, workaround_of
        from .models import Problem
        from .rules import called

        kind = Problem._meta.label_lower
        offer(Action(82, _("Part of a problem"), "link_to_problem", "cases.work", offered=lambda _case: True))
        offer_in_bulk(
            BulkAction(
                "problem",
                _("Part of a problem"),
                permission="problems.manage",
                url_name="link_many_to_problem",
            )
        )
        register_case_panel("problem", _("Known problem"), "problems/parts/panel.html", problems_of, order=10)
        register_words("problem", workaround_of)
        visibility.register(kind, called.visible_problem_ids)
        naming.register(kind, called.name_problems, called.find_problems)
