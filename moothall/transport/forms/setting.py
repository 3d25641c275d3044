"""What is asked about a rate."""

from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.transport.models import TransportRate


class RateForm(fields.Form):
    key = fields.ChoiceField(label=_("What is it?"), choices=TransportRate.KEYS, select=True)
    amount = fields.MoneyField(label=_("How much?"))
    from_on = fields.DateField(label=_("From which day?"))
    source = fields.TextField(label=_("Who says so?"), max_length=300)
