"""What is asked to set up resources, and at the front desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import BedKind, Feature, Resource
from moothall.core import fields
from moothall.people.models import Account, Place, Team

from .booking import place_name
from .reserving import described


class ResourceForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is it?"), choices=Resource.KINDS, select=True)
    place = fields.ChoiceField(label=_("Place"), select=True)
    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=120, required=False)
    capacity = forms.IntegerField(
        label=_("How many it seats, carries or sleeps"), min_value=1, max_value=9999, initial=1
    )
    step_free = fields.TickField(label=_("Reached without steps"), required=False, initial=True)
    features = fields.MultiChoiceField(label=_("What it has"), required=False)
    account = fields.ChoiceField(
        label=_("Whose diary is it?"), select=True, required=False, help_text=_("For a person only.")
    )
    team = fields.ChoiceField(label=_("Who looks after it?"), select=True, required=False)
    asks_approval = fields.TickField(label=_("A booking waits until that team agrees"), required=False)
    for_appointments = fields.TickField(label=_("Appointments may take place in it"), required=False)
    setup_minutes = forms.IntegerField(
        label=_("Minutes to set up before"), min_value=0, max_value=1440, initial=0
    )
    cleardown_minutes = forms.IntegerField(
        label=_("Minutes to clear down after"), min_value=0, max_value=1440, initial=0
    )
    rate = fields.MoneyField(label=_("Recharged at, an hour or a night"), initial=0)
    notes = fields.TextField(label=_("How to find it and get in"), max_length=300, required=False)
    bed_kind = fields.ChoiceField(
        label=_("As which kind is the bedroom sold?"), select=True, required=False,
        help_text=_("Then nights are sold by kind, and the room is chosen in the week before arrival."),
    )  # fmt: skip
    corridor = fields.TextField(label=_("Corridor of the bedroom"), max_length=40, required=False)
    along = forms.IntegerField(
        label=_("Where along the corridor"), min_value=0, max_value=999, required=False
    )
    parts = fields.MultiChoiceField(
        label=_("The rooms into which a wall divides it"), required=False,
        help_text=_("Whoever takes the whole takes each of these."),
    )  # fmt: skip

    def __init__(self, *args: Any, resource: Resource | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, dict[str, Any]] = {
            "place": _by_key(Place.objects.order_by("name", "id")),
            "team": _by_key(Team.objects.order_by("name", "id")),
            "account": _by_key(Account.objects.in_use().order_by("name", "id")),
            "features": _by_key(Feature.objects.all()),
            "bed_kind": _by_key(BedKind.objects.all()),
            "parts": _by_key(_possible_parts(resource)),
        }
        self.field("place").choices = [(key, place_name(each)) for key, each in self.rows["place"].items()]
        self.field("features").choices = [(key, each.name) for key, each in self.rows["features"].items()]
        self.field("parts").choices = [(key, described(each)) for key, each in self.rows["parts"].items()]
        kinds = [(key, each.name) for key, each in self.rows["bed_kind"].items()]
        self.field("bed_kind").choices = [("", _("Not by the night")), *kinds]
        for name in ("team", "account"):
            chosen = [(key, str(each)) for key, each in self.rows[name].items()]
            self.field(name).choices = [("", _("Nobody")), *chosen]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("account") and data.get("kind") != Resource.PERSON:
            self.add_error("account", _("Only a person has a diary."))
        if data.get("bed_kind") and data.get("kind") != Resource.BED:
            self.add_error("bed_kind", _("Only a bedroom is sold by the night."))
        if data.get("asks_approval") and not data.get("team"):
            self.add_error("team", _("Say who agrees to its bookings."))
        return data

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["along"] = data["along"] or 0
        for name in ("place", "team", "account", "bed_kind"):
            data[name] = self.rows[name].get(data[name])
        for name in ("features", "parts"):
            data[name] = [self.rows[name][key] for key in data[name]]
        return data


def _by_key(rows: Any) -> dict[str, Any]:
    return {str(each.pk): each for each in rows}


def _possible_parts(resource: Resource | None) -> list[Resource]:
    """Other rooms of the same place."""
    if resource is None or resource.kind != Resource.ROOM:
        return []
    return list(Resource.objects.of_kind(Resource.ROOM).filter(place=resource.place).exclude(pk=resource.pk))


class VisitorForm(fields.Form):
    mark_optional = False
    name = fields.TextField(label=_("Who comes?"), max_length=160)
    organisation = fields.TextField(label=_("From where?"), max_length=160, required=False)
    on = fields.DateField(label=_("Which day?"))
    expected = fields.TimeField(label=_("When?"))
    host = fields.ChoiceField(label=_("Whom do they see?"), select=True, required=False)
    needs = fields.TextField(
        label=_("What do they need?"), max_length=300, required=False,
        help_text=_("Such as a parking space, or no stairs."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = _by_key(Account.objects.in_use().order_by("name", "id"))
        people = [(key, each.name) for key, each in self.hosts.items()]
        self.field("host").choices = [("", _("Nobody in particular")), *people]


class KeyForm(fields.Form):
    resource = fields.ChoiceField(label=_("Which key?"), select=True)
    to_whom = fields.TextField(label=_("To whom?"), max_length=160)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Resource.objects.in_use().filter(place=place).exclude(kind=Resource.PERSON)
        self.known = _by_key(rows.exclude(key_loans__isnull=False, key_loans__back_at=None))
        self.field("resource").choices = [(key, each.name) for key, each in self.known.items()]


class MessageForm(fields.Form):
    for_whom = fields.TextField(label=_("For whom?"), max_length=160)
    words = fields.TextField(label=_("What is the message?"), max_length=500)
