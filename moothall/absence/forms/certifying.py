"""What is read off a certificate, and what somebody certifies for themself."""

import datetime as dt
import re
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clocks.months import last_day_of_months
from moothall.absence.models import Certificate, Issuer
from moothall.absence.rules.certifying import Paper
from moothall.core import fields, typed
from moothall.core.clock import today

LENGTH = re.compile(
    r"(\d{1,3}) ?(d|days?|diwrnod|w|wks?|weeks?|wythnos(?:au)?|m|months?|mis(?:oedd)?)", re.IGNORECASE
)
EXAMPLE = _("Enter a day, like 5/12, or how long, like 2w or 1 month.")


def last_day(text: str, first: dt.date) -> dt.date | None:
    """The last day meant by a date or by a length: 2w from the 1st is the 14th; 1m from the 1st its eve."""
    found = LENGTH.fullmatch(text.strip())
    if not found:
        return typed.day(text, today=first)
    count, unit = int(found[1]), found[2][0].lower()
    if unit == "m":
        return last_day_of_months(first, count)
    return first + dt.timedelta(days=count * (7 if unit == "w" and found[2][:2].lower() != "di" else 1) - 1)


class UntilField(fields.TextField):
    """A day or a length, as text; the form reads it once it knows the first day."""

    def __init__(self, **given: Any) -> None:
        given.setdefault(
            "widget", django_forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})
        )
        missing = {"required": _("Enter the last day, or how long it is for.")}
        super().__init__(max_length=40, error_messages=missing, **given)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value


class PaperForm(fields.Form):
    """A certificate of either kind."""

    kind = fields.ChoiceField(
        label=_("What is it?"), choices=[("NOTE", _("Fit note")), ("SELF", _("Self-certificate"))],
        inline=True, initial="NOTE",
    )  # fmt: skip
    from_on = fields.DateField(label=_("From"))
    until = UntilField(label=_("Until"), help_text=_("A day, or how long: 2w, 10 days, 1 month."))
    issued_on = fields.DateField(label=_("Signed on"))
    issuer = fields.ChoiceField(label=_("Signed by"), select=True, required=False)
    fitness = fields.ChoiceField(
        label=_("It says"), choices=Certificate.FITNESS, inline=True, initial=Certificate.NOT_FIT
    )
    adjustments = fields.MultiChoiceField(
        label=_("What would help"), choices=Certificate.ADJUSTMENTS, required=False
    )
    scan = fields.FileField(label=_("Scan or photograph"), required=False, accept="image/*,.pdf")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.issuers = {str(each.pk): each for each in Issuer.objects.order_by("position", "id")}
        self.field("issuer").choices = [
            (key, each.said("name", language)) for key, each in self.issuers.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, until = data.get("from_on"), data.get("until")
        if first and until:
            data["until_on"] = last_day(until, first)
            if data["until_on"] is None:
                self.add_error("until", ValidationError(str(EXAMPLE)))
            elif data["until_on"] < first:
                self.add_error("until", ValidationError(str(_("The last day is before the first."))))
        return data

    def as_paper(self) -> Paper:
        data = self.cleaned_data
        own = data["kind"] == Certificate.SELF
        return Paper(
            kind=data["kind"], from_on=data["from_on"], until_on=data["until_on"],
            issued_on=data["issued_on"], issuer=None if own else self.issuers.get(data["issuer"]),
            fitness=Certificate.NOT_FIT if own else data["fitness"],
            adjustments=() if own or data["fitness"] == Certificate.NOT_FIT else data["adjustments"],
        )  # fmt: skip


class OwnForm(fields.Form):
    """What somebody certifies for themself."""

    from_on = fields.DateField(label=_("First day you were unfit"))
    until = UntilField(
        label=_("Last day you were unfit"),
        help_text=_("A day, or how long, such as 3 days. Seven days at most."),
    )
    declared = fields.TickField(label=_("I was unfit for work on these days. What I have said is true."))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, until = data.get("from_on"), data.get("until")
        if first and until:
            data["until_on"] = last_day(until, first)
            if data["until_on"] is None:
                self.add_error("until", ValidationError(str(EXAMPLE)))
        return data

    def as_paper(self) -> Paper:
        data = self.cleaned_data
        return Paper(
            kind=Certificate.SELF, from_on=data["from_on"], until_on=data["until_on"],
            issued_on=max(today(), data["from_on"]),
        )  # fmt: skip


class DecisionForm(fields.Form):
    can_be_made = fields.YesNo(
        label=_("Can what the note asks for be done?"),
        help_text=_("If not, the note counts as “not fit”; no new note is needed."),
    )
    note = fields.TextField(label=_("What is done, or why not"), required=False, max_length=500)
