"""What the office asks of everybody who signs in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.core import fields

DAYS = [(0, _("None")), (3, _("3 days")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))]
MINUTES = [(15, _("15 minutes")), (30, _("30 minutes")), (60, _("1 hour")), (120, _("2 hours"))]
HOURS = [(4, _("4 hours")), (8, _("8 hours")), (10, _("10 hours")), (12, _("12 hours"))]


class SignInRulesForm(fields.Form):
    everybody = fields.TickField(
        label=_("Everybody needs a second factor"),
        help_text=_("Otherwise only those whose role says so."),
        required=False,
    )
    grace_days = fields.ChoiceField(
        label=_("How long a new account may wait with it"), choices=DAYS, inline=True
    )
    idle_minutes = fields.ChoiceField(
        label=_("Sign out when nothing was done for"), choices=MINUTES, inline=True
    )
    longest_hours = fields.ChoiceField(
        label=_("Ask to sign in again after at most"), choices=HOURS, inline=True
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("grace_days", "idle_minutes", "longest_hours"):
            if given.get(name, "") != "":
                given[name] = int(given[name])
        return given
