"""Bodies and teams."""

from typing import Any, cast

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account, Team

from .persons import fetch_organisation, find_organisations

KINDS = [
    ("own", _("Our own body")),
    ("partner", _("Partner")),
    ("supplier", _("Supplier")),
    ("school", _("School")),
    ("public", _("Public body")),
    ("other", _("Other")),
]


class OrganisationForm(fields.Form):
    name = fields.TextField(label=_("Name"))
    name_cy = fields.TextField(label=_("Name in Welsh"), required=False)
    kind = fields.ChoiceField(label=_("What it is to us"), choices=KINDS, select=True)
    parent = fields.LookupField(label=_("Part of"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        lookup = cast(fields.LookupField, self.fields["parent"])
        lookup.connect(
            fetch=fetch_organisation, search=find_organisations, url=reverse_lazy("organisation_lookup")
        )
        held = (named.get("initial") or {}).get("kind")
        if held and held not in dict(KINDS):
            self.fields["kind"].choices = [*KINDS, (held, held)]  # type: ignore[attr-defined]


class TeamForm(fields.Form):
    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), required=False, max_length=120)
    email = fields.EmailField(label=_("Shared mail address"), required=False)
    lead = fields.ChoiceField(label=_("Team lead"), select=True, required=False)

    def __init__(self, *given: Any, team: Team | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        people = Account.objects.working_in(team.pk) if team else Account.objects.in_use()
        self.accounts = {str(account.pk): account for account in people.order_by("name", "id")[:500]}
        if team is not None and team.lead is not None:
            self.accounts.setdefault(str(team.lead_id), team.lead)
        choices = [("", _("Nobody")), *((key, str(account)) for key, account in self.accounts.items())]
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]

    def clean_lead(self) -> Account | None:
        return self.accounts.get(self.cleaned_data["lead"])


class GrantForm(fields.Form):
    """A role, for one team or the whole office, between two days."""

    role = fields.ChoiceField(label=_("Role"), select=True)
    team = fields.ChoiceField(label=_("For which team?"), select=True, required=False)
    started_on = fields.DateField(label=_("From"))
    ended_on = fields.DateField(
        label=_("Until"), required=False, help_text=_("The first day without the role; empty if it goes on")
    )

    def __init__(self, *given: Any, roles: dict[str, Any], teams: dict[str, Any], **named: Any) -> None:
        named["initial"] = {"started_on": today()} | (named.get("initial") or {})
        super().__init__(*given, **named)
        self.roles, self.teams = roles, teams
        self.fields["role"].choices = [(key, str(role)) for key, role in roles.items()]  # type: ignore[attr-defined]
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole office")),
            *((key, str(team)) for key, team in teams.items()),
        ]

    def clean_role(self) -> Any:
        return self.roles.get(self.cleaned_data["role"])

    def clean_team(self) -> Any:
        return self.teams.get(self.cleaned_data["team"])


class InvitationForm(GrantForm):
    """A colleague who gets an account."""

    email = fields.EmailField(label=_("Email address"), help_text=_("They sign in with it"))
    name = fields.TextField(label=_("Name"), max_length=160)
    language = fields.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("cy", "Cymraeg")], inline=True, initial="en"
    )
    field_order = ("name", "email", "role", "team", "language")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["started_on"], self.fields["ended_on"]


class AccountForm(fields.Form):
    name = fields.TextField(label=_("Name"), max_length=160)


class OfficeRoleForm(fields.Form):
    """A named set of permissions."""

    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), required=False, max_length=120)
    permissions = fields.MultiChoiceField(label=_("What it allows"), required=False)
    mfa_required = fields.TickField(
        label=_("Whoever holds it needs a second factor to sign in"), required=False
    )

    def __init__(self, *given: Any, permissions: list[tuple[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["permissions"].choices = permissions  # type: ignore[attr-defined]
