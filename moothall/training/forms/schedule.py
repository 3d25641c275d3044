"""What is asked to open a schedule, plan a session in it, publish it, and say who reads it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import BedKind
from moothall.core import fields
from moothall.people.models import Place
from moothall.training.models import CourseVersion, ScheduleReader, Session

from . import NOTHING, named_choices, place_choices, split_numbers, whole


class ScheduleForm(fields.Form):
    name = fields.TextField(label=_("What is it called?"), max_length=120)
    from_on = fields.DateField(label=_("First day"))
    until_on = fields.DateField(label=_("Last day"), help_text=_("Six to twenty-four months are usual."))
    bed_kind = fields.ChoiceField(
        label=_("Which bedrooms are taken when it is published?"), select=True, required=False,
        help_text=_(
            "For sessions of several days at a site that sells bedrooms, as far as there are any. Those who "
            "come have one in their name in the week before."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.kinds = {str(each.pk): each for each in BedKind.objects.in_use()}
        self.field("bed_kind").choices = NOTHING + named_choices(self.kinds.values())

    def clean_bed_kind(self) -> BedKind | None:
        return self.kinds.get(self.cleaned_data["bed_kind"])


class LineForm(fields.Form):
    """One planned session."""

    course = fields.ChoiceField(label=_("Which course?"), select=True)
    first_on = fields.DateField(
        label=_("First day"), help_text=_("Its other days are the weekdays that follow.")
    )
    place = fields.ChoiceField(label=_("At which site?"), select=True)
    begins = fields.TimeField(label=_("It begins at"))
    ends = fields.TimeField(label=_("It ends at"))
    language = fields.ChoiceField(label=_("In which language?"), inline=True, choices=Session.LANGUAGES)
    places = fields.TextField(
        label=_("How many places?"), width=3, max_length=3, required=False,
        help_text=_("Empty: as many as the course takes."),
    )  # fmt: skip
    trainers = fields.TextField(
        label=_("Staff numbers of the trainers"), required=False, max_length=200,
        help_text=_("Separated by commas. They are held free once it is published."),
    )  # fmt: skip
    people = fields.TextArea(
        label=_("Staff numbers of those who are planned in"), required=False, rows=4, max_length=5000,
        help_text=_("One on each line, or separated by commas. They get their places when it is published."),
    )  # fmt: skip

    def __init__(self, *args: Any, versions: list[CourseVersion], **given: Any) -> None:
        super().__init__(*args, **given)
        self.versions = {str(each.course_id): each for each in versions}
        self.place_rows = {str(each.pk): each for each in Place.objects.all()}
        self.field("course").choices = [
            ("", _("Choose one")), *named_choices(each.course for each in versions),
        ]  # fmt: skip
        self.field("place").choices = [("", _("Choose one")), *place_choices()]

    def clean_course(self) -> CourseVersion:
        return self.versions[self.cleaned_data["course"]]

    def clean_place(self) -> Place:
        return self.place_rows[self.cleaned_data["place"]]

    def clean_places(self) -> int | None:
        return whole(self.cleaned_data["places"], most=500)

    def clean_trainers(self) -> list[str]:
        return split_numbers(self.cleaned_data["trainers"])

    def clean_people(self) -> list[str]:
        return split_numbers(self.cleaned_data["people"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", ValidationError(str(_("It ends after it begins."))))
        return data


class PublishForm(fields.Form):
    because = fields.TextField(
        label=_("Why does the schedule change?"), required=False, max_length=300,
        help_text=_("Those whose places change read it."),
    )  # fmt: skip


class ReaderForm(fields.Form):
    """Who is sent the differences."""

    sort = fields.ChoiceField(label=_("What do they look after?"), select=True, choices=ScheduleReader.SORTS)
    name = fields.TextField(label=_("Name"), max_length=120)
    email = fields.EmailField(label=_("Email address"))
    language = fields.ChoiceField(label=_("In which language?"), inline=True, choices=Session.LANGUAGES)
    place = fields.ChoiceField(
        label=_("Only for which site?"), select=True, required=False,
        help_text=_("A site is asked for one; catering may have one; duty planning has every site."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.place_rows = {str(each.pk): each for each in Place.objects.all()}
        self.field("place").choices = NOTHING + place_choices()

    def clean_place(self) -> Place | None:
        return self.place_rows.get(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("sort") == ScheduleReader.SITE and data.get("place") is None:
            self.add_error("place", ValidationError(str(_("Choose the site."))))
        if data.get("sort") == ScheduleReader.DUTY:
            data["place"] = None
        return data
