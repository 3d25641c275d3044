"""Certificates entered one after another, by keyboard."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.absence.models import Certificate, Reason
from moothall.core import fields
from moothall.core.clock import today

from .certifying import PaperForm


class EntryForm(PaperForm):
    """Whose certificate it is, and what it says. What stands to reason need not be typed."""

    employee = fields.LookupField(label=_("Whose is it?"), help_text=_("Their number or their name."))
    kind = fields.ChoiceField(
        label=_("What is it?"), choices=Certificate.KINDS, select=True, initial=Certificate.NOTE
    )
    issued_on = fields.DateField(
        label=_("Signed on"), required=False, help_text=_("Empty: on the first day it covers.")
    )
    fitness = fields.ChoiceField(
        label=_("It says"), choices=Certificate.FITNESS, select=True, initial=Certificate.NOT_FIT
    )
    reason = fields.ChoiceField(label=_("Why are they off?"), select=True, required=False)
    field_order = ["employee", "kind", "from_on", "until", "issued_on", "issuer", "fitness"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.reasons = {str(each.pk): each for each in Reason.objects.in_force(today())}
        choices = [(key, each.said("name", language)) for key, each in self.reasons.items()]
        self.field("reason").choices = [("", _("Not said yet")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("issued_on") and data.get("from_on"):
            data["issued_on"] = data["from_on"]
        return data

    def as_reason(self) -> Reason | None:
        return self.reasons.get(self.cleaned_data["reason"])
