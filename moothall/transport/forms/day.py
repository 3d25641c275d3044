"""What is asked on the day: how late a run is, what is told to whom, and what is mended by whom."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import in_london, today
from moothall.people.models import Account
from moothall.transport.models import Centre, Cover
from moothall.transport.rules.going import going_on

RUNS, CENTRE, COVER = "RUNS", "CENTRE", "COVER"
ABOUT = [
    (RUNS, _("Everybody on some runs")), (CENTRE, _("Everybody who goes to a school or centre")),
    (COVER, _("Everybody on the runs of a cover")),
]  # fmt: skip
MOST_LATE = 600


class LateForm(fields.Form):
    minutes = forms.IntegerField(
        label=_("How many minutes late is it?"), min_value=1, max_value=MOST_LATE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )  # fmt: skip
    because = fields.TextField(label=_("Why, in words for families?"), max_length=200, required=False)


def _covers(day: dt.date) -> Any:
    return Cover.objects.filter(day=day, undone_at=None).select_related("by")


class DayMessageForm(fields.Form):
    """Whom it concerns and what is said."""

    about = fields.ChoiceField(label=_("Whom does it concern?"), choices=ABOUT)
    runs = fields.MultiChoiceField(label=_("Runs"), required=False)
    centre = fields.ChoiceField(label=_("School or centre"), select=True, required=False)
    cover = fields.ChoiceField(label=_("Cover"), select=True, required=False)
    words = fields.TextArea(label=_("What do you want to say?"), max_length=2000)
    words_cy = fields.TextArea(
        label=_("The same in Welsh"), max_length=2000, required=False,
        help_text=_("Without it, whoever reads Welsh gets the words above."),
    )  # fmt: skip

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        runs = [each.run for each in going_on(day)]
        self.field("runs").choices = [(str(run.pk), run.called) for run in runs]
        self.centres = {str(each.pk): each for each in Centre.objects.all()}
        self.covers = {str(each.pk): each for each in _covers(day)}
        none = [("", _("None"))]
        self.field("centre").choices = [*none, *((key, str(each)) for key, each in self.centres.items())]
        self.field("cover").choices = [
            *none, *((key, f"{in_london(each.at):%H:%M} {each.by}") for key, each in self.covers.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        part = {RUNS: "runs", CENTRE: "centre", COVER: "cover"}.get(data.get("about", ""))
        if part and not data.get(part):
            self.add_error(part, ValidationError(str(_("Choose what it concerns."))))
        return data


class CentreContactForm(fields.Form):
    email = fields.EmailField(label=_("Where is what changes on a day told?"), required=False)
    phone = fields.TextField(label=_("Telephone"), max_length=40, required=False)
    language = fields.ChoiceField(
        label=_("In which language?"), choices=[("en", "English"), ("cy", "Cymraeg")], inline=True
    )


class DefectForm(fields.Form):
    owner = fields.ChoiceField(label=_("Who sees to it?"), select=True)
    deadline_on = fields.DateField(label=_("By which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Account.objects.who_may("transport.use", on=today()).order_by("name", "id")
        self.owners = {str(each.pk): each for each in rows}
        self.field("owner").choices = [(key, each.name) for key, each in self.owners.items()]

    def entry(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"owner": self.owners[data["owner"]], "deadline_on": data["deadline_on"]}


class HowForm(fields.Form):
    how = fields.TextField(label=_("How was it mended?"), max_length=200)


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why is it taken back?"), max_length=200)
