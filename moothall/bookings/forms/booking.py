"""What is asked to book, move or cancel."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import AppointmentKind
from moothall.bookings.rules.slots import Slot, takers_of
from moothall.cases.visiting import named
from moothall.core import fields
from moothall.core.clock import in_london
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account, Place

LANGUAGES = [("", _("As they are known to us")), ("en", "English"), ("cy", "Cymraeg")]


class TimesForm(fields.Form):
    """For which kind of appointment, where, with whom and from which day free times are looked for."""

    mark_optional = False
    kind = fields.ChoiceField(label=_("What for?"), select=True, required=False)
    place = fields.ChoiceField(label=_("Where?"), select=True, required=False)
    staff = fields.ChoiceField(label=_("With whom?"), select=True, required=False)
    on = fields.DateField(label=_("From which day?"), required=False)

    def __init__(
        self, *args: Any, kinds: Sequence[AppointmentKind], places: Sequence[Place], kind: AppointmentKind,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in takers_of(kind)}
        self.field("kind").choices = named({str(each.pk): each for each in kinds})
        self.field("place").choices = [(str(each.pk), place_name(each)) for each in places]
        self.field("staff").choices = [
            ("", _("Anybody who is free")),
            *((key, each.name) for key, each in self.people.items()),
        ]


def place_name(place: Place) -> str:
    return (place.name_cy if get_language() == "cy" else "") or place.name


class SlotForm(fields.Form):
    """One of the free times. The template draws them by day."""

    slot = fields.ChoiceField(
        label=_("Free times"), error_messages={"required": _("Choose a time.")},
    )  # fmt: skip

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {slot.key: slot for slot in slots}
        self.field("slot").choices = [(key, slot_name(slot)) for key, slot in self.slots.items()]
        self.field("slot").error_messages["invalid_choice"] = _(
            "That time is not free any more. Choose one of those shown now."
        )

    def clean_slot(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]


def slot_name(slot: Slot) -> str:
    local = in_london(slot.starts_at)
    return f"{date_format(local, 'l j F')} {local:%H:%M}"


class BookForm(SlotForm):
    person = fields.LookupField(label=_("Who comes?"), help_text=_("Name, email, phone or reference."))
    language = fields.ChoiceField(
        label=_("Language they use"), choices=LANGUAGES, inline=True, required=False, initial=""
    )
    note = fields.TextField(
        label=_("What to know beforehand"), required=False, max_length=300,
        help_text=_("Such as an interpreter, step-free access, or a large screen."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_person_lookup(self.field("person"), by=account)


class MoveForm(SlotForm):
    reason = fields.TextField(label=_("Why it moves"), required=False, max_length=300)


class CancelForm(fields.Form):
    reason = fields.TextField(label=_("Why is it cancelled?"), max_length=300)
    tell = fields.TickField(label=_("Write to them that it is cancelled"), required=False, initial=True)
