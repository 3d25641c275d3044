"""Forms of a table of enquiries: the file, and what its columns mean."""

from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import current_version
from moothall.cases.visiting import named, services_by_team, services_in_use
from moothall.core import fields
from moothall.core.refusals import Words
from moothall.enquiries.models import TableImport
from moothall.enquiries.rules.table.meaning import ANSWER, FIELDS, WITH_VALUES, Means
from moothall.people.models import Account, Team
from moothall.records.rules.tables import pairs_in


class TableForm(fields.Form):
    """A table of enquiries, and where its rows belong unless they say so themselves."""

    file = fields.FileField(
        label=_("File"),
        help_text=_("A .csv, .xlsx, .ods or .xls file of 50 MB at most; the first row names its columns."),
    )  # fmt: skip
    team = fields.ChoiceField(label=_("Team"), select=True)
    service = fields.ChoiceField(label=_("Service, where a row names none"), select=True)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(each.pk): each for each in teams_that_import(account)}
        self.services = services_in_use()
        self.field("team").choices = named(self.teams)
        self.field("service").choices = services_by_team(self.services.values())

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]


def teams_that_import(account: Account) -> list[Team]:
    """The teams into which this account may bring things in."""
    standing = account.standing()
    teams = Team.objects.order_by("name")
    if standing.everywhere_for("enquiries.import"):
        return list(teams)
    return list(teams.filter(pk__in=standing.teams_for("enquiries.import")))


class MappingForm(fields.Form):
    """Which column is which field, what their words are called here, and how days are written."""

    days = fields.ChoiceField(
        label=_("How days are written"), inline=True, initial="dmy",
        choices=[
            ("dmy", _("Day, month, year")),
            ("mdy", _("Month, day, year")),
            ("ymd", _("Year, month, day")),
        ],
    )  # fmt: skip
    name = fields.TextField(
        label=_("Save under the name"), required=False, max_length=120,
        help_text=_("The next file of this kind can then be read in the same way."),
    )  # fmt: skip

    def __init__(self, *args: Any, table: TableImport, means: Means, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not in this file")), *((column, column) for column in table.columns)]
        asked = {**FIELDS, **answers_asked(table)}
        for name, words in asked.items():
            self.fields[f"column:{name}"] = fields.ChoiceField(
                label=words, select=True, required=False, choices=choices, initial=means.columns.get(name, "")
            )
        for name in WITH_VALUES:
            lines = "\n".join(f"{theirs} = {ours}" for theirs, ours in means.values.get(name, {}).items())
            self.fields[f"values:{name}"] = fields.TextArea(
                label=_("Words for: %s") % FIELDS[name], rows=3, required=False, initial=lines,
                help_text=_("One a line, such as LD = general-enquiry: their word, then ours."),
            )  # fmt: skip
        self.initial.setdefault("days", means.days)
        self.order_fields(
            [*(f"column:{name}" for name in asked), "days", *(f"values:{n}" for n in WITH_VALUES), "name"]
        )

    def means(self) -> Means:
        """The mapping as it was filled in."""
        data = self.cleaned_data
        columns = {
            name.removeprefix("column:"): said
            for name, said in data.items()
            if name.startswith("column:") and said
        }
        values = {name: pairs for name in WITH_VALUES if (pairs := pairs_in(data.get(f"values:{name}", "")))}
        return Means(columns, values, data["days"])


def answers_asked(table: TableImport) -> dict[str, Words]:
    """The questions of the form of the table's service."""
    definition = definition_of(current_version(table.service))
    welsh = get_language() == "cy"
    return {
        f"{ANSWER}{key}": gettext("Form: %s")
        % ((question.get("title_cy") if welsh else "") or question["title"])
        for key, question in definition.form_fields()
    }
