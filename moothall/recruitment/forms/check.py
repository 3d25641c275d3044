"""What is typed on the pages of checks, references and offers."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.models import Account, Post
from moothall.recruitment.models import Offer
from moothall.recruitment.rules.offers import OfferContent
from moothall.recruitment.rules.references import RefereeContent
from moothall.workforce.beginnings import Question
from moothall.workforce.finding import connect_employment_lookup, connect_post_lookup, connect_unit_lookup
from moothall.workforce.models import Employment

LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]


class CheckStepForm(fields.Form):
    """How a step of a check ended; its note stays with the department."""

    outcome = fields.ChoiceField(label=_("Outcome"))
    runs_out_on = fields.DateField(
        label=_("Cleared until"), required=False, help_text=_("The last day on which it counts, if it ends")
    )
    note = fields.TextArea(label=_("Note"), required=False, rows=3, max_length=4000)

    def __init__(
        self, *given: Any, outcomes: Sequence[tuple[str, str]], dated: bool, private: bool, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        if outcomes:
            self.field("outcome").choices = list(outcomes)
        else:
            del self.fields["outcome"]
        if not dated:
            del self.fields["runs_out_on"]
        if private:
            self.fields["note"].help_text = _("Read by your department alone.")


class RefereeForm(fields.Form):
    name = fields.TextField(label=_("Name of the referee"), max_length=160)
    organisation = fields.TextField(label=_("Where they work"), max_length=160, required=False)
    email = fields.EmailField(label=_("Their email address"))
    language = fields.ChoiceField(label=_("We write to them in"), choices=LANGUAGES, initial="en")
    knows_from = fields.DateField(label=_("They have known your work since"))
    knows_until = fields.DateField(
        label=_("Until"), required=False, help_text=_("Leave it empty if you still work there")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("knows_from"), given.get("knows_until")
        if first and last and last < first:
            self.add_error("knows_until", _("This is before the first day."))
        return given

    def content(self) -> RefereeContent:
        return RefereeContent(**self.cleaned_data)


class ReferenceForm(fields.Form):
    """What a referee is asked."""

    how = fields.TextField(label=_("How do you know them?"), max_length=300)
    job = fields.TextField(label=_("What was their job?"), max_length=300)
    first_day = fields.DateField(label=_("Their first day with you"))
    last_day = fields.DateField(
        label=_("Their last day with you"),
        required=False,
        help_text=_("Leave it empty if they still work there"),
    )
    left_because = fields.TextField(label=_("Why did they leave?"), max_length=300, required=False)
    sanctions = fields.TextArea(
        label=_("Is there a disciplinary sanction that still counts?"), max_length=2000, rows=3,
        help_text=_("Say what and until when, or “no”."),
    )  # fmt: skip
    again = fields.ChoiceField(
        label=_("Would you have them again?"), choices=[("yes", _("Yes")), ("no", _("No"))]
    )
    work = fields.TextArea(label=_("What was their work like?"), max_length=4000, rows=8)


class OfferForm(fields.Form):
    kind = fields.ChoiceField(label=_("Which offer?"), choices=Offer.KINDS)
    job = fields.TextField(label=_("Job title in English"), max_length=160)
    job_cy = fields.TextField(label=_("Job title in Welsh"), max_length=160, required=False)
    grade = fields.TextField(label=_("Grade"), max_length=40, width=10)
    hours = forms.DecimalField(
        label=_("Hours a week"), min_value=1, max_value=60, max_digits=4, decimal_places=2
    )
    pay = fields.TextField(label=_("Pay, as the letter says it"), max_length=120)
    starts_on = fields.DateField(label=_("First day"), required=False)
    answer_by = fields.DateField(label=_("To be answered by"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind") == Offer.FINAL and not given.get("starts_on"):
            self.add_error("starts_on", _("A final offer says the first day."))
        return given

    def content(self, post: Post | None) -> OfferContent:
        return OfferContent(post=post, **self.cleaned_data)


class AnswerOfferForm(fields.Form):
    answer = fields.ChoiceField(
        label=_("Your answer"), choices=[("accept", _("I accept the offer")), ("decline", _("I decline it"))]
    )
    because = fields.TextArea(
        label=_("If you decline: why? You need not say."), max_length=300, rows=3, required=False
    )


class StaffForm(fields.Form):
    """What the offer does not say of somebody who starts."""

    number = fields.TextField(label=_("Employee number"), max_length=20, width=10)
    post = fields.LookupField(label=_("Post"), help_text=_("Its number or words of its title"))
    unit = fields.LookupField(label=_("Unit"), help_text=_("The department or team they belong to"))
    manager = fields.LookupField(label=_("Line manager"), required=False)
    workforce = fields.ChoiceField(
        label=_("As"), choices=Employment.WORKFORCES, initial=Employment.EMPLOYEE, select=True
    )

    def __init__(self, *given: Any, by: Account, questions: Sequence[Question] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.questions = list(questions)
        for each in self.questions:
            self.fields[f"ask_{each.key}"] = fields.ChoiceField(
                label=each.label, help_text=each.help_text, required=False, select=True,
                choices=[("", _("Not known yet")), *each.choices],
            )  # fmt: skip
        connect_post_lookup(cast(fields.LookupField, self.fields["post"]))
        connect_unit_lookup(cast(fields.LookupField, self.fields["unit"]))
        connect_employment_lookup(cast(fields.LookupField, self.fields["manager"]), by=by, for_managers=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return given | {"answers": {each.key: given.pop(f"ask_{each.key}", "") for each in self.questions}}

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if Employment.objects.filter(number__iexact=number.strip()).exists():
            raise ValidationError(_("Somebody else has this number."))
        return number
