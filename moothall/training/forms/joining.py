"""What a session takes on its days, and what those who come need."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import BedKind, Resource
from moothall.core import fields
from moothall.people.models import Place

from . import NOTHING, named_choices, whole


class RoomsForm(fields.Form):
    """What a session takes on all its days, of what is free on all of them."""

    rooms = fields.MultiChoiceField(label=_("Rooms"), required=False)
    things = fields.MultiChoiceField(label=_("Equipment and vehicles"), required=False)

    def __init__(
        self, *args: Any, rooms: list[Resource], things: list[Resource], several_sites: bool, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.offered = {str(each.pk): each for each in (*rooms, *things)}
        for name, offered in (("rooms", rooms), ("things", things)):
            field = self.field(name)
            field.choices = [(str(each.pk), _said(each, several_sites)) for each in offered]
            field.choice_hints = {str(each.pk): _has(each) for each in offered}
            if not offered:
                del self.fields[name]

    def chosen(self) -> list[Resource]:
        data = self.cleaned_data
        return [self.offered[key] for key in (*data.get("rooms", ()), *data.get("things", ()))]


def _said(resource: Resource, several_sites: bool) -> str:
    language = get_language() or "en"
    parts = [resource.name_in(language), str(resource.capacity) if resource.kind == Resource.ROOM else ""]
    if several_sites:
        place = resource.place
        parts.append((place.name_cy if language == "cy" else "") or place.name)
    return " · ".join(part for part in parts if part)


def _has(resource: Resource) -> str:
    """What it has, and whether one gets in without steps."""
    words = [each.name_in(get_language() or "en") for each in resource.features.all()]
    if resource.kind == Resource.ROOM:
        words.insert(0, str(_("step-free")) if resource.step_free else str(_("steps to get in")))
    return ", ".join(words)


class BedsForm(fields.Form):
    """How many beds go with a session, and where."""

    number = fields.TextField(
        label=_("How many bedrooms?"), width=3, max_length=3,
        help_text=_("0 gives them up. Those who come have theirs in their turn, in their own names."),
    )  # fmt: skip
    place = fields.ChoiceField(label=_("At which site?"), select=True, required=False)
    kind = fields.ChoiceField(label=_("Of which kind?"), select=True, required=False)
    evening_before = fields.TickField(label=_("They arrive the evening before"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        sites = Place.objects.filter(resources__bed_kind__isnull=False, resources__retired_at=None)
        self.places = {str(each.pk): each for each in sites.distinct().order_by("name", "pk")}
        self.kinds = {str(each.pk): each for each in BedKind.objects.in_use()}
        language = get_language() or "en"
        names = [
            (key, (each.name_cy if language == "cy" else "") or each.name)
            for key, each in self.places.items()
        ]
        self.field("place").choices = [*NOTHING, *names]
        self.field("kind").choices = NOTHING + named_choices(self.kinds.values())

    def clean_number(self) -> int | None:
        return whole(self.cleaned_data["number"], least=0, most=200)

    def clean_place(self) -> Place | None:
        return self.places.get(self.cleaned_data["place"])

    def clean_kind(self) -> BedKind | None:
        return self.kinds.get(self.cleaned_data["kind"])


class NeedsForm(fields.Form):
    needs = fields.TextArea(
        label=_("What do you need to take part?"), required=False, rows=3, max_length=300,
        help_text=_(
            "Such as step-free access, a hearing loop, an interpreter, large print or a particular diet. "
            "Those who arrange and teach the session read it, and nobody else."
        ),
    )  # fmt: skip
