"""What is asked of somebody who keeps the directory or writes an article."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.cases.visiting import named
from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account, Team

from .models import Article
from .rules.directory import LANGUAGES
from .rules.writing import REVIEWED_EVERY


class DirectoryForm(fields.Form):
    """One entry of the directory, in both languages side by side."""

    name = fields.TextField(label=_("Name"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160, required=False)
    when_to_use = fields.TextArea(label=_("What they help with"), rows=3)
    when_to_use_cy = fields.TextArea(label=_("What they help with, in Welsh"), rows=3, required=False)
    how = fields.TextArea(
        label=_("How to reach them"), rows=3, help_text=_("Telephone, address of mail or page.")
    )
    how_cy = fields.TextArea(label=_("How to reach them, in Welsh"), rows=3, required=False)
    where = fields.TextArea(label=_("Where"), rows=2, required=False)
    where_cy = fields.TextArea(label=_("Where, in Welsh"), rows=2, required=False)
    coverage = fields.TextField(label=_("Area they cover"), required=False)
    coverage_cy = fields.TextField(label=_("Area they cover, in Welsh"), required=False)
    eligibility = fields.TextField(label=_("Who they help"), required=False, max_length=300)
    eligibility_cy = fields.TextField(label=_("Who they help, in Welsh"), required=False, max_length=300)
    hours = fields.TextField(
        label=_("Opening hours"), required=False, max_length=300,
        help_text=_("Like “Mon-Fri 09:00-16:00; Sat 10:00-12:00”, or “always”. Said in both languages."),
    )  # fmt: skip
    languages = fields.MultiChoiceField(label=_("Languages"), required=False, choices=list(LANGUAGES.items()))
    from_on = fields.DateField(label=_("From which day"), required=False)
    until_on = fields.DateField(label=_("Until which day"), required=False)
    public = fields.TickField(label=_("Show it to the public"), required=False)

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each field beside the same in Welsh."""
        return [(self[name.removesuffix("_cy")], self[name]) for name in self.fields if name.endswith("_cy")]


FORMATTING = _(
    "An empty line ends a paragraph; “- ” begins a list, “## ” a heading; **bold**, [words](address)."
)


class ArticleForm(fields.Form):
    """An article in both languages side by side, whose it is, and for whom."""

    title = fields.TextField(label=_("Title"), max_length=160)
    title_cy = fields.TextField(label=_("Title in Welsh"), max_length=160, required=False)
    summary = fields.TextField(label=_("In one sentence"), max_length=300, required=False)
    summary_cy = fields.TextField(label=_("In one sentence, in Welsh"), max_length=300, required=False)
    body = fields.TextArea(label=_("Text"), rows=14, help_text=FORMATTING)
    body_cy = fields.TextArea(label=_("Text in Welsh"), rows=14, required=False, help_text=FORMATTING)
    kind = fields.ChoiceField(
        label=_("What it is"), choices=[("TEXT", _("An article")), ("LIST", _("A list of where to look"))],
        initial="TEXT", inline=True,
    )  # fmt: skip
    audience = fields.ChoiceField(
        label=_("Who may read it"), choices=[("STAFF", _("Staff")), ("PUBLIC", _("Everybody"))],
        initial="STAFF", inline=True,
    )  # fmt: skip
    owner = fields.ChoiceField(label=_("Owner"), select=True)
    team = fields.ChoiceField(label=_("Team"), select=True)
    services = fields.MultiChoiceField(label=_("Services it answers"), required=False)
    review_on = fields.DateField(label=_("Look at it again on"))
    note = fields.TextField(label=_("What changed"), max_length=300, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, account: Account, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [account, *Account.objects.working_with(account)]
        if article is not None and article.owner is not None:
            owners.append(article.owner)
        self.owners = {str(each.pk): each for each in owners}
        teams = Team.objects.order_by("name")
        self.teams = {str(each.pk): each for each in teams}
        self.offered = {
            str(each.pk): each for each in Service.objects.filter(retired_at=None).order_by("name")
        }
        self.field("owner").choices = [(key, each.name) for key, each in self.owners.items()]
        self.field("team").choices = named(self.teams)
        self.field("services").choices = named(self.offered)
        if article is None:
            del self.fields["note"]
            self.initial.setdefault("owner", str(account.pk))
            self.initial.setdefault("review_on", today() + REVIEWED_EVERY)
            mine = account.team_ids()
            self.initial.setdefault("team", str(mine[0]) if mine else "")

    def clean_owner(self) -> Account:
        return self.owners[self.cleaned_data["owner"]]

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean_services(self) -> list[Service]:
        return [self.offered[key] for key in self.cleaned_data["services"]]

    def clean_review_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["review_on"]
        if day <= today():
            raise forms.ValidationError(_("Choose a day after today."))
        return day

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each field beside the same in Welsh."""
        return [(self[name.removesuffix("_cy")], self[name]) for name in self.fields if name.endswith("_cy")]


class OpinionForm(fields.Form):
    helped = fields.ChoiceField(label=_("Did this help?"), choices=[("yes", _("Yes")), ("no", _("No"))])
    words = fields.TextField(label=_("What was missing?"), max_length=500, required=False)
