"""What is asked about passengers: who they are, what they need, where they live and go."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account
from moothall.transport.finding import connect_passenger_lookup
from moothall.transport.models import Bell, Centre, Consent, Home, How, Needs, Passenger, RiskAssessment
from moothall.transport.models.journey import DIRECTIONS
from moothall.transport.models.passenger import NATIONS

WEEKDAYS = [
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")),
    ("4", _("Friday")), ("5", _("Saturday")), ("6", _("Sunday")),
]  # fmt: skip
WORKING = WEEKDAYS[:5]
EVERY = [
    ("1", _("Every week")), ("2", _("Every second week")), ("3", _("Every third week")),
    ("4", _("Every fourth week")),
]  # fmt: skip
BOTH, THERE, BACK = "BOTH", "THERE", "BACK"
WAYS = [(BOTH, _("There and back")), (THERE, _("There only")), (BACK, _("Back only"))]
FROM_DAY = _("From which day?")
UNTIL_DAY = _("Until which day, if it ends?")


class PassengerForm(fields.Form):
    person = fields.LookupField(
        label=_("Somebody on record"), required=False, help_text=_("Type a name. Empty for somebody new.")
    )
    full_name = fields.TextField(label=_("Or the name of somebody new"), required=False, max_length=250)
    born_on = fields.DateField(label=_("Date of birth"), parts=True, required=False)
    language = fields.ChoiceField(
        label=_("Language of letters"), choices=[("en", _("English")), ("cy", _("Welsh"))], inline=True
    )
    nation = fields.ChoiceField(label=_("Which nation do they live in?"), choices=NATIONS, inline=True)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_person_lookup(self.field("person"), by=account)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("person") and not (data.get("full_name") or "").strip():
            self.add_error("full_name", ValidationError(str(_("Choose somebody, or enter a name."))))
        return data


class EntryForm(fields.Form):
    """One thing on record of a passenger, from a day on."""

    from_on = fields.DateField(label=FROM_DAY)

    def __init__(self, *args: Any, passenger: Passenger, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passenger, self.account = passenger, account
        self.order_fields([*(name for name in self.fields if name not in LAST), *LAST])
        self.connect()

    def connect(self) -> None:
        """Fill choices that depend on the passenger or the account."""

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        return dict(self.cleaned_data)


LAST = ("weekdays", "every_weeks", "from_on", "until_on")


class NeedsForm(EntryForm):
    wheelchair = fields.ChoiceField(label=_("Wheelchair"), choices=Needs.WHEELCHAIRS)
    wheelchair_kg = fields.TextField(
        label=_("Weight of the chair with the person, in kilograms"), required=False, max_length=3, width=3
    )
    seats = fields.ChoiceField(
        label=_("Seats"), choices=[(str(n), str(n)) for n in range(5)], select=True, initial="1"
    )
    restraint = fields.ChoiceField(label=_("Belt, seat or harness"), choices=Needs.RESTRAINTS, select=True)
    escort = fields.ChoiceField(label=_("Escort"), choices=Needs.ESCORTS)
    travels_alone = fields.TickField(label=_("Travels with no other passenger"), required=False)
    medication = fields.TextArea(label=_("Medication on the way"), required=False, max_length=500, rows=2)
    communication = fields.TextArea(
        label=_("How best to communicate"), required=False, max_length=500, rows=2
    )
    triggers = fields.TextArea(
        label=_("What upsets them, and what helps"), required=False, max_length=500, rows=2
    )
    most_minutes = fields.TextField(
        label=_("Longest ride, in minutes"), required=False, max_length=3, width=3,
        help_text=_("Empty: as usual for their age."),
    )  # fmt: skip
    most_minutes_because = fields.TextField(label=_("Why that long at most?"), required=False, max_length=200)

    def clean_wheelchair_kg(self) -> int | None:
        return whole(self.cleaned_data["wheelchair_kg"], most=500)

    def clean_most_minutes(self) -> int | None:
        return whole(self.cleaned_data["most_minutes"], most=240)

    def clean_seats(self) -> int:
        return int(self.cleaned_data["seats"])


def whole(said: str, *, most: int) -> int | None:
    if not said.strip():
        return None
    if not said.strip().isdecimal() or not 1 <= int(said) <= most:
        raise ValidationError(str(_("Enter a whole number from 1 to %(most)s.")) % {"most": most})
    return int(said)


class HomeForm(EntryForm):
    name = fields.TextField(label=_("What is it called?"), max_length=60, initial=_("Home"))
    words = fields.TextArea(label=_("Address"), rows=3)
    postcode = fields.TextField(label=_("Postcode"), required=False, max_length=10, width=10)
    point = fields.TextField(
        label=_("Latitude and longitude"), required=False, max_length=40, width=20,
        help_text=_("Such as 52.9421, -2.9310. Distances are measured from there."),
    )  # fmt: skip
    is_main = fields.TickField(
        label=_("This is the main home"), required=False, initial=True,
        help_text=_("It takes the place of the main home before. Untick it for a second home."),
    )  # fmt: skip

    def clean_point(self) -> tuple[float, float] | None:
        said = self.cleaned_data["point"].replace(",", " ").split()
        if not said:
            return None
        try:
            north, east = map(float, said)
        except ValueError as wrong:
            raise ValidationError(str(_("Enter two numbers, such as 52.9421, -2.9310."))) from wrong
        if abs(north) > 90 or abs(east) > 180:
            raise ValidationError(str(_("Enter two numbers, such as 52.9421, -2.9310.")))
        return north, east

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        point = given.pop("point")
        return given | ({"latitude": point[0], "longitude": point[1]} if point else {})


class PatternForm(EntryForm):
    """Something that comes on some days of the week."""

    weekdays = fields.MultiChoiceField(label=_("On which days?"), choices=WORKING)
    every_weeks = fields.ChoiceField(label=_("How often?"), choices=EVERY, select=True)
    until_on = fields.DateField(label=UNTIL_DAY, required=False)

    def clean_weekdays(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["weekdays"]]

    def clean_every_weeks(self) -> int:
        return int(self.cleaned_data["every_weeks"])


class StayForm(PatternForm):
    home = fields.ChoiceField(label=_("At which home?"), select=True)
    which = fields.ChoiceField(
        label=_("When?"),
        choices=[
            (BOTH, _("Mornings and afternoons")), (THERE, _("Fetched from there in the morning")),
            (BACK, _("Brought there in the afternoon")),
        ],
    )  # fmt: skip

    def connect(self) -> None:
        rows = Home.objects.filter(passenger=self.passenger).standing()
        self.homes = {str(each.pk): each for each in rows}
        self.field("home").choices = [
            ("", _("Choose one")),
            *((k, each.name) for k, each in self.homes.items()),
        ]

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        which = given.pop("which")
        home = self.homes[given.pop("home")]
        return given | {"home": home, "morning": which != BACK, "afternoon": which != THERE}


class ApartForm(EntryForm):
    other = fields.LookupField(label=_("Whom do they not travel with?"), help_text=_("Type their name."))
    because = fields.TextField(label=_("Why?"), max_length=300)

    def connect(self) -> None:
        connect_passenger_lookup(self.field("other"), by=self.account)


class RiskForm(EntryForm):
    level = fields.ChoiceField(label=_("How high is the risk?"), choices=RiskAssessment.LEVELS, inline=True)
    risks = fields.TextArea(label=_("What could go wrong?"), max_length=2000)
    controls = fields.TextArea(label=_("What is done about it?"), max_length=2000)
    review_on = fields.DateField(label=_("By when is it looked at again?"))


class ConsentForm(EntryForm):
    kind = fields.ChoiceField(label=_("To what?"), choices=Consent.KINDS)
    given = fields.YesNo(label=_("Did they agree?"))
    said_by = fields.TextField(label=_("Who said so?"), max_length=160)


class ContactForm(EntryForm):
    name = fields.TextField(label=_("Name"), max_length=160)
    relationship = fields.TextField(label=_("What are they to the passenger?"), max_length=80)
    phone = fields.PhoneField(label=_("Telephone"))
    place = fields.ChoiceField(
        label=_("Who is rung first?"), choices=[(str(n), str(n)) for n in range(1, 6)], select=True
    )
    may_receive = fields.TickField(label=_("The passenger may be handed over to them"), required=False)

    def clean_place(self) -> int:
        return int(self.cleaned_data["place"])


class TravelForm(PatternForm):
    centre = fields.ChoiceField(label=_("To which school or centre?"), select=True)
    session = fields.ChoiceField(label=_("Which session?"), select=True)
    which = fields.ChoiceField(label=_("Which way?"), choices=WAYS)

    def connect(self) -> None:
        language = get_language() or "en"
        self.centres = {str(each.pk): each for each in Centre.objects.filter(closed_on=None)}
        named = sorted((each.name_in(language), key) for key, each in self.centres.items())
        self.field("centre").choices = [("", _("Choose one")), *((key, name) for name, key in named)]
        others = Bell.objects.standing().order_by("session").values_list("session", flat=True).distinct()
        sessions = list(dict.fromkeys(["day", *others]))
        self.field("session").choices = [(each, session_name(each)) for each in sessions]

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        which = given.pop("which")
        centre = self.centres[given.pop("centre")]
        return given | {"centre": centre, "there": which != BACK, "back": which != THERE}


def session_name(key: str) -> str:
    names = {"day": _("The whole day"), "morning": _("Morning"), "afternoon": _("Afternoon")}
    return str(names.get(key, key))


class HowForm(fields.Form):
    """How a journey is made: what belongs to the chosen way is needed, the rest is left out."""

    how = fields.ChoiceField(label=_("How do they go?"), choices=[])
    run = fields.TextField(label=_("Number of the run"), required=False, max_length=20, width=10)
    stop = fields.TextField(label=_("Stop"), required=False, max_length=3, width=3)
    contractor = fields.TextField(label=_("Contractor"), required=False, max_length=120)
    job = fields.TextField(label=_("Number of the contractor’s job"), required=False, max_length=40, width=10)
    own = fields.TextField(label=_("Who brings them, or by what"), required=False, max_length=120)

    def clean_stop(self) -> int | None:
        return whole(self.cleaned_data["stop"], most=99)

    def clean(self) -> dict[str, Any]:
        wanted = {How.RUN: ("run", "stop"), How.CONTRACTOR: ("contractor", "job"), How.OWN: ("own",)}
        for name in wanted.get(self.cleaned_data.get("how", ""), ()):
            if not self.cleaned_data.get(name) and name not in self.errors:
                label = str(self.fields[name].label)
                self.add_error(name, ValidationError(str(_("This is needed: %(label)s.")) % {"label": label}))
        return self.cleaned_data


class ArrangementForm(HowForm, PatternForm):
    direction = fields.ChoiceField(label=_("Which way?"), choices=DIRECTIONS, inline=True)

    def connect(self) -> None:
        self.field("how").choices = [
            each for each in How.HOWS if each[0] in (How.RUN, How.CONTRACTOR, How.OWN)
        ]


class AwayForm(EntryForm):
    until_on = fields.DateField(label=_("Until which day?"))
    which = fields.ChoiceField(label=_("Which way?"), choices=WAYS, initial=BOTH)
    because = fields.TextField(label=_("Why?"), max_length=200)
    told_by = fields.TextField(label=_("Who told us?"), required=False, max_length=160)

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        which = given.pop("which")
        return given | {"there": which != BACK, "back": which != THERE}


class EndForm(fields.Form):
    until_on = fields.DateField(
        label=_("Which is its last day?"),
        help_text=_("A day before it began takes it back: it was entered by mistake."),
    )


class LeaveForm(fields.Form):
    on = fields.DateField(label=_("On which day do they travel last?"))
    because = fields.TextField(label=_("Why?"), max_length=200)


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=200)
