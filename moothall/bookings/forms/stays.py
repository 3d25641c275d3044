"""What is asked to sell nights, to change a stay, and to give a room by hand."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import BedKind, Feature, Resource, Stay
from moothall.bookings.rules.nights import Nights
from moothall.core import fields
from moothall.people.models import Place

from .booking import place_name

STEP_FREE = ("step-free", _("No steps"))


class NightsForm(fields.Form):
    """Which kind, from when until when, and what is needed."""

    mark_optional = False
    kind = fields.ChoiceField(label=_("Which kind of bedroom?"), select=True)
    arrives_on = fields.DateField(label=_("Arrives on"))
    leaves_on = fields.DateField(label=_("Leaves on"))
    expected = fields.TimeField(
        label=_("When on the day they arrive?"), required=False,
        help_text=_("Late arrivals stand at the end of the list."),
    )  # fmt: skip
    needs = fields.MultiChoiceField(label=_("What they cannot do without"), required=False)
    corridor_for = fields.ChoiceField(
        label=_("Which corridor?"), choices=Stay.CORRIDORS, select=True, required=False
    )
    note = fields.TextField(
        label=_("What to know"), max_length=300, required=False,
        help_text=_("Such as an assistance dog, or a fridge for medicine."),
    )  # fmt: skip
    recharge_to = fields.TextField(label=_("Cost code that pays"), max_length=40, required=False)

    def __init__(self, *args: Any, has: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.kinds = {str(each.pk): each for each in BedKind.objects.offered(also=has)}
        self.field("kind").choices = [(key, each.name_in(language)) for key, each in self.kinds.items()]
        had = Feature.objects.filter(resources__bed_kind__isnull=False).distinct()
        self.field("needs").choices = [STEP_FREE, *((each.key, each.name_in(language)) for each in had)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, until = data.get("arrives_on"), data.get("leaves_on")
        if first and until and until <= first:
            self.add_error("leaves_on", _("They leave after the day they arrive."))
        return data

    def kind_chosen(self) -> BedKind:
        return self.kinds[self.cleaned_data["kind"]]

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("expected", "corridor_for", "note", "recharge_to")}


class SellForm(NightsForm):
    place = fields.ChoiceField(label=_("Where?"), select=True)
    guests = fields.TextArea(
        label=_("Who stays?"), rows=4, required=False,
        help_text=_("One name on each line; each has a bedroom."),
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("How many whose names come later?"), min_value=0, max_value=200, required=False
    )
    organisation = fields.TextField(label=_("From where?"), max_length=160, required=False)
    field_order = ("place", "kind", "arrives_on", "leaves_on", "guests", "number", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(each.pk): each for each in houses()}
        self.field("place").choices = [(key, place_name(each)) for key, each in self.places.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("guests", "").strip() or data.get("number")):
            self.add_error("guests", _("Say who stays, or how many."))
        return data

    def nights(self) -> Nights:
        data = self.cleaned_data
        return Nights(
            self.places[data["place"]], self.kind_chosen(), data["arrives_on"], data["leaves_on"],
            tuple(data["needs"]),
        )  # fmt: skip

    def named(self) -> list[str]:
        """The names, and an empty one for each who is named later."""
        data = self.cleaned_data
        names = [line.strip() for line in data["guests"].splitlines() if line.strip()]
        return [*names, *[""] * (data["number"] or 0)]


def houses() -> list[Place]:
    """Where bedrooms are sold by the night."""
    sold = Resource.objects.filter(bed_kind__isnull=False, retired_at=None)
    return list(Place.objects.filter(pk__in=sold.values("place_id")).order_by("name", "id"))


class ChangeStayForm(NightsForm):
    guest = fields.TextField(label=_("Who stays?"), max_length=160, required=False)
    organisation = fields.TextField(label=_("From where?"), max_length=160, required=False)
    beside = fields.ChoiceField(
        label=_("Whose room is to be next door?"), select=True, required=False,
        help_text=_("A carer, an interpreter."),
    )  # fmt: skip
    field_order = ("guest", "organisation", "kind", "arrives_on", "leaves_on")

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, has=stay.kind_id, **kwargs)
        near = Stay.objects.sleeping(stay.place, stay.arrives_on, stay.leaves_on).exclude(pk=stay.pk)
        self.others = {str(each.pk): each for each in near.exclude(guest="").order_by("guest", "pk")[:200]}
        self.field("beside").choices = [
            ("", _("Nobody's")),
            *((key, str(each)) for key, each in self.others.items()),
        ]

    @classmethod
    def of(cls, stay: Stay) -> dict[str, Any]:
        """As it stands."""
        names = (
            "guest", "organisation", "arrives_on", "leaves_on", "expected", "needs", "corridor_for", "note",
            "recharge_to",
        )  # fmt: skip
        given = {name: getattr(stay, name) for name in names}
        return given | {"kind": str(stay.kind_id), "beside": str(stay.beside_id or "")}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = {name: data[name] for name in ("guest", "organisation", "arrives_on", "leaves_on", "needs")}
        return found | self.details() | {
            "kind": self.kind_chosen(), "beside": self.others.get(data["beside"]),
        }  # fmt: skip


class GiveRoomForm(fields.Form):
    room = fields.ChoiceField(label=_("Which bedroom?"), select=True, required=False)
    promised = fields.TickField(
        label=_("It is promised: nobody who chooses rooms changes it"), required=False
    )
    reason = fields.TextField(label=_("Why?"), max_length=300, required=False)

    def __init__(self, *args: Any, stay: Stay, suiting: list[Resource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        rooms = list(Resource.objects.bedrooms(stay.place))
        free = {each.pk for each in suiting}
        self.rooms = {str(each.pk): each for each in rooms}
        self.field("room").choices = [
            ("", _("None: one is chosen later")),
            (_("Free, and has what is needed"), [
                (str(each.pk), described_bedroom(each, language)) for each in rooms if each.pk in free
            ]),
            (_("The others"), [
                (str(each.pk), described_bedroom(each, language)) for each in rooms if each.pk not in free
            ]),
        ]  # fmt: skip


def described_bedroom(room: Resource, language: str) -> str:
    parts = [room.name_in(language), room.bed_kind.name_in(language) if room.bed_kind else ""]
    return " · ".join(part for part in parts if part)


class NamesForm(fields.Form):
    """Who comes, where an event only said how many."""

    names = fields.TextArea(
        label=_("Who comes?"), rows=10, help_text=_("One name on each line, for beds that have no name yet.")
    )

    def listed(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


def day_given(text: str | None, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return otherwise
