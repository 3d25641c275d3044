"""What is asked to write up a talk, to plan, to ask for a mentor and to match one."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.appraisal.models import PlanItem, Talk
from moothall.appraisal.rules.talks import Agreed
from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.finding import connect_employment_lookup
from moothall.workforce.models import Employment, Skill

ACTIONS = 4


class TalkForm(fields.Form):
    """What was said, and up to four things that were agreed."""

    kind = fields.ChoiceField(label=_("What was it?"), choices=Talk.KINDS, inline=True)
    held_on = fields.DateField(label=_("On which day?"))
    notes = fields.TextArea(
        label=_("What was said"), max_length=8000, rows=8,
        help_text=_("Read by the two of you, and by whoever may see what is private."),
    )  # fmt: skip
    next_on = fields.DateField(label=_("When do you meet next?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", today())
        self.initial.setdefault("kind", Talk.ONE_TO_ONE)
        for number in range(1, ACTIONS + 1):
            said = {"number": number}
            self.fields[f"what{number}"] = fields.TextField(
                label=_("Agreed %(number)s: what") % said, required=False, max_length=300
            )
            self.fields[f"due{number}"] = fields.DateField(
                label=_("Agreed %(number)s: by which day") % said, required=False
            )
            self.fields[f"mine{number}"] = fields.TickField(
                label=_("Agreed %(number)s: I do it, not they") % said, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for number in range(1, ACTIONS + 1):
            if data.get(f"what{number}") and not data.get(f"due{number}"):
                self.add_error(f"due{number}", ValidationError(str(_("Say by which day."))))
        return data

    def agreed(self) -> list[Agreed]:
        data = self.cleaned_data
        return [
            Agreed(data[f"what{number}"], data[f"due{number}"], data[f"mine{number}"])
            for number in range(1, ACTIONS + 1)
            if data.get(f"what{number}")
        ]


class PlanForm(fields.Form):
    aim = fields.TextField(label=_("What do you want to learn or become?"), max_length=300)
    how = fields.TextField(label=_("How?"), required=False, max_length=300)
    kind = fields.ChoiceField(label=_("What does it take?"), choices=PlanItem.KINDS)
    by_on = fields.DateField(label=_("By which day?"))

    def clean_by_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["by_on"]
        if day < today():
            raise ValidationError(str(_("Choose a day that is still to come.")))
        return day


class MentorForm(fields.Form):
    wants = fields.TextArea(label=_("What do you want from a mentor?"), max_length=500, rows=4)
    skill = fields.ChoiceField(label=_("A skill they should be practised in"), required=False, select=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.skills = {str(each.pk): each for each in Skill.objects.order_by("name", "pk")}
        named = [(key, each.name_in(language)) for key, each in self.skills.items()]
        self.field("skill").choices = [("", _("None in particular")), *named]

    def clean_skill(self) -> Skill | None:
        return self.skills.get(self.cleaned_data["skill"])


class MatchForm(fields.Form):
    """One of those proposed, or anybody else."""

    mentor = fields.ChoiceField(label=_("Who fits"), required=False)
    other = fields.LookupField(
        label=_("Or somebody else"), required=False,
        help_text=_("Type a number or a few letters of a name."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, proposed: list[Employment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = {str(each.pk): each for each in proposed}
        self.field("mentor").choices = [(key, _said(each)) for key, each in self.proposed.items()]
        if not proposed:
            del self.fields["mentor"]
        connect_employment_lookup(self.field("other"), by=account)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = self.proposed.get(data.get("mentor") or "") or data.get("other")
        if chosen is None and not self.errors:
            self.add_error("other", ValidationError(str(_("Choose who is to be the mentor."))))
        return data | {"chosen": chosen}


def _said(employment: Employment) -> str:
    unit = employment.main.unit.name_in(get_language() or "en") if employment.main else ""
    return f"{employment.person.full_name} · {unit}"


class EndForm(fields.Form):
    because = fields.TextField(label=_("Why does it end?"), required=False, max_length=300)
