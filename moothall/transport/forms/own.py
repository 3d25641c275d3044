"""What is asked of a family, and of the desk about those from outside who sign in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account

from . import BACK, BOTH, FROM_DAY, THERE, UNTIL_DAY, WAYS, EntryForm


class NotTravellingForm(fields.Form):
    from_on = fields.DateField(label=_("From which day?"))
    until_on = fields.DateField(label=_("Until which day?"))
    which = fields.ChoiceField(label=_("Which way?"), choices=WAYS, initial=BOTH)
    because = fields.TextField(label=_("Why?"), max_length=200, help_text=_("Such as: ill, on holiday."))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", ValidationError(str(_("It would end before it begins."))))
        return data

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        which = given.pop("which")
        return given | {"there": which != BACK, "back": which != THERE}


class ContactForm(fields.Form):
    """Somebody who acts for a contractor."""

    person = fields.LookupField(label=_("Who is it?"), help_text=_("Type a name."))
    from_on = fields.DateField(label=FROM_DAY)
    until_on = fields.DateField(label=UNTIL_DAY, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_person_lookup(self.field("person"), by=account)


class CarerForm(EntryForm):
    """Somebody of a passenger's family, and what they may see."""

    person = fields.LookupField(label=_("Who is it?"), help_text=_("Type a name."))
    relationship = fields.TextField(label=_("What are they to the passenger?"), max_length=80, width=20)
    home = fields.ChoiceField(label=_("Of which home do they see the journeys?"), select=True, required=False)
    sees = fields.YesNo(
        label=_("May they see the journeys?"), initial="yes",
        help_text=_("No where a court or social services say that they have no contact."),
    )  # fmt: skip
    because = fields.TextField(label=_("If not, why?"), required=False, max_length=200)
    until_on = fields.DateField(label=UNTIL_DAY, required=False)

    def connect(self) -> None:
        connect_person_lookup(self.field("person"), by=self.account)
        rows = self.passenger.homes.filter(withdrawn_at=None).order_by("-is_main", "pk")
        self.homes = {str(each.pk): each for each in rows}
        every = [("", _("Of all homes")), *((key, each.name) for key, each in self.homes.items())]
        self.field("home").choices = every

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("sees") is False and not (data.get("because") or "").strip():
            self.add_error("because", ValidationError(str(_("Say why they may see nothing."))))
        return data

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"home": self.homes.get(given["home"]), "may_see": given.pop("sees")}
