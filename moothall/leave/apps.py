from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class LeaveConfig(AppConfig):
    name = "moothall.leave"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import sample
        from .rules.pack import load_part

        add_account_item(Item(4, _("Leave"), "my_leave", "", section="leave", key="g v"))
        register_part("leave", 46, load_part)
        register_part("a year of leave", 112, sample.load_part, apart=True)
        add_item(Item(67, _("Leave for payroll"), "leave_payroll", "workforce.edit", group="staff"))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_work_panel
        from moothall.cases.rules.digesting import tell_in_the_morning
        from moothall.letters.rules import visibility
        from moothall.records.rules import naming
        from moothall.workforce.away import register_away
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel, register_team_page

        from .models import LeaveDay, LeaveEntry, LeaveRequest
        from .rules import called
        from .rules.showing import away_on_leave, leave_of_record
        from .rules.telling import to_decide, told_in_the_morning

        register_away(away_on_leave)
        register_team_page(20, _("Leave to decide"), "leave_to_decide")
        declare_rows(LeaveRequest, lambda on: LeaveRequest.objects.standing().filter(until_on__gte=on))
        declare_rows(LeaveEntry, lambda _on: LeaveEntry.objects.standing())
        declare_rows(LeaveDay, lambda _on: LeaveDay.objects.counted())
        register_record_panel("leave", _("Leave"), "leave/parts/record_panel.html", leave_of_record, order=30)
        register_work_panel("leave", "leave/parts/to_decide.html", to_decide, order=30)
        tell_in_the_morning("leave", told_in_the_morning)
        visibility.register("leave.leaverequest", called.visible_ids)
        naming.register("leave.leaverequest", called.name_requests, called.find_requests)
