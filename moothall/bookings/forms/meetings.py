"""What is asked to find a time for several people, and to keep boards and panels."""

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Panel, PanelMember, Resource
from moothall.core import fields
from moothall.people.models import Account, Place

from .booking import place_name

ENOUGH = 8
LONGEST = dt.timedelta(days=186)
ONLINE = "none"
WEEKDAYS = [
    ("", _("Every day")), ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")),
    ("3", _("Thursday")), ("4", _("Friday")),
]  # fmt: skip
LENGTHS = [
    ("30", _("Half an hour")), ("45", _("45 minutes")), ("60", _("An hour")), ("90", _("An hour and a half")),
    ("120", _("Two hours")), ("180", _("Three hours")), ("240", _("Four hours")), ("420", _("Seven hours")),
]  # fmt: skip


def look_up_colleagues(words: str) -> list[Account]:
    """Those who can sign in and whose name fits."""
    words = " ".join(words.split())[:120]
    if not words:
        return []
    found = Account.objects.in_use()
    for each in words.split():
        found = found.filter(name__icontains=each)
    return list(found.order_by("name", "pk")[:ENOUGH])


def describe_colleague(account: Account) -> fields.Option:
    return fields.Option(str(account.pk), account.name, account.email)


def connect_colleagues(field: fields.LookupField) -> None:
    field.connect(
        fetch=lambda key: (
            Account.objects.in_use().filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None
        ),
        search=look_up_colleagues, describe=describe_colleague, url=reverse("colleague_lookup"),
    )  # fmt: skip


def place_choices() -> list[tuple[str, Any]]:
    """The sites at which there are rooms."""
    used = Resource.objects.of_kind(Resource.ROOM).order_by().values("place_id")
    return [
        (str(each.pk), place_name(each)) for each in Place.objects.filter(pk__in=used).order_by("name", "id")
    ]


class FindTimeForm(fields.Form):
    """Between which days, how long, where, and who else. Who is asked already stands beside it."""

    mark_optional = False
    panel = fields.ChoiceField(label=_("Which board or panel?"), select=True, required=False)
    add = fields.LookupField(label=_("Add somebody"), required=False)
    title = fields.TextField(label=_("What for?"), required=False, max_length=200)
    minutes = fields.ChoiceField(label=_("How long?"), select=True, choices=LENGTHS)
    first_on = fields.DateField(label=_("From which day?"))
    last_on = fields.DateField(label=_("Until which day?"))
    opens = fields.TimeField(label=_("Not before"))
    shuts = fields.TimeField(label=_("Not after"))
    place = fields.ChoiceField(label=_("Where?"), select=True, required=False)
    quorum = forms.IntegerField(
        label=_("At least so many of those needed"), min_value=0, max_value=200, required=False
    )

    def __init__(self, *args: Any, today: dt.date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today = today
        connect_colleagues(self.field("add"))
        language = get_language() or "en"
        panels = [(str(each.pk), each.name_in(language)) for each in Panel.objects.in_use()]
        self.field("panel").choices = [("", _("None: the people below")), *panels]
        self.field("place").choices = [
            ("", _("In any room")),
            *place_choices(),
            (ONLINE, _("Without a room")),
        ]

    def clean_last_on(self) -> dt.date:
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data["last_on"]
        if first and last < first:
            raise forms.ValidationError(str(_("The last day is not before the first.")))
        if first and last - first > LONGEST:
            raise forms.ValidationError(str(_("Look at half a year at most.")))
        if last < self.today:
            raise forms.ValidationError(str(_("This day is over.")))
        return last  # type: ignore[no-any-return]

    def clean_shuts(self) -> dt.time:
        opens, shuts = self.cleaned_data.get("opens"), self.cleaned_data["shuts"]
        if opens and shuts <= opens:
            raise forms.ValidationError(str(_("The end is later than the beginning.")))
        return shuts  # type: ignore[no-any-return]


class PanelForm(fields.Form):
    name = fields.TextField(label=_("What is it called?"), max_length=120)
    name_cy = fields.TextField(label=_("What is it called in Welsh?"), max_length=120, required=False)
    minutes = fields.ChoiceField(label=_("How long does it meet?"), select=True, choices=LENGTHS)
    quorum = forms.IntegerField(
        label=_("How many of those needed make a quorum?"), min_value=0, max_value=200, required=False,
        help_text=_("In person or by deputy. Empty: it may meet with however many can come."),
    )  # fmt: skip
    papers_days = forms.IntegerField(
        label=_("How many working days before do its papers go out?"),
        min_value=0,
        max_value=30,
        required=False,
    )
    place = fields.ChoiceField(label=_("At which site does it meet?"), select=True, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.field("place").choices = [("", _("At any")), *place_choices()]

    def clean_minutes(self) -> int:
        return int(self.cleaned_data["minutes"])

    def clean_quorum(self) -> int:
        return self.cleaned_data["quorum"] or 0

    def clean_papers_days(self) -> int:
        return self.cleaned_data["papers_days"] or 0

    def clean_place(self) -> Place | None:
        return Place.objects.filter(pk=self.cleaned_data["place"] or 0).first()


class MemberForm(fields.Form):
    account = fields.LookupField(label=_("Who?"))
    role = fields.ChoiceField(
        label=_("In which role?"), choices=PanelMember.ROLES, initial=PanelMember.NEEDED
    )
    deputy = fields.LookupField(
        label=_("Who comes when they cannot?"), required=False,
        help_text=_("The chair is taken in person."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        connect_colleagues(self.field("account"))
        connect_colleagues(self.field("deputy"))


class ProtectedForm(fields.Form):
    weekday = fields.ChoiceField(label=_("On which day?"), select=True, choices=WEEKDAYS, required=False)
    begins = fields.TimeField(label=_("From"))
    ends = fields.TimeField(label=_("Until"))
    why = fields.TextField(label=_("What for?"), max_length=120)

    def clean_weekday(self) -> int | None:
        said = self.cleaned_data["weekday"]
        return int(said) if said else None

    def clean_ends(self) -> dt.time:
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data["ends"]
        if begins and ends <= begins:
            raise forms.ValidationError(str(_("The end is later than the beginning.")))
        return ends  # type: ignore[no-any-return]


class JourneyForm(fields.Form):
    one = fields.ChoiceField(label=_("From which site?"), select=True)
    other = fields.ChoiceField(label=_("To which?"), select=True)
    minutes = forms.IntegerField(label=_("How many minutes does it take?"), min_value=1, max_value=600)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.places = {str(each.pk): each for each in Place.objects.order_by("name", "id")}
        choices = [(key, place_name(each)) for key, each in self.places.items()]
        self.field("one").choices = self.field("other").choices = choices

    def clean_one(self) -> Place:
        return self.places[self.cleaned_data["one"]]

    def clean_other(self) -> Place:
        return self.places[self.cleaned_data["other"]]
