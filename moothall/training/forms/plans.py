"""What is asked before the planner plans, and before its plan becomes a draft."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clocks.months import last_day_of_months
from moothall.core import fields
from moothall.training.models import Course, Schedule

from . import named_choices, whole

PLAN_MONTHS = (1, 3, 6, 9, 12, 18, 24)
PLAN_SECONDS = [
    ("10", _("Ten seconds")), ("30", _("Half a minute")), ("60", _("One minute")), ("300", _("Five minutes")),
    ("900", _("A quarter of an hour")),
]  # fmt: skip


class PlanForm(fields.Form):
    """Which months the planner plans, for how long it searches, and what."""

    from_on = fields.DateField(label=_("From which day?"))
    months = fields.ChoiceField(label=_("For how many months?"), select=True)
    seconds = fields.ChoiceField(
        label=_("How long may it search?"), select=True, choices=PLAN_SECONDS,
        help_text=_("The first plan is there in seconds and gets better. You can stop it at any moment."),
    )  # fmt: skip
    courses = fields.MultiChoiceField(
        label=_("Which courses?"), required=False, help_text=_("None ticked: all that anybody needs.")
    )
    seed = fields.TextField(
        label=_("Seed"), required=False, width=5, max_length=5,
        help_text=_("Another number, another plan. The same one gives the same plan again."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.offered = {str(each.pk): each for each in Course.objects.in_use()}
        self.field("courses").choices = named_choices(self.offered.values())
        self.field("months").choices = [
            (str(months), ngettext("%(months)s month", "%(months)s months", months) % {"months": months})
            for months in PLAN_MONTHS
        ]
        if not self.offered:
            del self.fields["courses"]

    def clean_seed(self) -> int:
        return whole(self.cleaned_data["seed"], most=99999) or 1

    def asked(self) -> dict[str, Any]:
        """As the rule takes it."""
        data = self.cleaned_data
        return {
            "from_on": data["from_on"],
            "until_on": last_day_of_months(data["from_on"], int(data["months"])),
            "seconds": int(data["seconds"]), "seed": data["seed"],
            "courses": [self.offered[key] for key in data.get("courses", ())],
        }  # fmt: skip


class PlanDraftForm(fields.Form):
    """Which schedule a plan becomes a draft of."""

    schedule = fields.ChoiceField(label=_("Of which schedule?"), select=True, required=False)
    name = fields.TextField(
        label=_("Or what is the new one called?"), required=False, max_length=120,
        help_text=_("A new schedule has the months of this plan."),
    )  # fmt: skip
    note = fields.TextField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, schedules: list[Schedule], **given: Any) -> None:
        super().__init__(*args, **given)
        self.schedules = {str(each.pk): each for each in schedules}
        self.field("schedule").choices = [
            ("", _("A new one")), *((key, each.name) for key, each in self.schedules.items()),
        ]  # fmt: skip

    def clean_schedule(self) -> Schedule | None:
        return self.schedules.get(self.cleaned_data["schedule"])
