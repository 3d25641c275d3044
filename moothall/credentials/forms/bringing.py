"""What is asked to bring credentials in: the file, and what its columns and words mean."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.credentials.models import CredentialFile, CredentialKind
from moothall.credentials.rules.bringing.reading import FIELDS, Means
from moothall.records.rules.tables import pairs_in

NEEDED = ("employee", "issued_on")


class FileForm(fields.Form):
    file = fields.FileField(
        label=_("File"), accept=".csv,.tsv,.txt,.xlsx,.xls,.ods",
        help_text=_("A .csv, .xlsx, .ods or .xls file of 50 MB at most; the first row names its columns."),
    )  # fmt: skip


class MappingForm(fields.Form):
    """Which column is which field, and what their kinds are called here."""

    kind = fields.ChoiceField(
        label=_("Kind, where the file does not say"), select=True, required=False,
        help_text=_("Such as for a file of driving licences alone."),
    )  # fmt: skip
    days = fields.ChoiceField(
        label=_("How days are written"), inline=True,
        choices=[
            ("dmy", _("Day, month, year")), ("mdy", _("Month, day, year")), ("ymd", _("Year, month, day")),
        ],
    )  # fmt: skip
    words = fields.TextArea(
        label=_("Words for kinds"), rows=4, required=False,
        help_text=_("One a line, such as FAW = First aid at work: their word, then ours."),
    )  # fmt: skip
    seen = fields.TickField(
        label=_("The documents themselves were seen"), required=False,
        help_text=_("What needs no second person then counts at once; the rest waits to be verified."),
    )  # fmt: skip

    def __init__(self, *given: Any, table: CredentialFile, means: Means, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        kinds = sorted((each.name_in(language), each.key) for each in CredentialKind.objects.in_use())
        self.field("kind").choices = [("", _("Choose one")), *((key, name) for name, key in kinds)]
        columns = [("", _("Not in this file")), *((column, column) for column in table.columns)]
        for name, words in FIELDS.items():
            self.fields[f"column:{name}"] = fields.ChoiceField(
                label=words,
                select=True,
                required=name in NEEDED,
                choices=columns,
                initial=means.columns.get(name, ""),
            )
        said = "\n".join(f"{theirs} = {ours}" for theirs, ours in means.words.items())
        self.initial = dict(self.initial) | {
            "days": means.days, "kind": means.kind, "seen": means.seen, "words": said,
        }  # fmt: skip
        self.order_fields([*(f"column:{name}" for name in FIELDS), "kind", "words", "days", "seen"])

    def means(self) -> Means:
        data = self.cleaned_data
        columns = {name: said for name in FIELDS if (said := data[f"column:{name}"])}
        return Means(columns, pairs_in(data["words"]), data["days"], data["kind"], data["seen"])
