"""What is asked about vehicles: which there are, when one is off the road, what a kind costs."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.transport.models import Contractor, Depot, PlanningFigure, Vehicle, VehicleKind


def _named(rows: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), str(each)) for each in rows]


class _OfKind(fields.Form):
    """Asks for a kind of vehicle, and perhaps a contractor."""

    kind = fields.ChoiceField(label=_("Kind of vehicle"), select=True)
    contractor = fields.ChoiceField(label=_("Contractor"), select=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.kinds = {str(each.pk): each for each in VehicleKind.objects.all()}
        self.contractors = {str(each.pk): each for each in Contractor.objects.working(today())}
        self.field("kind").choices = [(key, each.name_in(language)) for key, each in self.kinds.items()]
        own = [("", _("None: our own")), *_named(self.contractors.values())]
        self.field("contractor").choices = own

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        given = dict(self.cleaned_data)
        given["kind"] = self.kinds[given["kind"]]
        given["contractor"] = self.contractors.get(given["contractor"])
        return given


class VehicleForm(_OfKind):
    registration = fields.TextField(label=_("Registration"), max_length=12, width=10)
    depot = fields.ChoiceField(label=_("Depot"), select=True, required=False)
    fuel = fields.ChoiceField(label=_("Fuel"), choices=Vehicle.FUELS, inline=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.depots = {str(each.pk): each for each in Depot.objects.filter(closed_on=None)}
        none = [("", _("None: a contractor’s")), *_named(self.depots.values())]
        self.field("depot").choices = none
        self.order_fields(["registration", "kind", "depot", "contractor", "fuel"])

    def entry(self) -> dict[str, Any]:
        given = super().entry()
        return given | {"depot": self.depots.get(given["depot"])}


class OffRoadForm(fields.Form):
    from_on = fields.DateField(label=_("From which day?"))
    until_on = fields.DateField(label=_("Until which day, if it ends?"), required=False)
    because = fields.TextField(label=_("Why?"), max_length=200)


class PriceForm(_OfKind):
    a_run = fields.MoneyField(label=_("For going out once, with the driver"))
    an_hour = fields.MoneyField(label=_("An hour on the road"))
    a_mile = fields.MoneyField(label=_("A mile"))
    from_on = fields.DateField(label=_("From which day?"))
    source = fields.TextField(label=_("Who says so?"), max_length=300)


class AmountField(fields.MoneyField):
    """A number of pounds, minutes or anything else."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.widget.govuk = {"spellcheck": False}


class FigureForm(fields.Form):
    key = fields.ChoiceField(label=_("Which figure?"), choices=PlanningFigure.KEYS, select=True)
    amount = AmountField(label=_("How much or how many?"))
    from_on = fields.DateField(label=_("From which day?"))
    source = fields.TextField(label=_("Who says so?"), max_length=300)
