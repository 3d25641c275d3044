"""What is asked to keep courses, open sessions, put people forward and say how many have to be left."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.credentials.models import CredentialKind
from moothall.people.models import Organisation, Place, Post
from moothall.training.models import Course, CourseVersion, Session
from moothall.training.models.ledger import PARTS
from moothall.training.rules.courses import Content
from moothall.workforce.finding import connect_post_lookup, connect_unit_lookup
from moothall.workforce.models import Employment, Skill

NOTHING = [("", "–")]


def whole(said: str, *, least: int = 1, most: int = 999) -> int | None:
    """A whole number, or None where nothing is said."""
    if not said.strip():
        return None
    if not said.strip().isdecimal() or not least <= int(said) <= most:
        raise ValidationError(
            str(_("Enter a whole number from %(least)s to %(most)s.")) % {"least": least, "most": most}
        )
    return int(said)


def named_choices(rows: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return sorted(((str(each.pk), each.name_in(language)) for each in rows), key=lambda pair: pair[1])


def place_choices() -> list[tuple[str, str]]:
    language = get_language() or "en"
    places = Place.objects.order_by("name", "pk")
    return [(str(each.pk), (each.name_cy if language == "cy" else "") or each.name) for each in places]


class VersionForm(fields.Form):
    """How a course is taught, from a day on."""

    from_on = fields.DateField(label=_("From which day on is it taught like this?"))
    days = fields.TextField(label=_("How many days does it take?"), width=3, max_length=2)
    least = fields.TextField(label=_("Fewest people worth holding it for"), width=3, max_length=3)
    most = fields.TextField(label=_("Most people in one session"), width=3, max_length=3)
    room = fields.ChoiceField(label=_("What kind of room?"), select=True, choices=CourseVersion.ROOMS)
    trainers = fields.TextField(label=_("How many trainers?"), width=3, max_length=2)
    skill = fields.ChoiceField(
        label=_("What must a trainer be able to teach?"), select=True, required=False,
        help_text=_("Only those whose staff record says that they teach it can be chosen."),
    )  # fmt: skip
    prerequisites = fields.MultiChoiceField(label=_("Which courses come first?"), required=False)
    grants = fields.ChoiceField(label=_("Which credential does it give?"), select=True, required=False)
    valid_months = fields.TextField(
        label=_("For how many months does that count?"), required=False, width=3, max_length=3,
        help_text=_("Empty: as long as the credential’s own rule says."),
    )  # fmt: skip
    price = fields.MoneyField(
        label=_("What does a place cost that is left empty?"), required=False,
        help_text=_("It can be recharged to the unit of whoever did not come."),
    )  # fmt: skip
    about = fields.TextArea(label=_("What is it about?"), required=False, rows=3, max_length=2000)
    about_cy = fields.TextArea(label=_("The same in Welsh"), required=False, rows=3, max_length=2000)
    bring = fields.TextField(label=_("What do people bring?"), required=False, max_length=300)
    bring_cy = fields.TextField(label=_("What they bring, in Welsh"), required=False, max_length=300)

    def __init__(self, *args: Any, course: Course | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.skills = {str(each.pk): each for each in Skill.objects.all()}
        self.kinds = {str(each.pk): each for each in CredentialKind.objects.in_use()}
        others = Course.objects.in_use().exclude(pk=course.pk) if course else Course.objects.in_use()
        self.courses = {str(each.pk): each for each in others}
        self.field("skill").choices = NOTHING + named_choices(self.skills.values())
        self.field("grants").choices = NOTHING + named_choices(self.kinds.values())
        self.field("prerequisites").choices = named_choices(self.courses.values())
        if not self.courses:
            del self.fields["prerequisites"]

    def clean_days(self) -> int | None:
        return whole(self.cleaned_data["days"], most=60)

    def clean_least(self) -> int | None:
        return whole(self.cleaned_data["least"], most=500)

    def clean_most(self) -> int | None:
        return whole(self.cleaned_data["most"], most=500)

    def clean_trainers(self) -> int | None:
        return whole(self.cleaned_data["trainers"], most=20)

    def clean_valid_months(self) -> int | None:
        return whole(self.cleaned_data["valid_months"], most=480)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("least") and data.get("most") and data["most"] < data["least"]:
            self.add_error("most", ValidationError(str(_("The most is not below the fewest."))))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        return Content(
            **{name: data[name] for name in ("days", "least", "most", "room", "trainers", "valid_months")},
            **{name: data[name] for name in ("about", "about_cy", "bring", "bring_cy")},
            price=data["price"] or Content.price,
            skill=self.skills.get(data["skill"]), grants=self.kinds.get(data["grants"]),
            prerequisites=[self.courses[key] for key in data.get("prerequisites", ())],
        )  # fmt: skip


class CourseForm(VersionForm):
    name = fields.TextField(label=_("What is the course called?"), max_length=160)
    name_cy = fields.TextField(label=_("What is it called in Welsh?"), max_length=160, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.order_fields(["name", "name_cy"])


class AskedForm(fields.Form):
    """Of whom a course is asked."""

    workforce = fields.ChoiceField(
        label=_("A workforce"), select=True, required=False, choices=[*NOTHING, *Employment.WORKFORCES]
    )
    unit = fields.LookupField(label=_("Or a unit"), required=False)
    post = fields.LookupField(label=_("Or a post"), required=False)
    within_days = fields.TextField(
        label=_("Within how many days?"), width=4, max_length=4,
        help_text=_("Of starting, or of the first day on which it is asked."),
    )  # fmt: skip
    again_months = fields.TextField(
        label=_("Again after how many months?"), width=3, max_length=3, required=False,
        help_text=_("Empty: once is enough, or until the credential it gives runs out."),
    )  # fmt: skip
    from_on = fields.DateField(label=_("From which day?"))
    because = fields.TextField(label=_("Why?"), required=False, max_length=200)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        connect_unit_lookup(self.field("unit"))
        connect_post_lookup(self.field("post"))

    def clean_within_days(self) -> int | None:
        return whole(self.cleaned_data["within_days"], least=0, most=3650)

    def clean_again_months(self) -> int | None:
        return whole(self.cleaned_data["again_months"], most=480)

    def clean_unit(self) -> Organisation | None:
        return self.cleaned_data["unit"] or None

    def clean_post(self) -> Post | None:
        return self.cleaned_data["post"] or None


class WhereForm(fields.Form):
    """Where a session is, and when in the day."""

    place = fields.ChoiceField(label=_("At which site?"), select=True, required=False)
    room = fields.TextField(label=_("In which room?"), required=False, max_length=120)
    begins = fields.TimeField(label=_("It begins at"))
    ends = fields.TimeField(label=_("It ends at"))
    capacity = fields.TextField(label=_("How many places?"), width=3, max_length=3)
    note = fields.TextField(label=_("Anything else to know"), required=False, max_length=300)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.places = {str(each.pk): each for each in Place.objects.all()}
        self.field("place").choices = NOTHING + place_choices()

    def leave_out_where(self) -> None:
        """The rooms that it takes say where it is."""
        del self.fields["place"], self.fields["room"]

    def clean_place(self) -> Place | None:
        return self.places.get(self.cleaned_data["place"])

    def clean_capacity(self) -> int | None:
        return whole(self.cleaned_data["capacity"], most=500)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", ValidationError(str(_("It ends after it begins."))))
        return data


class SessionForm(WhereForm):
    course = fields.ChoiceField(label=_("Which course?"), select=True)
    first_on = fields.DateField(
        label=_("First day"), help_text=_("Its other days are the weekdays that follow.")
    )
    language = fields.ChoiceField(label=_("In which language?"), inline=True, choices=Session.LANGUAGES)
    trainers = fields.TextField(
        label=_("Staff numbers of the trainers"), required=False, max_length=200,
        help_text=_("Separated by commas. They are held free for it."),
    )  # fmt: skip

    take_room = fields.TickField(
        label=_("Take the smallest room of the site that is free"), required=False,
        help_text=_("It is held for all its days. Other rooms, and equipment, are chosen on its page."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        order = ["course", "first_on", "language", "place", "take_room", "room", "begins", "ends", "capacity"]
        self.order_fields(order)
        self.field("room").label = _("Or in which room, in words?")
        self.courses = {str(each.pk): each for each in Course.objects.in_use()}
        self.field("course").choices = [("", _("Choose one")), *named_choices(self.courses.values())]
        self.field("capacity").required = False
        self.field("capacity").help_text = _("Empty: as many as the course takes.")

    def clean(self) -> dict[str, Any]:
        """A room in words is not booked."""
        data = super().clean()
        data["take_room"] = bool(data.get("take_room")) and not data.get("room")
        return data

    def clean_course(self) -> Course:
        return self.courses[self.cleaned_data["course"]]


class NumbersForm(fields.Form):
    numbers = fields.TextArea(
        label=_("Staff numbers"), rows=4, max_length=5000, required=False,
        help_text=_("One on each line, or separated by commas."),
    )  # fmt: skip

    def clean_numbers(self) -> list[str]:
        return split_numbers(self.cleaned_data["numbers"])


class PeopleForm(NumbersForm):
    agreed = fields.TickField(
        label=_("Their managers have agreed"), required=False,
        help_text=_("Else each waits for the word of their manager."),
    )  # fmt: skip


def split_numbers(said: str) -> list[str]:
    return list(dict.fromkeys(each.upper() for each in re.split(r"[\s,;]+", said.strip()) if each))


class MoveForm(fields.Form):
    first_on = fields.DateField(label=_("Its new first day"))
    because = fields.TextField(label=_("Why?"), max_length=300)


class WhyForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)


SCALE = [("5", "5"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1")]


class EvaluationForm(fields.Form):
    useful = fields.ChoiceField(
        label=_("How useful was it for your work?"), inline=True, choices=SCALE,
        help_text=_("From 1, not at all, to 5, very."),
    )  # fmt: skip
    taught = fields.ChoiceField(label=_("How well was it taught?"), inline=True, choices=SCALE)
    words = fields.TextArea(label=_("What should be different?"), required=False, rows=4, max_length=2000)


class MinimumForm(fields.Form):
    unit = fields.ChoiceField(label=_("Which team?"), select=True)
    part = fields.ChoiceField(
        label=_("Which part of the day?"),
        select=True,
        required=False,
        choices=[("", _("Every part")), *PARTS],
    )
    skill = fields.ChoiceField(
        label=_("Counting only those who have this skill"), select=True, required=False
    )
    percent = fields.TextField(
        label=_("Which share of those rostered has to be left?"), required=False, width=3, max_length=3,
        help_text=_("In per cent, such as 75"),
    )  # fmt: skip
    least = fields.TextField(label=_("Or how many people?"), required=False, width=3, max_length=3)
    from_on = fields.DateField(label=_("From which day?"))
    until_on = fields.DateField(label=_("Until which day?"), required=False)
    why = fields.TextField(label=_("Who says so, and why?"), max_length=200)

    def __init__(self, *args: Any, units: list[Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self.units = {str(each.pk): each for each in units}
        self.skills = {str(each.pk): each for each in Skill.objects.all()}
        self.field("unit").choices = [("", _("Choose one")), *named_choices(units)]
        self.field("skill").choices = [("", _("Everybody counts")), *named_choices(self.skills.values())]

    def clean_unit(self) -> Organisation:
        return self.units[self.cleaned_data["unit"]]

    def clean_skill(self) -> Skill | None:
        return self.skills.get(self.cleaned_data["skill"])

    def clean_percent(self) -> int | None:
        return whole(self.cleaned_data["percent"], most=100)

    def clean_least(self) -> int | None:
        return whole(self.cleaned_data["least"], most=999)


class DutyFileForm(fields.Form):
    file = fields.FileField(
        label=_("The file of the duty system"), accept=".csv,text/csv",
        help_text=_(
            "CSV with the columns number, day (2027-04-05), part (E, L, N or D) and kind (DUTY, REST, LEAVE, "
            "COURT or SICK)."
        ),
    )  # fmt: skip
