"""What is asked to keep kinds of bedroom, and to add a corridor of bedrooms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import BedKind
from moothall.bookings.rules.bed_kinds import LEVELS, MOST_AT_ONCE, Corridor, free_levels
from moothall.core import fields
from moothall.people.models import Place

from .booking import place_name


class BedKindForm(fields.Form):
    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=120, required=False)
    rate = fields.MoneyField(label=_("What a night costs"), initial=0)
    level = fields.ChoiceField(
        label=_("Where in the order?"), select=True,
        help_text=_("Whoever was sold a plainer kind may be given a better room, never the reverse."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: BedKind | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        if kind is not None:
            del self.fields["level"]
            return
        there = {each.level: each.name for each in BedKind.objects.all()}
        self.field("level").choices = [(str(level), _place(level, there)) for level in free_levels()]

    def clean_level(self) -> int:
        return int(self.cleaned_data["level"])


def _place(level: int, there: dict[int, str]) -> str:
    """Between which of the others."""
    below = max((each for each in there if each < level), default=None)
    above = min((each for each in there if each > level), default=None)
    said = {"number": level + 1, "all": LEVELS}
    if below is None and above is None:
        return str(_("%(number)s of %(all)s") % said)
    if below is None:
        return str(_("%(number)s of %(all)s, plainer than %(above)s") % (said | {"above": there[above or 0]}))
    if above is None:
        return str(_("%(number)s of %(all)s, better than %(below)s") % (said | {"below": there[below]}))
    words = _("%(number)s of %(all)s, between %(below)s and %(above)s")
    return str(words % (said | {"below": there[below], "above": there[above]}))


class CorridorForm(fields.Form):
    """So many bedrooms of one kind, numbered."""

    mark_optional = False
    place = fields.ChoiceField(label=_("Place"), select=True)
    corridor = fields.TextField(
        label=_("Corridor of the bedrooms"), max_length=40, required=False,
        help_text=_("People who asked for it are kept next door along one corridor."),
    )  # fmt: skip
    before_number = fields.TextField(label=_("What stands before the number"), max_length=60, required=False)
    before_number_cy = fields.TextField(label=_("The same in Welsh"), max_length=60, required=False)
    first = forms.IntegerField(label=_("The first number"), min_value=1, max_value=9000, initial=1)
    count = forms.IntegerField(label=_("How many bedrooms?"), min_value=1, max_value=MOST_AT_ONCE, initial=10)
    step_free = fields.TickField(label=_("Reached without steps"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.places = {str(each.pk): each for each in Place.objects.order_by("name", "id")}
        self.field("place").choices = [(key, place_name(each)) for key, each in self.places.items()]

    def content(self) -> Corridor:
        data = self.cleaned_data
        return Corridor(
            self.places[data["place"]], data["corridor"], data["before_number"], data["before_number_cy"],
            data["first"], data["count"], step_free=data["step_free"],
        )  # fmt: skip
