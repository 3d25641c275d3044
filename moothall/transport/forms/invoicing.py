"""What is asked about invoices of contractors."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.transport.models import Contractor, InvoiceLine

from .contracting import CHOOSE


class InvoiceForm(fields.Form):
    contractor = fields.ChoiceField(label=_("Of which contractor?"), select=True)
    number = fields.TextField(label=_("Number of the invoice"), max_length=40, width=20)
    first_on = fields.DateField(label=_("First day of the period"))
    last_on = fields.DateField(label=_("Last day of the period"))
    file = fields.FileField(
        label=_("The lines as a table"), accept=".csv,.xlsx,.ods",
        help_text=_("CSV or Excel with columns date, job, amount, and where it matters unit and quantity."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.contractors = {str(one.pk): one for one in Contractor.objects.order_by("name", "id")}
        named = [(key, one.name_in(language)) for key, one in self.contractors.items()]
        self.field("contractor").choices = [CHOOSE, *named]

    def clean_contractor(self) -> Contractor:
        return self.contractors[self.cleaned_data["contractor"]]


class LineForm(fields.Form):
    state = fields.ChoiceField(
        label=_("What is decided?"),
        choices=[
            (InvoiceLine.ACCEPTED, _("Accept it as it is asked for")), (InvoiceLine.QUERIED, _("Query it")),
            (InvoiceLine.WAITS, _("Let it wait")),
        ],
    )  # fmt: skip
    because = fields.TextField(
        label=_("Why?"), required=False, max_length=300,
        help_text=_("Needed where it is queried, or accepted although it differs."),
    )  # fmt: skip
