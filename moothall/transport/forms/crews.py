"""What is asked about crews: who is of them, and a week to be manned."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.credentials.models import CredentialKind
from moothall.transport.models import Depot, VehicleKind
from moothall.transport.models.crew import DRIVER, ROLES
from moothall.transport.rules.crew_weeks import SECONDS, monday_of
from moothall.workforce.models import Employment

WEEKS = 6
MOST_WAITING = 9


class CrewMemberForm(fields.Form):
    number = fields.TextField(
        label=_("Staff number"), max_length=20, help_text=_("As it stands on their staff record.")
    )
    depot = fields.ChoiceField(label=_("From which depot do they go out?"), select=True)
    roles = fields.MultiChoiceField(label=_("What do they do?"), choices=ROLES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.depots = {str(each.pk): each for each in Depot.objects.filter(closed_on=None).order_by("name")}
        self.field("depot").choices = [(key, each.name) for key, each in self.depots.items()]

    def clean_number(self) -> Employment:
        said = self.cleaned_data["number"].strip()
        found = Employment.objects.select_related("person").filter(number__iexact=said).first()
        if found is None:
            raise ValidationError(str(_("Nobody has this staff number.")))
        return found

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        data = self.cleaned_data
        return {
            "employment": data["number"], "depot": self.depots[data["depot"]],
            "drives": DRIVER in data["roles"], "escorts": set(data["roles"]) != {DRIVER},
        }  # fmt: skip


class CrewWeekForm(fields.Form):
    first_on = fields.ChoiceField(label=_("Which week?"), select=True)
    seconds = fields.ChoiceField(label=_("How long may it look for better?"), select=True)
    standby_drivers = forms.IntegerField(
        label=_("Drivers on stand-by at each depot, each half day"), min_value=0, max_value=MOST_WAITING
    )
    standby_escorts = forms.IntegerField(
        label=_("Escorts on stand-by at each depot, each half day"), min_value=0, max_value=MOST_WAITING
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mondays = [monday_of(today) + dt.timedelta(weeks=ahead) for ahead in range(WEEKS)]
        self.field("first_on").choices = [
            (day.isoformat(), f"{day:%d/%m/%Y} – {day + dt.timedelta(days=6):%d/%m/%Y}") for day in mondays
        ]
        self.field("seconds").choices = [
            (str(each), ngettext("%(count)s second", "%(count)s seconds", each) % {"count": each})
            for each in SECONDS
        ]

    def clean_first_on(self) -> dt.date:
        return dt.date.fromisoformat(self.cleaned_data["first_on"])

    def clean_seconds(self) -> int:
        return int(self.cleaned_data["seconds"])


class CrewNeedForm(fields.Form):
    role = fields.ChoiceField(label=_("Of whom is it asked?"), choices=ROLES)
    credential = fields.ChoiceField(label=_("What do they have to hold?"), select=True)
    kind = fields.ChoiceField(label=_("On which vehicles?"), select=True, required=False)
    with_wheelchair = fields.TickField(label=_("Only where somebody stays in a wheelchair"), required=False)
    from_on = fields.DateField(label=_("From which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.credentials = {str(each.pk): each for each in CredentialKind.objects.in_use()}
        self.kinds = {str(each.pk): each for each in VehicleKind.objects.order_by("name", "id")}
        self.field("credential").choices = [
            (key, each.name_in(language)) for key, each in self.credentials.items()
        ]
        named = [(key, each.name_in(language)) for key, each in self.kinds.items()]
        self.field("kind").choices = [("", _("Any")), *named]

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        data = self.cleaned_data
        kind = self.kinds.get(data.get("kind") or "")
        return data | {"credential": self.credentials[data["credential"]], "kind": kind}
