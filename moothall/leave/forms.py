"""What is asked to ask for leave, to refuse it, and to say that somebody was sick on it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core import fields
from moothall.leave.models import LeaveKind
from moothall.leave.rules.asking import Asked

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
