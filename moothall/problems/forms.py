"""What is asked about a problem, and of whoever tells everybody that it is fixed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.cases.visiting import named
from moothall.core import fields
from moothall.people.models import Account, Team

from .models import Problem

STATES = [
    ("OPEN", _("Open")),
    ("KNOWN", _("Cause known")),
    ("FIXED", _("Fixed")),
    ("CLOSED", _("Closed")),
]


class NewProblemForm(fields.Form):
    title = fields.TextField(label=_("What keeps going wrong?"), max_length=200)
    team = fields.ChoiceField(label=_("Team"), select=True)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.order_by("name")
        standing = account.standing()
        if not standing.everywhere_for("problems.manage"):
            teams = teams.filter(pk__in=standing.teams_for("problems.manage"))
        self.teams = {str(each.pk): each for each in teams}
        self.field("team").choices = named(self.teams)

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]


class ProblemForm(fields.Form):
    """What is known of a problem now."""

    title = fields.TextField(label=_("What keeps going wrong?"), max_length=200)
    state = fields.ChoiceField(label=_("How it stands"), choices=STATES, inline=True)
    owner = fields.ChoiceField(label=_("Owner"), select=True)
    cause = fields.TextArea(label=_("Cause"), rows=4, required=False)
    workaround = fields.TextArea(
        label=_("What people can do meanwhile"), rows=5, required=False,
        help_text=_("Shown on every case of this problem, and can be put into a reply."),
    )  # fmt: skip
    workaround_cy = fields.TextArea(label=_("The same in Welsh"), rows=5, required=False)

    def __init__(self, *args: Any, account: Account, problem: Problem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [
            account,
            *Account.objects.working_with(account),
            *([problem.owner] if problem.owner else []),
        ]
        self.owners = {str(each.pk): each for each in owners}
        self.field("owner").choices = [(key, each.name) for key, each in self.owners.items()]

    def clean_owner(self) -> Account:
        return self.owners[self.cleaned_data["owner"]]


class EscalationForm(fields.Form):
    to = fields.TextField(label=_("Put before whom?"), max_length=200)
    address = fields.EmailField(label=_("Their email address"), required=False)
    because = fields.TextArea(label=_("Why, and what they are to do"), rows=4)


class TellingForm(fields.Form):
    """The letter in both languages. Greeting, name and team are put around it."""

    subject = fields.TextField(label=_("Subject"), max_length=200)
    subject_cy = fields.TextField(label=_("Subject in Welsh"), max_length=200)
    body = fields.TextArea(label=_("Message"), rows=8)
    body_cy = fields.TextArea(label=_("Message in Welsh"), rows=8)
    close = fields.TickField(label=_("Close their cases as answered"), required=False)


class LinkForm(fields.Form):
    problem = fields.ChoiceField(label=_("Which problem?"), select=True)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Problem.objects.visible_to(account).exclude(state=Problem.CLOSED).order_by("-made_at", "-id")
        self.problems = {str(each.pk): each for each in found[:200]}
        self.field("problem").choices = [(key, str(each)) for key, each in self.problems.items()]

    def clean_problem(self) -> Problem:
        return self.problems[self.cleaned_data["problem"]]
