"""What is typed about promotions."""

from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.models import Account
from moothall.recruitment.models import RoleProfile
from moothall.recruitment.rules.campaigns import CampaignContent
from moothall.workforce.finding import connect_employment_lookup, connect_post_lookup, connect_unit_lookup

from .models import Appeal, Rank
from .rules.checking import CLEAR, REFER
from .rules.temporary import Posting


def language_now() -> str:
    return "cy" if get_language() == "cy" else "en"


def named(rows: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name_in(language_now())) for each in rows]


class BoardForm(fields.Form):
    rank = fields.ChoiceField(label=_("Promotion to"))
    name = fields.TextField(label=_("Name in English"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160)
    profile = fields.ChoiceField(label=_("Role profile"), select=True)
    vacancies = fields.MultiChoiceField(
        label=_("Vacancies"), required=False,
        help_text=_("Only approved ones. A board cannot be published without one."),
    )  # fmt: skip
    places = forms.IntegerField(label=_("How many are to be promoted"), min_value=1, max_value=999)
    about = fields.TextArea(label=_("Advertisement in English"), max_length=6000, rows=6)
    about_cy = fields.TextArea(label=_("Advertisement in Welsh"), max_length=6000, rows=6)
    opens_on = fields.DateField(label=_("First day to apply"))
    closes_on = fields.DateField(label=_("Last day to apply"))

    def __init__(self, *args: Any, vacancies: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.field("rank").choices = named(Rank.objects.to_be_reached())
        self.field("profile").choices = [("", ""), *named(RoleProfile.objects.in_use())]
        self.offered = {str(each.pk): each for each in vacancies}
        self.field("vacancies").choices = named(self.offered.values())

    def rank_chosen(self) -> Rank:
        return Rank.objects.to_be_reached().select_related("route", "below").get(pk=self.cleaned_data["rank"])

    def content(self) -> CampaignContent:
        data = {key: value for key, value in self.cleaned_data.items() if key not in ("rank", "places")}
        profile = RoleProfile.objects.in_use().get(pk=data.pop("profile"))
        chosen = [self.offered[key] for key in data.pop("vacancies")]
        return CampaignContent(profile=profile, vacancies=chosen, **data)


class EligibilityForm(fields.Form):
    eligible = fields.YesNo(label=_("May they go before the board?"))
    because = fields.TextArea(
        label=_("Why?"), max_length=500, rows=3, required=False,
        help_text=_("Needed where they may not: they read it, in the words you write."),
    )  # fmt: skip


class SupportForm(fields.Form):
    supported = fields.YesNo(label=_("Do you recommend them?"))
    words = fields.TextArea(
        label=_("Why?"), max_length=2000,
        help_text=_("What you have seen them do. People services and the panel read it; so may they."),
    )  # fmt: skip


class StandardsForm(fields.Form):
    outcome = fields.ChoiceField(
        label=_("What do professional standards and vetting say?"),
        choices=[(CLEAR, _("Nothing to say")), (REFER, _("To be talked over with them"))],
    )
    note = fields.TextField(
        label=_("Note"), max_length=200, required=False,
        help_text=_("Such as who answered and when. Never what it is about."),
    )  # fmt: skip


class WhyForm(fields.Form):
    because = fields.TextArea(label=_("Why?"), max_length=300, rows=3)


class AppealForm(fields.Form):
    because = fields.TextArea(label=_("Why should the result be looked at again?"), max_length=4000)


class AppealOutcomeForm(fields.Form):
    outcome = fields.ChoiceField(label=_("What comes of it?"), choices=Appeal.OUTCOMES)
    reasons = fields.TextArea(
        label=_("Reasons"), max_length=4000, help_text=_("The candidate reads them as you write them.")
    )


class PostingForm(fields.Form):
    """Where somebody goes, from when, for how long and why."""

    post = fields.LookupField(label=_("Post"), help_text=_("Its number or words of its title"))
    unit = fields.LookupField(label=_("Unit"), help_text=_("The department or team they belong to"))
    manager = fields.LookupField(
        label=_("Line manager"), required=False, help_text=_("Left empty, it stays who it is.")
    )
    from_on = fields.DateField(label=_("First day"))
    until_on = fields.DateField(
        label=_("Last day"), required=False,
        help_text=_("Left empty, it is as long as the assessment at work takes."),
    )  # fmt: skip
    allowance = fields.TextField(label=_("What is paid for it"), max_length=160, required=False)
    because = fields.TextField(label=_("Reason"), max_length=200)

    def __init__(self, *given: Any, by: Account, **named_ones: Any) -> None:
        super().__init__(*given, **named_ones)
        connect_post_lookup(cast(fields.LookupField, self.fields["post"]))
        connect_unit_lookup(cast(fields.LookupField, self.fields["unit"]))
        connect_employment_lookup(cast(fields.LookupField, self.fields["manager"]), by=by, for_managers=True)

    def posting(self) -> Posting:
        data = dict(self.cleaned_data)
        names = ("post", "unit", "manager", "from_on", "until_on", "allowance", "because")
        return Posting(**{name: data[name] for name in names})


class BeginForm(PostingForm):
    """The same for somebody who has been before no board."""

    employment = fields.LookupField(label=_("Who"), help_text=_("Name or employee number"))
    rank = fields.ChoiceField(label=_("Promotion to"))

    field_order = ("employment", "rank")

    def __init__(self, *given: Any, by: Account, **named_ones: Any) -> None:
        super().__init__(*given, by=by, **named_ones)
        connect_employment_lookup(cast(fields.LookupField, self.fields["employment"]), by=by)
        self.ranks = {str(each.pk): each for each in Rank.objects.in_use().filter(below__isnull=False)}
        self.field("rank").choices = named(self.ranks.values())


class ProlongForm(fields.Form):
    until_on = fields.DateField(label=_("New last day"))
    because = fields.TextField(label=_("Why?"), max_length=300)


class ReviewForm(fields.Form):
    words = fields.TextArea(label=_("How does it go?"), max_length=4000)


class GoBackForm(fields.Form):
    last_day = fields.DateField(label=_("Last day in the rank"))
    because = fields.TextArea(label=_("Why?"), max_length=300, rows=3)
