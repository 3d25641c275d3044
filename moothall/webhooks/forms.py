"""Which hosts may be told, and which address is told of what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.core import fields

VERBS = [
    ("open", _("A case is opened")),
    ("close", _("A case is closed")),
    ("reopen", _("A case is opened again")),
    ("assign", _("Somebody is given a case")),
    ("hand_over", _("A case goes to another team")),
    ("hold", _("A case waits")),
    ("resume", _("A case no longer waits")),
    ("merge", _("Two cases become one")),
    ("prioritise", _("A priority is changed")),
    ("undo", _("A change is taken back")),
]


class HostForm(fields.Form):
    host = fields.TextField(label=_("Host"), help_text=_("Such as hooks.example.com"), max_length=253)
    reason = fields.TextField(label=_("Why it may be told"), max_length=200)


class EndpointForm(fields.Form):
    name = fields.TextField(label=_("What the system is called"), max_length=80)
    url = fields.TextField(
        label=_("Address"),
        help_text=_("It begins with https:// and is on a host that is allowed."),
        max_length=500,
    )
    verbs = fields.MultiChoiceField(
        label=_("Of what it is told"),
        help_text=_("None chosen: of everything."),
        choices=VERBS,
        required=False,
    )
    services = fields.MultiChoiceField(
        label=_("For which services"), help_text=_("None chosen: for all."), required=False
    )
    teams = fields.MultiChoiceField(
        label=_("For which teams"), help_text=_("None chosen: for all."), required=False
    )

    def __init__(self, *given: Any, services: dict[str, Any], teams: dict[str, Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self.known = {"services": services, "teams": teams}
        for name, rows in self.known.items():
            self.fields[name].choices = [(key, str(row)) for key, row in rows.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, rows in self.known.items():
            found[name] = [rows[key] for key in found.get(name, [])]
        return found


class PauseForm(fields.Form):
    because = fields.TextField(label=_("Why it is paused"), max_length=200)
