"""What is asked to set up rooms, opening hours, closures and kinds of appointment."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import AppointmentKind, Resource
from moothall.bookings.rules.setting import Hours
from moothall.cases.models import Service
from moothall.cases.visiting import named
from moothall.core import fields
from moothall.people.barring import activities
from moothall.people.models import Account, Place, Team

from .booking import place_name


class PlaceForm(fields.Form):
    name = fields.TextField(label=_("Name"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160, required=False)
    address = fields.TextArea(label=_("Address"), rows=3, required=False)


class RoomForm(fields.Form):
    place = fields.ChoiceField(label=_("Place"), select=True)
    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=120, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=999, initial=3)
    step_free = fields.TickField(label=_("Reached without steps"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(each.pk): each for each in Place.objects.order_by("name", "id")}
        self.field("place").choices = [(key, place_name(each)) for key, each in self.places.items()]

    def clean_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]


class KindForm(fields.Form):
    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=120, required=False)
    team = fields.ChoiceField(label=_("Team"), select=True)
    how = fields.ChoiceField(label=_("How?"), choices=AppointmentKind.HOWS, initial="ROOM", inline=True)
    minutes = forms.IntegerField(label=_("Minutes it takes"), min_value=5, max_value=480, initial=30)
    buffer_minutes = forms.IntegerField(
        label=_("Minutes kept free afterwards"), min_value=0, max_value=240, initial=0
    )
    every_minutes = forms.IntegerField(
        label=_("It may begin every so many minutes"), min_value=5, max_value=240, initial=30
    )
    takers = fields.MultiChoiceField(
        label=_("Who may take it"), required=False, help_text=_("With nobody ticked, everybody in its team.")
    )
    welsh_needed = fields.TickField(label=_("Only those who work in Welsh take it"), required=False)
    needs = fields.ChoiceField(
        label=_("What must they be allowed to do?"), select=True, required=False,
        help_text=_("Somebody whose credential for it has run out is not offered."),
    )  # fmt: skip
    services = fields.MultiChoiceField(label=_("For which services"), required=False)
    bring = fields.TextArea(label=_("What to bring, said in the letter"), rows=2, required=False)
    bring_cy = fields.TextArea(label=_("The same in Welsh"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(each.pk): each for each in Team.objects.order_by("name")}
        self.people = {str(each.pk): each for each in Account.objects.filter(is_active=True).order_by("name")}
        self.offered = {str(each.pk): each for each in Service.objects.filter(retired_at=None)}
        self.field("team").choices = named(self.teams)
        self.field("takers").choices = [(key, each.name) for key, each in self.people.items()]
        self.field("services").choices = named(self.offered)
        offered = [(each.key, each.name) for each in activities()]
        self.field("needs").choices = [("", _("Nothing in particular")), *offered]

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean_takers(self) -> list[Account]:
        return [self.people[key] for key in self.cleaned_data["takers"]]

    def clean_services(self) -> list[Service]:
        return [self.offered[key] for key in self.cleaned_data["services"]]


class WeekForm(fields.Form):
    """From when until when on each day of the week; an empty day is shut."""

    mark_optional = False
    from_on = fields.DateField(label=_("From which day on"))
    lunch_begins = fields.TimeField(label=_("Shut over midday from"), required=False)
    lunch_ends = fields.TimeField(label=_("Shut over midday until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in range(7):
            day = WEEKDAYS[weekday]
            self.fields[f"begins_{weekday}"] = fields.TimeField(
                label=_("%(day)s from") % {"day": day}, required=False
            )
            self.fields[f"ends_{weekday}"] = fields.TimeField(
                label=_("%(day)s until") % {"day": day}, required=False
            )

    def days(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each day, for the template."""
        return [
            (WEEKDAYS[weekday], self[f"begins_{weekday}"], self[f"ends_{weekday}"]) for weekday in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key in ("lunch_{}", *(f"{{}}_{weekday}" for weekday in range(7))):
            self._check_span(data, *_ends_of(key))
        return data

    def _check_span(self, data: dict[str, Any], first: str, last: str) -> None:
        begins, ends = data.get(first), data.get(last)
        if first in self.errors or last in self.errors:
            return
        if (begins is None) != (ends is None):
            self.add_error(last, _("Give both times of a day, or neither."))
        elif begins and ends and ends <= begins:
            self.add_error(last, _("The end is later than the beginning."))

    def hours(self) -> list[Hours]:
        """What is open: each day, without the time over midday where that lies within it."""
        data = self.cleaned_data
        shut, again = data.get("lunch_begins"), data.get("lunch_ends")
        found: list[Hours] = []
        for weekday in range(7):
            opens, closes = data.get(f"begins_{weekday}"), data.get(f"ends_{weekday}")
            if not (opens and closes):
                continue
            if shut and again and opens < shut and again < closes:
                found += [Hours(weekday, opens, shut), Hours(weekday, again, closes)]
            else:
                found.append(Hours(weekday, opens, closes))
        return found


def _ends_of(key: str) -> tuple[str, str]:
    return key.format("begins"), key.format("ends")


class ClosureForm(fields.Form):
    where = fields.ChoiceField(label=_("What is shut?"), select=True)
    on = fields.DateField(label=_("From which day"))
    after = fields.TimeField(
        label=_("From when"), required=False, help_text=_("Leave empty for the whole day.")
    )
    until = fields.DateField(
        label=_("Until which day"), required=False, help_text=_("Leave empty for one day.")
    )
    before = fields.TimeField(label=_("Until when"), required=False)
    reason = fields.TextField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"place-{each.pk}": each for each in Place.objects.order_by("name", "id")}
        self.rooms = {f"room-{each.pk}": each for each in Resource.objects.rooms()}
        self.field("where").choices = [
            ("", _("The whole office")),
            *((key, place_name(each)) for key, each in self.places.items()),
            *((key, f"{each.place.name}: {each.name}") for key, each in self.rooms.items()),
        ]
        self.fields["where"].required = False

    def what(self) -> tuple[Place | None, Resource | None]:
        room = self.rooms.get(self.cleaned_data["where"])
        return (room.place if room else self.places.get(self.cleaned_data["where"])), room

    def span(self) -> tuple[dt.date, dt.time, dt.date, dt.time | None]:
        data = self.cleaned_data
        return data["on"], data["after"] or dt.time(0), data["until"] or data["on"], data["before"]
