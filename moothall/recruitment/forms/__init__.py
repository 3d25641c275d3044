"""What is typed at the desk of recruitment: vacancies, campaigns and their places."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.models import Account, Post
from moothall.recruitment.models import RoleProfile, Route, Vacancy
from moothall.recruitment.rules.campaigns import CampaignContent, Cohort
from moothall.recruitment.rules.vacancies import VacancyContent

MOST_PLACES: Final = 999


def language_now() -> str:
    return "cy" if get_language() == "cy" else "en"


def named(rows: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name_in(language_now())) for each in rows]


class WhyForm(fields.Form):
    because = fields.TextArea(label=_("Why?"), max_length=300, rows=3)


class VacancyForm(fields.Form):
    title = fields.TextField(label=_("Job title in English"), max_length=160)
    title_cy = fields.TextField(label=_("Job title in Welsh"), max_length=160, required=False)
    profile = fields.ChoiceField(label=_("Role profile"), select=True)
    post = fields.TextField(label=_("Post number"), max_length=20, required=False, width=10)
    places = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_PLACES, initial=1)
    grade = fields.TextField(label=_("Grade"), max_length=40, width=10)
    hours = forms.DecimalField(
        label=_("Hours a week"), min_value=1, max_value=60, max_digits=4, decimal_places=2
    )
    cost_code = fields.TextField(label=_("Cost code"), max_length=40, width=10)
    welsh = fields.ChoiceField(label=_("Welsh-language category"), choices=Vacancy.WELSH)
    welsh_because = fields.TextField(label=_("Why this category"), max_length=300)
    because = fields.TextArea(label=_("Why the job is to be filled"), max_length=2000)
    is_new = fields.YesNo(
        label=_("Is the job new or changed?"), help_text=_("It is evaluated first."), initial=False
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["profile"].choices = [("", ""), *named(RoleProfile.objects.in_use())]  # type: ignore[attr-defined]

    def clean_post(self) -> Post | None:
        number = str(self.cleaned_data["post"]).strip()
        if not number:
            return None
        found = Post.objects.filter(number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no post with this number."))
        return found

    def content(self, by: Account) -> VacancyContent:
        data = dict(self.cleaned_data)
        profile = RoleProfile.objects.in_use().get(pk=data.pop("profile"))
        return VacancyContent(profile=profile, hiring_manager=by, **data)


class CampaignForm(fields.Form):
    name = fields.TextField(label=_("Name in English"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160, required=False)
    profile = fields.ChoiceField(label=_("Role profile"), select=True)
    vacancies = fields.MultiChoiceField(label=_("Vacancies"), required=False)
    about = fields.TextArea(label=_("Advertisement in English"), max_length=6000, rows=8, required=False)
    about_cy = fields.TextArea(label=_("Advertisement in Welsh"), max_length=6000, rows=8, required=False)
    opens_on = fields.DateField(label=_("First day to apply"))
    closes_on = fields.DateField(label=_("Last day to apply"))
    starts_on = fields.DateField(label=_("First day in the job"), required=False)
    again_after_days = forms.IntegerField(
        label=_("Days before somebody may apply again"), min_value=0, max_value=999, initial=0,
        help_text=_("After an attempt that failed or was withdrawn; none means at once."),
    )  # fmt: skip

    def __init__(self, *args: Any, vacancies: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["profile"].choices = [("", ""), *named(RoleProfile.objects.in_use())]  # type: ignore[attr-defined]
        self.offered = {str(each.pk): each for each in vacancies}
        self.fields["vacancies"].choices = named(self.offered.values())  # type: ignore[attr-defined]

    def content(self) -> CampaignContent:
        data = dict(self.cleaned_data)
        profile = RoleProfile.objects.in_use().get(pk=data.pop("profile"))
        chosen = [self.offered[key] for key in data.pop("vacancies")]
        return CampaignContent(profile=profile, vacancies=chosen, **data)


class PlacesForm(fields.Form):
    """How many come in by each route; a route with none is not offered."""

    starts_on = fields.DateField(label=_("When they start"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.routes = {f"route-{each.key}": each for each in Route.objects.in_use()}
        for name, route in self.routes.items():
            self.fields[name] = forms.IntegerField(
                label=route.name_in(language_now()), min_value=0, max_value=MOST_PLACES, required=False
            )

    def cohorts(self, keep: list[Cohort]) -> list[Cohort]:
        """Those given here, and those of other days as they stand."""
        day: dt.date | None = self.cleaned_data["starts_on"]
        given = [
            Cohort(route, self.cleaned_data[name], day)
            for name, route in self.routes.items()
            if self.cleaned_data.get(name)
        ]
        return [*given, *(each for each in keep if each.starts_on != day)]
