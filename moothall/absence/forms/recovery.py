"""What is asked about occupational health, a phased return, and the scheme of sick pay."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.absence.models import Referral
from moothall.core import fields

HOURS = re.compile(r"\d{1,3}(\.\d{1,2})?")


class ReferralForm(fields.Form):
    asked_on = fields.DateField(label=_("When are they asked?"))
    provider = fields.TextField(label=_("Who is asked?"), required=False, max_length=160)
    asks = fields.TextArea(
        label=_("What do you want to know?"), rows=5, max_length=4000,
        help_text=_("About their work: when they may be back, what would help. Nothing medical."),
    )  # fmt: skip
    consent_on = fields.DateField(label=_("On which day did they agree to it?"))
    consent_how = fields.TextField(
        label=_("How did they agree?"), required=False, max_length=200,
        help_text=_("Such as: signed form, on the telephone."),
    )  # fmt: skip
    sends_copy = fields.TickField(label=_("Write to them what is asked"), required=False)


class AnswerForm(fields.Form):
    answered_on = fields.DateField(label=_("When was it answered?"))
    seen_on = fields.DateField(label=_("When were they seen?"), required=False)
    outcome = fields.ChoiceField(label=_("What was the answer?"), choices=Referral.OUTCOMES)
    advice = fields.TextArea(
        label=_("What would help at work?"), rows=5, required=False, max_length=4000,
        help_text=_("Keep nothing medical: hours, duties, equipment, a review."),
    )  # fmt: skip
    review_on = fields.DateField(label=_("Looked at again on"), required=False)


class WhyForm(fields.Form):
    because = fields.TextArea(label=_("Why?"), rows=3, max_length=300)


class PlanForm(fields.Form):
    from_on = fields.DateField(label=_("First day back"))
    weeks = fields.TextField(
        label=_("Hours of each week, first week first"), max_length=200,
        help_text=_("Such as 12, 20, 28, 34. After the last week they work as usual."),
    )  # fmt: skip
    note = fields.TextField(label=_("Duties, if they differ"), required=False, max_length=500)

    def clean_weeks(self) -> list[Decimal]:
        said = [each for each in re.split(r"[;,\s]+", self.cleaned_data["weeks"].strip()) if each]
        if not said or not all(HOURS.fullmatch(each) for each in said):
            raise ValidationError(str(_("Enter hours, one number for each week, such as 12, 20, 28.")))
        return [Decimal(each) for each in said]


class EndPlanForm(fields.Form):
    ended_on = fields.DateField(label=_("Its last day"))
    because = fields.TextArea(label=_("Why?"), rows=3, max_length=300)
