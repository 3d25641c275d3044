"""What is asked to ask for leave, to refuse it, and to say that somebody was sick on it."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core import fields
from moothall.leave.models import LeaveEntry, LeaveKind
from moothall.leave.rules.asking import Asked
from moothall.people.models import Account, Organisation, Post

from .templatetags.leave import in_own_language


class AskForm(fields.Form):
    kind = fields.ChoiceField(label=gettext_lazy("What kind of leave?"), select=True)
    from_on = fields.DateField(
        label=gettext_lazy("First day away"), help_text=gettext_lazy("Like 22/11/2026, 22 Nov or next friday")
    )
    until_on = fields.DateField(
        label=gettext_lazy("Last day away"), required=False,
        help_text=gettext_lazy("Leave it empty for one day"),
    )  # fmt: skip
    begins_at_noon = fields.TickField(
        label=gettext_lazy("Only the afternoon of the first day"), required=False
    )
    ends_at_noon = fields.TickField(label=gettext_lazy("Only the morning of the last day"), required=False)
    note = fields.TextField(
        label=gettext_lazy("What for?"), required=False, max_length=300,
        help_text=gettext_lazy("Only where the kind of leave needs it. Your manager reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Sequence[LeaveKind], **given: Any) -> None:
        super().__init__(*args, **given)
        self.kinds = {each.key: each for each in kinds}
        self.field("kind").choices = [(key, in_own_language(each)) for key, each in self.kinds.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", ValidationError(_("The last day is not before the first.")))
        return data

    def asked(self) -> Asked:
        data = self.cleaned_data
        return Asked(
            self.kinds[data["kind"]], data["from_on"], data["until_on"] or data["from_on"],
            data["begins_at_noon"], data["ends_at_noon"], data["note"],
        )  # fmt: skip


class CoverForm(fields.Form):
    unit = fields.ChoiceField(label=gettext_lazy("Which unit?"), select=True)
    post = fields.ChoiceField(
        label=gettext_lazy("Which post in it?"), select=True, required=False,
        help_text=gettext_lazy("For a post, only those who hold it are counted."),
    )  # fmt: skip
    least = fields.TextField(label=gettext_lazy("At least how many people?"), required=False, width=3)
    percent = fields.TextField(
        label=gettext_lazy("Or which share of those who are to work?"), required=False, width=3,
        help_text=gettext_lazy("In per cent, such as 60"),
    )  # fmt: skip
    weekdays = fields.MultiChoiceField(
        label=gettext_lazy("On which days?"), required=False,
        help_text=gettext_lazy("None ticked: every day"),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
    )  # fmt: skip
    from_on = fields.DateField(label=gettext_lazy("From which day?"))
    until_on = fields.DateField(
        label=gettext_lazy("Until which day?"), required=False,
        help_text=gettext_lazy("The last day; empty: until further notice"),
    )  # fmt: skip
    why = fields.TextField(
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("Those who ask for leave read this."),
    )

    def __init__(
        self, *args: Any, units: Sequence[Organisation], posts: Sequence[Post] = (), **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.units = {str(each.pk): each for each in units}
        self.posts = {str(each.pk): each for each in posts}
        said = [(key, f"{each.title} ({each.number})") for key, each in self.posts.items()]
        self.field("post").choices = [("", gettext_lazy("Everybody in the unit")), *said]
        self.field("unit").choices = [(key, each.name) for key, each in self.units.items()]

    def clean_least(self) -> int | None:
        return _whole(self.cleaned_data["least"], most=9999)

    def clean_percent(self) -> int | None:
        return _whole(self.cleaned_data["percent"], most=100)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and (data["least"] is None) == (data["percent"] is None):
            self.add_error("least", ValidationError(_("Give either how many people or which share of them.")))
        if data.get("until_on") and data.get("from_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", ValidationError(_("The last day is not before the first.")))
        return data

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        weekdays = [int(each) for each in data.pop("weekdays")]
        post = self.posts.get(data.pop("post"))
        return {**data, "unit": self.units[data["unit"]], "post": post, "weekdays": weekdays}


def _whole(words: str, *, most: int) -> int | None:
    if not words:
        return None
    if not words.isdecimal() or not 1 <= int(words[:6]) <= most:
        raise ValidationError(_("Enter a whole number from 1 to %(most)s.") % {"most": most})
    return int(words)


class EntryForm(fields.Form):
    kind = fields.ChoiceField(label=gettext_lazy("What is it?"), choices=LeaveEntry.KINDS)
    ground = fields.ChoiceField(
        label=gettext_lazy("Carried over on which ground?"), required=False, select=True,
        choices=[("", gettext_lazy("Not carried over")), *LeaveEntry.GROUNDS],
    )  # fmt: skip
    hours = fields.TextField(
        label=gettext_lazy("How many hours?"), width=5,
        help_text=gettext_lazy("Such as 7.4; with a minus to take hours away"),
    )  # fmt: skip
    counts_on = fields.DateField(label=gettext_lazy("In the leave year of which day?"))
    why = fields.TextField(label=gettext_lazy("Why"))

    def clean_hours(self) -> Decimal:
        words = self.cleaned_data["hours"].replace("−", "-").replace(",", ".").strip()
        if not re.fullmatch(r"-?\d{1,4}(\.\d{1,2})?", words) or not Decimal(words):
            raise ValidationError(_("Enter hours, such as 7.4 or -3."))
        return Decimal(words)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == LeaveEntry.CARRIED and not data.get("ground"):
            self.add_error("ground", ValidationError(_("Choose the ground on which it is carried over.")))
        return data


class RefuseForm(fields.Form):
    reason = fields.TextField(
        label=gettext_lazy("Why is it refused?"),
        max_length=300,
        help_text=gettext_lazy("The person reads this."),
    )


class SickForm(fields.Form):
    first = fields.DateField(label=gettext_lazy("First day sick"))
    last = fields.DateField(label=gettext_lazy("Last day sick"))
    reason = fields.TextField(
        label=gettext_lazy("How it is known"), required=False, max_length=300,
        help_text=gettext_lazy("Such as: self-certificate received. Never the illness."),
    )  # fmt: skip


class DeputyForm(fields.Form):
    deputy = fields.LookupField(label=gettext_lazy("Who stands in?"), help_text=gettext_lazy("Their name."))
    from_on = fields.DateField(label=gettext_lazy("First day"))
    until_on = fields.DateField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, account: Account, **given: Any) -> None:
        super().__init__(*args, **given)
        rows = Account.objects.in_use().exclude(pk=account.pk)
        self.field("deputy").connect(
            fetch=lambda key: rows.filter(pk=int(key)).first() if key.isdecimal() else None,
            search=lambda words: list(rows.filter(name__icontains=words.strip()).order_by("name", "id")[:8]),
            describe=lambda found: fields.Option(str(found.pk), found.name, found.email),
        )


class PayrollForm(fields.Form):
    month = fields.ChoiceField(label=gettext_lazy("Which month?"), select=True)

    def __init__(self, *args: Any, today: dt.date, **given: Any) -> None:
        super().__init__(*args, **given)
        months = [today.replace(day=1)]
        while len(months) < 13:
            months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
        self.field("month").choices = [(f"{each:%Y-%m}", date_format(each, "F Y")) for each in months]

    def clean_month(self) -> dt.date:
        return dt.date.fromisoformat(f"{self.cleaned_data['month']}-01")
