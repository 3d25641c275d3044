"""What is asked about an application: who asks, the facts, the decision, an appeal."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account
from moothall.transport.finding import connect_passenger_lookup
from moothall.transport.models import Centre, Decision, Entitlement
from moothall.transport.models.eligibility import FACTS, PHASES
from moothall.transport.models.passenger import NATIONS


class CentreChoice(fields.Form):
    """A form in which a school or centre is chosen."""

    centre = fields.ChoiceField(label=_("Which school or centre?"), select=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.centres = {str(each.pk): each for each in Centre.objects.filter(closed_on=None)}
        named = sorted((each.name_in(language), key) for key, each in self.centres.items())
        self.field("centre").choices = [("", _("Choose one")), *((key, name) for name, key in named)]

    def clean_centre(self) -> Centre:
        return self.centres[self.cleaned_data["centre"]]


class ApplicationForm(CentreChoice):
    requester = fields.LookupField(
        label=_("Who asks?"), help_text=_("Type a name. They have to be on record.")
    )
    name = fields.TextField(label=_("Who is to travel?"), max_length=250)
    born_on = fields.DateField(label=_("When were they born?"), parts=True)
    starts_on = fields.DateField(label=_("From which day do they need help?"))
    passenger = fields.LookupField(
        label=_("If they travel with us already: which passenger?"), required=False
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_person_lookup(self.field("requester"), by=account)
        connect_passenger_lookup(self.field("passenger"), by=account)
        self.order_fields(["requester", "name", "born_on", "centre", "starts_on", "passenger"])


class FactsForm(CentreChoice):
    nation = fields.ChoiceField(label=_("Which nation do they live in?"), choices=NATIONS, inline=True)
    phase = fields.ChoiceField(label=_("Of which phase?"), choices=PHASES, inline=True)
    born_on = fields.DateField(label=_("When were they born?"), parts=True)
    on = fields.DateField(label=_("First day of travel"), help_text=_("The rules of that day count."))
    passenger = fields.LookupField(
        label=_("If they travel with us already: which passenger?"), required=False,
        help_text=_("Without a distance of your own it is then measured from their home."),
    )  # fmt: skip
    miles = fields.TextField(
        label=_("Distance on foot, in miles"), required=False, max_length=6, width=5,
        help_text=_("As you measured it. Empty: from the home on record, as the crow flies, times 1.35."),
    )  # fmt: skip
    facts = fields.MultiChoiceField(label=_("Which of these are so?"), choices=FACTS, required=False)
    evidence = fields.TextArea(label=_("What shows it?"), required=False, max_length=2000)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_passenger_lookup(self.field("passenger"), by=account)
        self.order_fields(["nation", "phase", "born_on", "centre", "on", "passenger", "miles"])

    def clean_miles(self) -> Decimal | None:
        said = self.cleaned_data["miles"].strip()
        if not said:
            return None
        try:
            found = Decimal(said)
        except InvalidOperation as wrong:
            raise ValidationError(str(_("Enter miles as a number, such as 2.35."))) from wrong
        if not found.is_finite() or not 0 <= found <= 500:
            raise ValidationError(str(_("Enter miles as a number, such as 2.35.")))
        return found.quantize(Decimal("0.01"))


class DecisionForm(fields.Form):
    outcome = fields.ChoiceField(label=_("What is decided?"), choices=Decision.OUTCOMES)
    because = fields.TextArea(
        label=_("Why?"), max_length=4000,
        help_text=_("Whoever asked reads these words, in the language in which they asked."),
    )  # fmt: skip
    way = fields.ChoiceField(
        label=_("If agreed: how are they helped?"), choices=Entitlement.WAYS, required=False
    )
    amount = fields.MoneyField(label=_("Pounds a year, for a budget or mileage"), required=False)
    until_on = fields.DateField(
        label=_("Last day, if it ends"), required=False,
        help_text=_("Filled in where they grow out of the rule: the end of that school year."),
    )  # fmt: skip
    review_on = fields.DateField(label=_("Looked at again by"), required=False)
    discretion = fields.TickField(
        label=_("No rule entitles them; it is agreed at our discretion"), required=False
    )

    def clean_way(self) -> str:
        return str(self.cleaned_data["way"] or Entitlement.TRANSPORT)


class AppealForm(fields.Form):
    received_on = fields.DateField(label=_("When did the appeal arrive?"))
    grounds = fields.TextArea(label=_("Why do they think the decision is wrong?"), max_length=4000)
    late_because = fields.TextField(
        label=_("If it is late: why is it accepted?"), required=False, max_length=300
    )
