"""What is asked about the vehicle of a run of a day."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.transport.models import Vehicle
from moothall.transport.rules.swapping import Offer


class RunVehicleForm(fields.Form):
    """Chosen are vehicles that can go; of the others the page says why not."""

    vehicle = fields.ChoiceField(label=_("Which vehicle?"))
    onward = fields.TickField(label=_("From this day on, wherever it can"), required=False)

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        can = [each for each in offers if not each.why]
        self.vehicles = {str(each.vehicle.pk): each.vehicle for each in can}
        field = self.field("vehicle")
        field.choices = [(key, str(each)) for key, each in self.vehicles.items()]
        field.choice_hints = {str(each.vehicle.pk): _hint(each) for each in can}

    def entry(self) -> tuple[Vehicle, bool]:
        """What the rule is given."""
        return self.vehicles[self.cleaned_data["vehicle"]], self.cleaned_data["onward"]


def _hint(offer: Offer) -> str:
    """Its kind and where it stands; and whose run it would swap with."""
    parts = [offer.vehicle.kind.name_in(get_language() or "en"), str(offer.vehicle.depot)]
    if offer.swaps is not None:
        parts.append(say("swaps with run %(run)s") % {"run": offer.swaps.run.called})
    return ", ".join(parts)
