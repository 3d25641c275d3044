"""What is asked when somebody is off sick, when they are back, and when the record was wrong."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.absence.models import Reason
from moothall.absence.rules.reporting import Report
from moothall.core import fields
from moothall.core.clock import today


class EpisodeForm(fields.Form):
    """The days, the reason, and how to keep in touch."""

    reason = fields.ChoiceField(label=_("Why?"), select=True, required=False)
    first_day = fields.DateField(label=_("First day off"), help_text=_("Such as today, mon or 22 Nov."))
    half_first = fields.TickField(label=_("They worked until midday of that day"), required=False)
    last_day = fields.DateField(
        label=_("Last day off"), required=False, help_text=_("Leave it empty while they are off.")
    )
    half_last = fields.TickField(label=_("They were back at midday of that day"), required=False)
    expected_back_on = fields.DateField(label=_("Expected back on"), required=False)
    on_duty_injury = fields.TickField(label=_("It is an injury at work"), required=False)
    accident_on = fields.DateField(
        label=_("Day of the accident"), required=False, help_text=_("The first day off, unless you say so.")
    )
    keep_in_touch = fields.TextField(
        label=_("How do they want to be contacted?"), required=False, max_length=300,
        help_text=_("Such as “by text after 11am”."),
    )  # fmt: skip
    left_out_because = fields.TextField(
        label=_("Leave it out of triggers, because"), required=False, max_length=300,
        help_text=_("Only where the reason above does not do so already, such as an agreed adjustment."),
    )  # fmt: skip
    note = fields.TextArea(
        label=_("Note"), rows=2, required=False, max_length=1000,
        help_text=_("Nothing medical. Everybody who records absence reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, on: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.reasons = {str(each.pk): each for each in Reason.objects.in_force(on or today())}
        choices = [(key, each.said("name", language)) for key, each in self.reasons.items()]
        self.field("reason").choices = [("", _("Not said yet")), *choices]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", ValidationError(str(_("The last day is before the first."))))
        return data

    def as_report(self) -> Report:
        names = [name for name in Report.__dataclass_fields__ if name != "reason"]
        given = {name: self.cleaned_data[name] for name in names}
        return Report(reason=self.reasons.get(self.cleaned_data["reason"]), **given)


class NewEpisodeForm(EpisodeForm):
    employee = fields.LookupField(label=_("Who is off sick?"), help_text=_("Their number or their name."))
    field_order = ["employee"]


class CorrectionForm(EpisodeForm):
    because = fields.TextField(label=_("Why is it corrected?"), max_length=300)


class ReturnForm(fields.Form):
    last_day = fields.DateField(label=_("Last day off"), help_text=_("The day before they were back."))
    half_last = fields.TickField(label=_("They were back at midday of that day"), required=False)


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)


class SplitForm(fields.Form):
    last_day = fields.DateField(label=_("Last day off the first time"))
    again_from = fields.DateField(label=_("First day off the second time"))
    because = fields.TextField(
        label=_("Why?"), max_length=300, help_text=_("Such as “they worked from 3 to 5 March”.")
    )
