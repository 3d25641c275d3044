"""What is asked about hire jobs: for whom, what, when, with what and for how much."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import LONDON
from moothall.transport.models import Depot, HireJob, Vehicle, VehicleKind

from .fleet import AmountField

MOST_PEOPLE, MOST_ESCORTS, MOST_MINUTES = 90, 9, 1440
COPIED = (
    "customer", "contact", "what", "from_place", "to_place", "day", "driving", "miles", "people",
    "in_wheelchairs", "escorts", "price",
)  # fmt: skip


class HireForm(fields.Form):
    """A job as somebody asks for it on the telephone."""

    customer = fields.TextField(label=_("Who asks for it?"), max_length=120)
    contact = fields.TextField(label=_("Whom do we speak to, and how?"), max_length=200, required=False)
    what = fields.TextField(
        label=_("What is it?"), max_length=200, help_text=_("For example: swimming gala, day out.")
    )
    day = fields.DateField(label=_("On which day?"))
    leaves = fields.TimeField(label=_("When does it leave the depot?"))
    back = fields.TimeField(label=_("When is it back there?"))
    from_place = fields.TextField(label=_("Where are they picked up?"), max_length=200)
    to_place = fields.TextField(label=_("Where do they go?"), max_length=200)
    miles = AmountField(label=_("How many miles, depot to depot?"))
    driving = forms.IntegerField(
        label=_("How many minutes at the wheel?"), min_value=1, max_value=MOST_MINUTES,
        help_text=_("Without waiting: hours of driving are counted by it."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_PEOPLE)
    in_wheelchairs = forms.IntegerField(
        label=_("How many of them stay in wheelchairs?"), min_value=0, max_value=MOST_PEOPLE
    )
    escorts = forms.IntegerField(label=_("How many escorts?"), min_value=0, max_value=MOST_ESCORTS)
    kind = fields.ChoiceField(label=_("Kind of vehicle"), select=True)
    depot = fields.ChoiceField(label=_("Depot"), select=True)
    price = fields.MoneyField(label=_("What do they pay?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        own = VehicleKind.objects.filter(vehicles__contractor=None, vehicles__gone_on=None).distinct()
        self.kinds = {str(each.pk): each for each in own}
        self.depots = {str(each.pk): each for each in Depot.objects.filter(closed_on=None).order_by("name")}
        self.field("kind").choices = [(key, each.name_in(language)) for key, each in self.kinds.items()]
        self.field("depot").choices = [(key, each.name) for key, each in self.depots.items()]

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        data = self.cleaned_data
        times = {"begins_at": data["leaves"], "ends_at": data["back"]}
        return {name: data[name] for name in COPIED} | {
            "kind": self.kinds[data["kind"]], "depot": self.depots[data["depot"]],
            **{name: dt.datetime.combine(data["day"], time, tzinfo=LONDON) for name, time in times.items()},
        }  # fmt: skip


def said_of(job: HireJob) -> dict[str, Any]:
    """The form as it stands for a job."""
    return {name: getattr(job, name) for name in COPIED} | {
        "leaves": job.leaves_at, "back": job.back_at, "kind": str(job.kind_id), "depot": str(job.depot_id),
    }  # fmt: skip


class WhyForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=200)


class HireInvoiceForm(fields.Form):
    number = fields.TextField(label=_("Number of the invoice"), max_length=40, width=20)


class HireVehicleForm(fields.Form):
    """Offered are vehicles that fit, can go that day, and go with nothing else then."""

    vehicle = fields.ChoiceField(label=_("Which vehicle?"))

    def __init__(self, *args: Any, offers: Sequence[Vehicle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vehicles = {str(each.pk): each for each in offers}
        field, language = self.field("vehicle"), get_language() or "en"
        field.choices = [(key, str(each)) for key, each in self.vehicles.items()]
        field.choice_hints = {
            key: f"{each.kind.name_in(language)}, {each.depot}" for key, each in self.vehicles.items()
        }

    def entry(self) -> Vehicle:
        return self.vehicles[self.cleaned_data["vehicle"]]
