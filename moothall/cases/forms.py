"""What we ask when somebody works a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account, Team

from .models import Case, Service
from .models.clock import CaseClock
from .rules.definition import OutcomeDefinition
from .visiting import named, services_by_team, services_in_use

PRIORITIES = [(1, _("Urgent")), (2, _("High")), (3, _("Normal")), (4, _("Low"))]
LEVELS = [
    ("OPEN", _("Open: all staff")),
    ("TEAM", _("Team: the teams that work on it")),
    ("RESTRICTED", _("Restricted: only the people named")),
    ("SEALED", _("Sealed: only the people named, and each opening needs a reason")),
]
TURNS = [("PERSON", _("The person")), ("THIRD", _("Somebody else")), ("US", _("Us"))]


class EditionForm(fields.Form):
    """A form that notices when somebody else has changed the case meanwhile."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NoteForm(fields.Form):
    text = fields.TextArea(label=_("Note"), help_text=_("Only staff see notes."), rows=5)
    attachments = fields.FileField(label=_("Files"), several=True, required=False)


class CallForm(fields.Form):
    text = fields.TextArea(
        label=_("What was said"), rows=5, error_messages={"required": _("Write down what was said.")}
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=600)
    at_counter = fields.TickField(label=_("They came to the counter"), required=False)


class AssignForm(EditionForm):
    mark_optional = False
    to = fields.ChoiceField(label=_("Assign to"), select=True, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in Account.objects.working_in(case.team_id)}
        self.field("to").choices = [("", _("Nobody")), *((key, a.name) for key, a in self.people.items())]

    def clean_to(self) -> Account | None:
        return self.people.get(self.cleaned_data["to"])


class HandOverForm(fields.Form):
    team = fields.ChoiceField(label=_("Hand over to"), error_messages={"required": _("Choose a team.")})
    because = fields.TextArea(
        label=_("Why, and what they need to know"),
        rows=4,
        help_text=_("The lead of that team sees this first."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(t.pk): t for t in Team.objects.exclude(pk=case.team_id).select_related("lead")}
        self.field("team").choices = named(self.teams)
        self.field("team").choice_hints = {
            key: team.lead.name for key, team in self.teams.items() if team.lead
        }

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]


class HoldForm(fields.Form):
    until = fields.DateField(
        label=_("Hold until"), help_text=_("Such as 27/11/2026, Friday, or tomorrow."),
        error_messages={"required": _("Enter the day it comes back.")},
    )  # fmt: skip
    because = fields.TextField(label=_("Why"), max_length=200)
    waiting_on = fields.ChoiceField(label=_("Whose turn is it?"), choices=TURNS, initial="PERSON")


class CloseForm(EditionForm):
    outcome = fields.ChoiceField(label=_("How did it end?"))
    reason = fields.TextArea(label=_("Reason"), rows=3, required=False)

    def __init__(self, *args: Any, outcomes: list[OutcomeDefinition], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("outcome").choices = [
            *((each.key, each.name_in(language)) for each in outcomes),
            ("opened_by_mistake", _("Opened by mistake")),
        ]


class ReasonForm(fields.Form):
    """One sentence why, for acts that need nothing else."""

    because = fields.TextArea(label=_("Why"), rows=3)


class AskedForm(fields.Form):
    """What is asked for, of the services in use, and by whom."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services_in_use()
        self.field("service").choices = services_by_team(self.services.values())
        connect_person_lookup(self.field("requester"), by=account)

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]


class DetailsForm(AskedForm, EditionForm):
    title = fields.TextField(label=_("Title"), max_length=300)
    service = fields.ChoiceField(label=_("Service"), select=True)
    requester = fields.LookupField(label=_("Who asked"), required=False)
    priority = fields.ChoiceField(label=_("Priority"), choices=PRIORITIES, inline=True)
    language = fields.ChoiceField(
        label=_("Language they use"),
        choices=[("en", "English"), ("cy", "Cymraeg")],
        inline=True,
        required=False,
    )


class ReceivedForm(fields.Form):
    received = fields.DateField(label=_("Date received"))
    because = fields.TextField(label=_("Why it changes"), max_length=200)


class LinkForm(fields.Form):
    reference = fields.TextField(label=_("Reference of the other case"), max_length=20, width=10)
    kind = fields.ChoiceField(
        label=_("How do they belong together?"),
        choices=[
            ("RELATED", _("Related")),
            ("DUPLICATE", _("The same thing asked twice: link only")),
            ("MERGED", _("The same thing: merge this case into the other")),
        ],
        initial="RELATED",
    )


class ConfidentialityForm(fields.Form):
    level = fields.ChoiceField(label=_("Who may see this case?"), choices=LEVELS)
    named = fields.MultiChoiceField(
        label=_("People named"), required=False, help_text=_("You are always among them.")
    )
    because = fields.TextField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in Account.objects.filter(is_active=True)}
        self.field("named").choices = [(key, each.name) for key, each in self.people.items()]

    def clean_named(self) -> list[Account]:
        return [self.people[key] for key in self.cleaned_data["named"]]


class StepForm(fields.Form):
    outcome = fields.ChoiceField(label=_("Outcome"), required=False)
    note = fields.TextField(label=_("Note"), required=False, max_length=500)
    again = fields.TickField(label=_("Do it again next time"), required=False)

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], repeats: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outcomes:
            self.field("outcome").choices = outcomes
            self.fields["outcome"].required = True
        else:
            del self.fields["outcome"]
        if not repeats:
            del self.fields["again"]


class ClockEventForm(fields.Form):
    kind = fields.ChoiceField(label=_("What happened?"))
    on = fields.DateField(label=_("When"))
    reason = fields.TextField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], clock: CaseClock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clock = clock
        self.field("kind").choices = kinds


class NewCaseForm(AskedForm):
    """No service is chosen beforehand: some are for few eyes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("service").choices = [("", ""), *self.field("service").choices]

    service = fields.ChoiceField(label=_("Service"), select=True)
    title = fields.TextField(label=_("What is it about?"), max_length=300)
    requester = fields.LookupField(label=_("Who asks?"), required=False)
    text = fields.TextArea(label=_("What they said"), rows=6, required=False)
    received = fields.DateField(
        label=_("Date received"), required=False, help_text=_("Leave empty for today.")
    )
    priority = fields.ChoiceField(label=_("Priority"), choices=PRIORITIES, initial=3, inline=True)


class EmergencyForm(fields.Form):
    reference = fields.TextField(
        label=_("Reference of the case"), max_length=20, help_text=_("In full, such as LOD-26-00042."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )  # fmt: skip
    reason = fields.TextArea(
        label=_("What happened, and why can it not wait?"), rows=4, max_length=1000,
        help_text=_("In a sentence. Those who may see the case, and the auditors, read it at once."),
    )  # fmt: skip


class JudgementForm(fields.Form):
    justified = fields.YesNo(
        label=_("Was it right to open the case?"),
        error_messages={"required": _("Say yes or no.")},
    )
    because = fields.TextArea(label=_("Why you think so"), rows=4, max_length=1000)


class EmergencyRulesForm(fields.Form):
    lasts_minutes = forms.IntegerField(
        label=_("How many minutes an opening lasts"), min_value=5, max_value=480
    )
    signed_in_minutes = forms.IntegerField(
        label=_("How many minutes ago one may have given the password"), min_value=1, max_value=60
    )
