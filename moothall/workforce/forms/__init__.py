"""What is asked when somebody begins, changes what they do, or leaves."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account, Place
from moothall.workforce.finding import connect_employment_lookup, connect_post_lookup, connect_unit_lookup
from moothall.workforce.models import Assignment, Employment, LeavingReason, WorkPattern
from moothall.workforce.rules.assigning import CHANGEABLE, Terms

NONE = [("", _("None"))]


class TermsForm(fields.Form):
    """What somebody does, how much, where and under whom."""

    post = fields.LookupField(label=_("Post"), help_text=_("Its number or words of its title"))
    unit = fields.LookupField(label=_("Unit"), help_text=_("The department or team they belong to"))
    manager = fields.LookupField(label=_("Line manager"), required=False)
    contract = fields.ChoiceField(
        label=_("Contract"), choices=Assignment.CONTRACTS, initial=Assignment.PERMANENT, select=True
    )
    contract_ends_on = fields.DateField(label=_("Last day of the contract"), required=False)
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"), min_value=Decimal(0), max_value=Decimal(168), decimal_places=2,
        initial=Decimal("37.00"),
    )  # fmt: skip
    fte = forms.DecimalField(
        label=_("Share of a whole post"), min_value=Decimal(0), max_value=Decimal(1), decimal_places=4,
        initial=Decimal(1), help_text=_("1 for full time, 0.6 for three days of five"),
    )  # fmt: skip
    pattern = fields.ChoiceField(label=_("Working pattern"), required=False, select=True)
    pattern_from = fields.DateField(
        label=_("A day on which its cycle begins"), required=False, help_text=_("For shifts, the first early")
    )
    place = fields.ChoiceField(label=_("Where they work"), required=False, select=True)
    is_home_based = fields.TickField(label=_("Works from home"), required=False)

    def __init__(self, *given: Any, by: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        connect_post_lookup(cast(fields.LookupField, self.fields["post"]))
        connect_unit_lookup(cast(fields.LookupField, self.fields["unit"]))
        manager = cast(fields.LookupField, self.fields["manager"])
        connect_employment_lookup(manager, by=by, for_managers=True)
        self.patterns = {str(row.pk): row for row in WorkPattern.objects.filter(retired_on=None)}
        self.places = {str(row.pk): row for row in Place.objects.order_by("name", "id")}
        named_patterns = [(key, row.name_in(language)) for key, row in self.patterns.items()]
        self.field("pattern").choices = [*NONE, *named_patterns]
        self.field("place").choices = [*NONE, *((key, str(row)) for key, row in self.places.items())]

    def clean_pattern(self) -> WorkPattern | None:
        return self.patterns.get(self.cleaned_data["pattern"])

    def clean_place(self) -> Place | None:
        return self.places.get(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("pattern") and not given.get("pattern_from"):
            self.add_error("pattern_from", _("Give a day on which the cycle of the pattern begins."))
        if given.get("contract") == Assignment.FIXED_TERM and not given.get("contract_ends_on"):
            self.add_error("contract_ends_on", _("A fixed-term contract has a last day."))
        return given

    def terms(self, **more: Any) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in CHANGEABLE}, **more)


class StartForm(TermsForm):
    person = fields.LookupField(label=_("Who"), help_text=_("Add the person first if they are not found"))
    number = fields.TextField(label=_("Employee number"), max_length=20, width=10)
    workforce = fields.ChoiceField(
        label=_("As"), choices=Employment.WORKFORCES, initial=Employment.EMPLOYEE, select=True
    )
    nation = fields.ChoiceField(
        label=_("Under the rules of"), choices=Employment.NATIONS, initial=Employment.WALES, select=True
    )
    started_on = fields.DateField(label=_("First day"))
    continuous_from = fields.DateField(
        label=_("Service counts from"), required=False, help_text=_("If it began with another employer")
    )
    probation_until = fields.DateField(label=_("Probation until"), required=False)
    ni_number = fields.TextField(
        label=_("National Insurance number"), required=False, max_length=13, width=20
    )
    field_order = ("person", "number", "workforce", "nation", "started_on", "continuous_from")

    def __init__(self, *given: Any, by: Account, **named: Any) -> None:
        super().__init__(*given, by=by, **named)
        connect_person_lookup(cast(fields.LookupField, self.fields["person"]), by=by)


class ChangeForm(TermsForm):
    from_on = fields.DateField(label=_("From which day"))
    because = fields.TextField(label=_("Why"), max_length=200, required=False)
    field_order = ("from_on", "because")

    def changes_of(self, held: Assignment) -> dict[str, Any]:
        """What differs from what holds now."""
        given = self.cleaned_data
        return {name: given[name] for name in CHANGEABLE if given[name] != getattr(held, name)}


class LeavingForm(fields.Form):
    last_day = fields.DateField(label=_("Last day"))
    because = fields.ChoiceField(label=_("Why they leave"), select=True)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        language, day = get_language() or "en", today()
        rows = LeavingReason.objects.exclude(retired_on__lte=day)
        self.reasons = {str(row.pk): row for row in rows}
        self.field("because").choices = [(key, row.name_in(language)) for key, row in self.reasons.items()]

    def clean_because(self) -> LeavingReason:
        reason = self.reasons.get(self.cleaned_data["because"])
        if reason is None:
            raise ValidationError(_("Choose a reason from the list."))
        return reason


class NextOfKinForm(fields.Form):
    name = fields.TextField(label=_("Name"), max_length=160)
    relation = fields.TextField(label=_("Who they are to them"), max_length=80, required=False, width=20)
    phone = fields.PhoneField(label=_("Telephone number"))
    other_phone = fields.PhoneField(label=_("Another telephone number"), required=False)
