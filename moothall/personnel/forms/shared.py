"""What is asked to give notice of shared parental leave, and to decide on it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clocks.shared_parental import Block
from moothall.core import fields
from moothall.personnel.models import SharedNotice
from moothall.workforce.models import Employment

from . import LateField, OfEmployee, not_yet_to_come, within_reach

MOST_BLOCKS = 5


class AskSharedForm(fields.Form):
    """The child, how many weeks are theirs, and up to five blocks."""

    event_on = fields.DateField(
        label=_("The day the child is due, was born, or comes to you"),
        help_text=_("The same in every notice about this child"),
    )
    weeks = forms.IntegerField(
        label=_("How many weeks of shared leave are yours?"), min_value=1, max_value=50,
        help_text=_("As the two of you have told us; both together have at most 50."),
    )  # fmt: skip
    replaces = fields.ChoiceField(
        label=_("Does it take the place of an earlier notice?"), select=True, required=False,
        help_text=_("Its blocks are then given up once these are booked."),
    )  # fmt: skip

    def __init__(self, *given: Any, of: Employment | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        booked = SharedNotice.objects.filter(state__in=(SharedNotice.HELD, SharedNotice.ONE))
        self.earlier = {str(each.pk): each for each in booked.filter(employment=of)} if of else {}
        said = [(key, _said(each)) for key, each in self.earlier.items()]
        self.field("replaces").choices = [("", _("No, it books leave")), *said]
        if not said:
            del self.fields["replaces"]
        for number in range(1, MOST_BLOCKS + 1):
            words = {"number": number}
            needed = number == 1
            self.fields[f"first{number}"] = fields.DateField(
                label=_("Block %(number)s: first day") % words, required=needed
            )
            self.fields[f"last{number}"] = fields.DateField(
                label=_("Block %(number)s: last day") % words, required=needed
            )

    def clean_event_on(self) -> dt.date | None:
        return within_reach(self.cleaned_data["event_on"])

    def clean_replaces(self) -> SharedNotice | None:
        return self.earlier.get(self.cleaned_data["replaces"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for number in range(1, MOST_BLOCKS + 1):
            first, last = data.get(f"first{number}"), data.get(f"last{number}")
            if bool(first) != bool(last) and not self.errors:
                self.add_error(f"last{number}", ValidationError(str(_("Give both days of the block."))))
            elif first and last and last < first:
                self.add_error(f"last{number}", ValidationError(str(_("It ends before it begins."))))
        return data

    def given(self) -> dict[str, Any]:
        """As the rule takes it."""
        data = self.cleaned_data
        pairs = [(data.get(f"first{n}"), data.get(f"last{n}")) for n in range(1, MOST_BLOCKS + 1)]
        blocks: list[Block] = [(first, last) for first, last in pairs if first and last]
        names = ("event_on", "weeks", "replaces", "received_on", "late_because")
        return {name: data[name] for name in names if name in data} | {"blocks": blocks}


def _said(notice: SharedNotice) -> str:
    return f"{notice.received_on:%d/%m/%Y} ({notice.get_state_display()})"


class EnterSharedForm(AskSharedForm, OfEmployee, LateField):
    """For the desk: whose it is, and when it came."""

    received_on = fields.DateField(label=_("When did it come?"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.field("event_on").label = _("The day the child is due, was born, or comes to them")
        self.field("weeks").label = _("How many weeks of shared leave are theirs?")
        self.field("weeks").help_text = _("As the two parents have told us; both together have at most 50.")
        self.order_fields(["employee", "received_on", "event_on", "weeks", "replaces"])

    def clean_received_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["received_on"])


class RefuseSharedForm(fields.Form):
    because = fields.TextArea(
        label=_("Why can the separate blocks not be agreed?"), rows=4, max_length=1000,
        help_text=_("The person reads it. You may name blocks that could be agreed."),
    )  # fmt: skip


class OneBlockForm(fields.Form):
    day = fields.DateField(label=_("When does the one block begin?"))
