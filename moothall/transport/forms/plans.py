"""What is asked before runs are planned, and before a plan is withdrawn or its passengers have an owner."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.transport.models import RunPlan

from . import WORKING

SECONDS = [
    ("10", _("Ten seconds")), ("30", _("Half a minute")), ("120", _("Two minutes")),
    ("300", _("Five minutes")), ("900", _("A quarter of an hour")),
]  # fmt: skip


class RunPlanForm(fields.Form):
    """Which days the runs are for, and how long the planner may search."""

    name = fields.TextField(label=_("What is it called?"), max_length=120)
    direction = fields.ChoiceField(label=_("Which way?"), choices=RunPlan.WAYS)
    weekdays = fields.MultiChoiceField(
        label=_("On which days?"), choices=WORKING,
        help_text=_("Where days differ much, plan them apart; a later plan goes before on its own days."),
    )  # fmt: skip
    from_on = fields.DateField(label=_("From which day?"))
    until_on = fields.DateField(label=_("Until which day, if it ends?"), required=False)
    seconds = fields.ChoiceField(
        label=_("How long may it search?"), select=True, choices=SECONDS,
        help_text=_("The first plan is there in seconds and gets better. You can stop it at any moment."),
    )  # fmt: skip
    seed = fields.TextField(
        label=_("Seed"), required=False, width=5, max_length=5,
        help_text=_("Another number, another plan. The same one gives the same plan again."),
    )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """As the rule takes it."""
        data = dict(self.cleaned_data)
        data["weekdays"] = [int(each) for each in data["weekdays"]]
        data["seconds"] = int(data["seconds"])
        data["seed"] = int(data["seed"]) if str(data["seed"]).isdecimal() else 1
        return data

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", str(_("Choose a last day that is not before the first.")))
        return data


class OwnerForm(fields.Form):
    """Who sees to those without a run."""

    owner = fields.ChoiceField(label=_("Who sees to them?"), select=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Account.objects.who_may("transport.use", on=today()).order_by("name", "id")
        self.owners = {str(each.pk): each for each in rows}
        self.field("owner").choices = [(key, each.name) for key, each in self.owners.items()]


class WithdrawForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=200)


class MendForm(fields.Form):
    """Which days a plan in force is brought up to date for, and why."""

    because = fields.TextField(label=_("What happened?"), max_length=200)
    from_on = fields.DateField(label=_("From which day?"))
    until_on = fields.DateField(
        label=_("Until which day?"), required=False, help_text=_("Empty: as long as the plan holds.")
    )
