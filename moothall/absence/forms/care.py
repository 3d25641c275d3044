"""What is asked about being in touch, about the talk on coming back, and about what came of a trigger."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.absence.models import Contact, Interview, Question
from moothall.core import fields
from moothall.core.clock import today


class ContactForm(fields.Form):
    held_on = fields.DateField(label=_("When?"))
    how = fields.ChoiceField(label=_("How?"), choices=Contact.HOWS, inline=True, initial="PHONE")
    note = fields.TextArea(
        label=_("What was said"), rows=3, required=False, max_length=1000, help_text=_("Nothing medical.")
    )
    next_on = fields.DateField(
        label=_("In touch again on"), required=False, help_text=_("Leave it empty for the usual time.")
    )


class InterviewForm(fields.Form):
    """The questions that stand today, and what came of it."""

    held_on = fields.DateField(label=_("When did you talk?"))
    outcome = fields.ChoiceField(label=_("What came of it?"), choices=Interview.OUTCOMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.questions = list(Question.objects.in_force(today()))
        for each in self.questions:
            self.fields[f"q_{each.key}"] = fields.TextArea(
                label=each.said("name", language), help_text=each.said("hint", language), rows=2,
                required=each.is_needed, max_length=2000,
            )  # fmt: skip
        self.order_fields(["held_on", *(f"q_{each.key}" for each in self.questions), "outcome"])

    def as_answers(self) -> dict[Question, str]:
        return {each: self.cleaned_data.get(f"q_{each.key}", "") for each in self.questions}


class SettleForm(fields.Form):
    outcome = fields.TextArea(
        label=_("What came of it?"), rows=3, max_length=500,
        help_text=_("Such as “talked on 3 March, no action”."),
    )  # fmt: skip
