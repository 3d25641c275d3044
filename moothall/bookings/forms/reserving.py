"""What is asked to look for something free, to book it, and to change what is booked."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Feature, Layout, Refreshment, Resource
from moothall.bookings.rules.refusals import named as name_of
from moothall.core import fields
from moothall.core.clock import LONDON
from moothall.people.models import Place

from .booking import place_name

EVERY = [("", _("Once")), ("1", _("Every day")), ("7", _("Every week")), ("14", _("Every two weeks"))]
HOLDS = [("", _("Book it")), ("1", _("Hold it until this time tomorrow")), ("3", _("Hold it for three days"))]


class SpanForm(fields.Form):
    """From when until when, as clocks in London show it."""

    mark_optional = False
    on = fields.DateField(label=_("Which day?"))
    begins = fields.TimeField(label=_("From"))
    ends = fields.TimeField(label=_("Until"))
    last_on = fields.DateField(
        label=_("Until which day?"), required=False, help_text=_("Leave empty for the same day.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if all(data.get(name) for name in ("on", "begins", "ends")) and self.span()[1] <= self.span()[0]:
            self.add_error("ends", _("The end is later than the beginning."))
        return data

    def span(self) -> tuple[dt.datetime, dt.datetime]:
        data = self.cleaned_data
        last = data.get("last_on") or data["on"]
        return _moment(data["on"], data["begins"]), _moment(last, data["ends"])


def _moment(day: dt.date, wall: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, wall, tzinfo=LONDON).astimezone(dt.UTC)


class FreeForm(SpanForm):
    """What is looked for."""

    kind = fields.ChoiceField(label=_("What?"), choices=Resource.KINDS, select=True)
    place = fields.ChoiceField(label=_("Where?"), select=True, required=False)
    people = forms.IntegerField(label=_("For how many?"), min_value=0, max_value=9999, required=False)
    feature = fields.ChoiceField(label=_("With"), select=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Resource.objects.filter(retired_at=None).values("place_id")
        self.places = {
            str(each.pk): each for each in Place.objects.filter(pk__in=used).order_by("name", "id")
        }
        self.features = {each.key: each for each in Feature.objects.all()}
        self.field("place").choices = [
            ("", _("Anywhere")), *((key, place_name(each)) for key, each in self.places.items())
        ]  # fmt: skip
        self.field("feature").choices = [
            ("", _("Nothing in particular")), ("step-free", _("No steps")),
            *((key, each.name) for key, each in self.features.items()),
        ]  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """As the rule that finds what is free takes it."""
        data = self.cleaned_data
        begins, ends = self.span()
        return {
            "kind": data["kind"], "place": self.places.get(data["place"]), "capacity": data["people"] or 0,
            "step_free": data["feature"] == "step-free", "starts_at": begins, "ends_at": ends,
            "features": [self.features[key] for key in [data["feature"]] if key in self.features],
        }  # fmt: skip


class ReserveForm(fields.Form):
    """What is booked, for what."""

    resources = fields.MultiChoiceField(
        label=_("What is free"), error_messages={"required": _("Choose at least one.")}
    )
    also = fields.MultiChoiceField(label=_("And with it"), required=False)
    title = fields.TextField(label=_("What for?"), max_length=200)
    every = fields.ChoiceField(label=_("How often?"), choices=EVERY, select=True, required=False)
    until_on = fields.DateField(label=_("The last day of the series"), required=False)
    hold = fields.ChoiceField(label=_("Book or hold?"), choices=HOLDS, select=True, required=False)
    setup_minutes = forms.IntegerField(
        label=_("Minutes to set up before"), min_value=0, max_value=1440, required=False
    )
    cleardown_minutes = forms.IntegerField(
        label=_("Minutes to clear down after"), min_value=0, max_value=1440, required=False
    )
    layout = fields.ChoiceField(label=_("How is the room set out?"), select=True, required=False)
    recharge_to = fields.TextField(label=_("Cost code that pays"), max_length=40, required=False)
    invited = fields.TextArea(
        label=_("Who is invited?"), rows=2, required=False, help_text=_("One mail address on each line.")
    )
    note = fields.TextField(label=_("What to know"), max_length=500, required=False)
    is_private = fields.TickField(
        label=_("Private: others see that it is taken, and not for what"), required=False
    )

    def __init__(self, *args: Any, offered: list[Resource], also: list[Resource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in [*offered, *also]}
        self.field("resources").choices = [(str(each.pk), described(each)) for each in offered]
        self.field("also").choices = [(str(each.pk), described(each)) for each in also]
        layouts = [(str(each.pk), each.name) for each in Layout.objects.all()]
        self.field("layout").choices = [("", _("As it stands")), *layouts]
        self.refreshments = list(Refreshment.objects.filter(retired_at=None))
        for each in self.refreshments:
            self.fields[f"refreshment_{each.pk}"] = forms.IntegerField(
                label=f"{each.name} (£{each.price})", min_value=0, max_value=999, required=False
            )

    def refreshment_fields(self) -> list[Any]:
        return [self[f"refreshment_{each.pk}"] for each in self.refreshments]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("every") and not data.get("until_on"):
            self.add_error("until_on", _("Say on which day the series ends."))
        return data

    def chosen(self) -> list[Resource]:
        data = self.cleaned_data
        return [self.known[key] for key in [*data["resources"], *data["also"]]]

    def wanted_refreshments(self) -> dict[Refreshment, int]:
        numbers = {each: self.cleaned_data.get(f"refreshment_{each.pk}") for each in self.refreshments}
        return {each: number for each, number in numbers.items() if number}


def described(resource: Resource) -> str:
    """Its name, where it is and how many it takes, for a line of a list."""
    parts = [name_of(resource), place_name(resource.place)]
    if resource.kind != Resource.PERSON:
        parts.append(str(_("for %s") % resource.capacity))
    if resource.asks_approval:
        parts.append(str(_("waits for approval")))
    return " · ".join(parts)


class MoveReservationForm(SpanForm):
    resources = fields.MultiChoiceField(label=_("What is taken"))
    reason = fields.TextField(label=_("Why it moves"), required=False, max_length=300)

    def __init__(self, *args: Any, offered: list[Resource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in offered}
        self.field("resources").choices = [(key, described(each)) for key, each in self.known.items()]

    def chosen(self) -> list[Resource]:
        return [self.known[key] for key in self.cleaned_data["resources"]]


class MoveSeriesForm(fields.Form):
    days = forms.IntegerField(
        label=_("By how many days?"), min_value=-366, max_value=366,
        help_text=_("From Monday to Wednesday is 2, back from Wednesday to Monday is -2."),
    )  # fmt: skip
    begins = fields.TimeField(label=_("From"))
    ends = fields.TimeField(label=_("Until"))
    reason = fields.TextField(label=_("Why it moves"), required=False, max_length=300)


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)


class InviteForm(fields.Form):
    emails = fields.TextArea(
        label=_("Who is invited?"), rows=8, required=False,
        help_text=_("One mail address on each line. Who is taken off is told so."),
    )  # fmt: skip
