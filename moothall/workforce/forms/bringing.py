"""What is asked to bring staff records in: the file, what its columns mean, and what of it is carried out."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.records.rules.tables import pairs_in
from moothall.workforce.models import LeavingReason, StaffImport, StaffProfile
from moothall.workforce.rules.bringing.columns import FIELDS, WITH_WORDS, Means


class ExtractForm(fields.Form):
    file = fields.FileField(
        label=_("File"), accept=".csv,.tsv,.txt,.xlsx,.xls,.ods",
        help_text=_("A .csv, .xlsx, .ods or .xls file of 50 MB at most; the first row names its columns."),
    )  # fmt: skip


class StaffMappingForm(fields.Form):
    """Which column is which field, what their words are called here, and from which day changes hold."""

    source = fields.ChoiceField(label=_("Where it comes from"), select=True, choices=StaffProfile.SOURCES)
    changes_from = fields.DateField(
        label=_("Changes hold from"), help_text=_("Where a row does not say from which day it holds.")
    )
    because = fields.ChoiceField(
        label=_("Why people leave, where the file does not say"), select=True, required=False
    )
    days = fields.ChoiceField(
        label=_("How days are written"), inline=True,
        choices=[
            ("dmy", _("Day, month, year")), ("mdy", _("Month, day, year")), ("ymd", _("Year, month, day")),
        ],
    )  # fmt: skip
    name = fields.TextField(
        label=_("Save under the name"), required=False, max_length=120,
        help_text=_("The next file of this kind can then be read in the same way."),
    )  # fmt: skip

    def __init__(self, *given: Any, table: StaffImport, means: Means, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        reasons = [(row.key, row.name_in(language)) for row in LeavingReason.objects.filter(retired_on=None)]
        self.field("because").choices = [("", _("Choose one")), *reasons]
        columns = [("", _("Not in this file")), *((column, column) for column in table.columns)]
        for name, words in FIELDS.items():
            self.fields[f"column:{name}"] = fields.ChoiceField(
                label=words, select=True, required=False, choices=columns, initial=means.columns.get(name, "")
            )
        for name in WITH_WORDS:
            lines = "\n".join(f"{theirs} = {ours}" for theirs, ours in means.words.get(name, {}).items())
            self.fields[f"words:{name}"] = fields.TextArea(
                label=_("Words for: %s") % FIELDS[name], rows=3, required=False, initial=lines,
                help_text=_("One a line, such as PERM = permanent: their word, then ours."),
            )  # fmt: skip
        day = dt.date.fromisoformat(means.changes_from) if means.changes_from else today()
        self.initial = dict(self.initial) | {
            "source": table.source, "days": means.days, "because": means.because, "changes_from": day,
        }  # fmt: skip
        self.order_fields(
            ["source", *(f"column:{name}" for name in FIELDS), "days", "changes_from", "because",
             *(f"words:{name}" for name in WITH_WORDS), "name"]
        )  # fmt: skip

    def means(self) -> Means:
        data = self.cleaned_data
        columns = {
            name.removeprefix("column:"): said
            for name, said in data.items()
            if name.startswith("column:") and said
        }
        words = {name: pairs for name in WITH_WORDS if (pairs := pairs_in(data.get(f"words:{name}", "")))}
        return Means(columns, words, data["days"], data["because"], data["changes_from"].isoformat())
