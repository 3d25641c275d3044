"""What is asked to bring in a calendar that is kept elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Resource
from moothall.core import fields
from moothall.people.models import Account

from .reserving import described


class BringForm(fields.Form):
    mark_optional = False
    resource = fields.ChoiceField(label=_("Whose time, or which room?"), select=True)
    name = fields.TextField(
        label=_("What is the calendar called?"), max_length=120,
        help_text=_("Brought in again under the same name, it takes the place of what is there."),
    )  # fmt: skip
    file = fields.FileField(
        label=_("The calendar as a file (.ics)"), required=False, accept=".ics,text/calendar"
    )
    pasted = fields.TextArea(label=_("Or its text"), rows=5, required=False)
    is_private = fields.TickField(
        label=_("Private: others see that it is taken, and not for what"), required=False, initial=True
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Resource.objects.in_use().filter(bed_kind=None)
        if not account.may("bookings.manage"):
            rows = rows.filter(account=account)
        self.known = {str(each.pk): each for each in rows}
        self.field("resource").choices = [(key, described(each)) for key, each in self.known.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("file") or data.get("pasted", "").strip()):
            self.add_error("file", _("Choose the file, or put its text in."))
        return data

    def raw(self) -> bytes:
        data = self.cleaned_data
        content: bytes = data["file"].read() if data["file"] else data["pasted"].encode()
        return content
