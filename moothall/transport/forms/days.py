"""What is asked about single journeys, and about when schools and centres open."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import LONDON, today
from moothall.people.models import Account
from moothall.transport.models import Closure, How

from . import WORKING, HowForm


class SettleForm(HowForm):
    """How one journey is made, for that day alone."""

    because = fields.TextField(
        label=_("Why?"), required=False, max_length=200, help_text=_("Needed where it is cancelled.")
    )
    owner = fields.ChoiceField(label=_("Who sees to it?"), select=True, required=False)
    deadline_on = fields.DateField(label=_("By which day?"), required=False)
    deadline_time = fields.TimeField(label=_("By what time?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("how").choices = How.HOWS
        rows = Account.objects.who_may("transport.use", on=today()).order_by("name", "id")
        self.owners = {str(each.pk): each for each in rows}
        named = [(key, each.name) for key, each in self.owners.items()]
        self.field("owner").choices = [("", _("Choose one")), *named]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        how = data.get("how")
        if how == How.CANCELLED and not (data.get("because") or "").strip():
            self.add_error("because", ValidationError(str(_("Say why it is cancelled."))))
        if how == How.UNRESOLVED:
            for name in ("owner", "deadline_on"):
                if not data.get(name):
                    self.add_error(name, ValidationError(str(_("An unresolved journey needs this."))))
        return data

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        given = dict(self.cleaned_data)
        owner, day, time = given.pop("owner"), given.pop("deadline_on"), given.pop("deadline_time")
        if given["how"] != How.UNRESOLVED:
            return given
        at = dt.datetime.combine(day, time or dt.time(16), tzinfo=LONDON)
        return given | {"owner": self.owners[owner], "deadline_at": at}


class BellForm(fields.Form):
    session = fields.ChoiceField(
        label=_("Which session?"),
        choices=[("day", _("The whole day")), ("morning", _("Morning")), ("afternoon", _("Afternoon"))],
    )
    weekdays = fields.MultiChoiceField(label=_("On which days?"), choices=WORKING)
    begins = fields.TimeField(label=_("It begins at"))
    ends = fields.TimeField(label=_("It ends at"))
    from_on = fields.DateField(label=_("From which day?"))

    def clean_weekdays(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["weekdays"]]


class ClosureForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is it?"), choices=Closure.KINDS)
    first_on = fields.DateField(label=_("First day"))
    last_on = fields.DateField(label=_("Last day"))
    closes_at = fields.TimeField(label=_("It closes at"), required=False)
    because = fields.TextField(label=_("Why?"), max_length=200)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") == Closure.EARLY and not data.get("closes_at"):
            self.add_error("closes_at", ValidationError(str(_("Say when it closes."))))
        return data
