"""What is asked to plan a cycle, to agree objectives, to rate, to look again and to sign."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.appraisal.models import Appraisal, Competency, Framework, Mark, Objective
from moothall.core import fields
from moothall.people.models import Account, Organisation
from moothall.workforce.finding import connect_employment_lookup
from moothall.workforce.models import Assignment, Employment


def _named(rows: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(str(each.pk), each.name_in(language)) for each in rows]


class CycleForm(fields.Form):
    """A cycle and its days."""

    name = fields.TextField(label=_("Its name in English"), max_length=120)
    name_cy = fields.TextField(label=_("Its name in Welsh"), required=False, max_length=120)
    framework = fields.ChoiceField(label=_("Framework"))
    from_on = fields.DateField(label=_("First day"))
    until_on = fields.DateField(label=_("Last day"))
    objectives_by = fields.DateField(label=_("Objectives are agreed by"))
    mid_year_by = fields.DateField(label=_("Mid-year talk by"), required=False)
    self_by = fields.DateField(label=_("Own view and evidence by"))
    rating_by = fields.DateField(label=_("Rated by"))
    second_by = fields.DateField(
        label=_("Second look by"), required=False,
        help_text=_("Leave it empty where nobody looks at ratings a second time."),
    )  # fmt: skip
    sign_by = fields.DateField(label=_("Signed by both by"))
    starters_until = fields.DateField(label=_("Left out are those who began after"))
    workforces = fields.MultiChoiceField(
        label=_("Who is appraised"), required=False, choices=Employment.WORKFORCES,
        help_text=_("Choose none to appraise everybody."),
    )  # fmt: skip
    units = fields.MultiChoiceField(
        label=_("In which units"), required=False, help_text=_("Choose none to appraise in every unit.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frameworks = {str(each.pk): each for each in Framework.objects.in_use()}
        self.field("framework").choices = _named(self.frameworks.values())
        units = Assignment.objects.standing().filter(is_main=True).units()
        self.by_key = {str(each.pk): each for each in units}
        self.field("units").choices = _named(units)

    def clean_framework(self) -> Framework:
        return self.frameworks[self.cleaned_data["framework"]]

    def clean_units(self) -> list[Organisation]:
        return [self.by_key[key] for key in self.cleaned_data["units"]]


class TakeInForm(fields.Form):
    employee = fields.LookupField(label=_("Who?"), help_text=_("Type a number or a few letters of a name."))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_employment_lookup(self.field("employee"), by=account)


class ObjectiveForm(fields.Form):
    text = fields.TextField(label=_("What is to be reached?"), max_length=300)
    measure = fields.TextField(label=_("How will both see that it is?"), required=False, max_length=300)
    due_on = fields.DateField(label=_("By which day?"))


class ProgressForm(fields.Form):
    text = fields.TextArea(label=_("How is it coming along?"), max_length=1000, rows=4)
    outcome = fields.ChoiceField(
        label=_("Was it reached?"), required=False,
        choices=[("", _("Not known yet")), *Objective.OUTCOMES],
    )  # fmt: skip


class EvidenceForm(fields.Form):
    text = fields.TextArea(label=_("What shows how it went?"), max_length=4000)
    competencies = fields.MultiChoiceField(label=_("What it speaks of"), required=False)
    document = fields.FileField(label=_("A document, if there is one"), required=False)

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(appraisal.cycle.framework.competencies.all())
        self.rows = {str(each.pk): each for each in rows}
        self.field("competencies").choices = _named(rows)

    def clean_competencies(self) -> list[Competency]:
        return [self.rows[key] for key in self.cleaned_data["competencies"]]


class SaidForm(fields.Form):
    """Words, as long as they need to be."""

    said = fields.TextArea(label=_("In your own words"), max_length=8000, rows=10)


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)


class RatingForm(fields.Form):
    """A mark and a sentence for each competency, and for the whole."""

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        framework = appraisal.cycle.framework
        self.competencies = list(framework.competencies.prefetch_related("descriptors"))
        self.marks = {str(each.pk): each for each in framework.marks.all()}
        given = {
            each.competency_id: each
            for each in appraisal.ratings.filter(replaced_at=None).select_related("mark")
        }
        language = get_language() or "en"
        for each in self.competencies:
            before = given.get(each.pk)
            self._ask(f"c{each.pk}", each.name_in(language), before, hint=_levels(each, language))
        self._ask("overall", str(_("Overall")), None)
        if appraisal.overall_id:
            self.initial.setdefault("overall", str(appraisal.overall_id))
            self.initial.setdefault("overall-why", appraisal.overall_because)

    def _ask(self, name: str, label: str, before: Any, *, hint: str = "") -> None:
        self.fields[name] = fields.ChoiceField(
            label=label, choices=_named(self.marks.values()), inline=True, help_text=hint
        )
        self.fields[f"{name}-why"] = fields.TextField(
            label=_("Why: %(what)s") % {"what": label}, max_length=500
        )
        if before is not None:
            self.initial.setdefault(name, str(before.mark_id))
            self.initial.setdefault(f"{name}-why", before.because)

    def ratings(self) -> dict[Competency, tuple[Mark, str]]:
        data = self.cleaned_data
        return {
            each: (self.marks[data[f"c{each.pk}"]], data[f"c{each.pk}-why"]) for each in self.competencies
        }

    def overall(self) -> Mark:
        return self.marks[self.cleaned_data["overall"]]


def _levels(competency: Competency, language: str) -> str:
    said = [f"{each.level}. {each.text_in(language)}" for each in competency.descriptors.all()]
    return " ".join(said) or competency.about_in(language)


class LookForm(fields.Form):
    agrees = fields.YesNo(label=_("Do you agree the rating?"))
    said = fields.TextArea(
        label=_("What you want to say"), required=False, max_length=2000,
        help_text=_("Whoever rated reads it. Needed where you send it back."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("agrees") is False and not self.cleaned_data.get("said"):
            self.add_error("said", ValidationError(str(_("Say what should be looked at again."))))
        return self.cleaned_data


class SignForm(fields.Form):
    agrees = fields.YesNo(
        label=_("Do you agree with it?"),
        help_text=_("You sign that you have read it. You may sign and disagree."),
    )  # fmt: skip
    said = fields.TextArea(
        label=_("What you want to say"), required=False, max_length=4000,
        help_text=_("It stays on the appraisal. Needed where you disagree."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("agrees") is False and not self.cleaned_data.get("said"):
            self.add_error("said", ValidationError(str(_("Say what you disagree with."))))
        return self.cleaned_data


class LeaveOutForm(fields.Form):
    reason = fields.ChoiceField(label=_("Why?"), choices=Appraisal.REASONS)
    note = fields.TextField(label=_("A word on it"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == Appraisal.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", ValidationError(str(_("Say which other reason."))))
        return self.cleaned_data
