"""What is asked to word a framework anew: its names, its competencies at their levels, its marks."""

from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.appraisal.models import Competency
from moothall.core import fields

MOST_LEVELS, LONGEST = 10, 500


class NamesForm(fields.Form):
    """Names and a sentence, in both languages."""

    name = fields.TextField(label=_("Its name in English"), max_length=160)
    name_cy = fields.TextField(label=_("Its name in Welsh"), required=False, max_length=160)
    about = fields.TextArea(label=_("About it, in English"), rows=2, required=False, max_length=400)
    about_cy = fields.TextArea(label=_("About it, in Welsh"), rows=2, required=False, max_length=400)


class FrameworkForm(NamesForm):
    source = fields.TextField(
        label=_("Whose wording is it?"), required=False, max_length=300,
        help_text=_("Where it was read; empty: the office’s own"),
    )  # fmt: skip


class CompetencyForm(NamesForm):
    kind = fields.ChoiceField(
        label=_("What is it?"), inline=True,
        choices=[(Competency.COMPETENCY, _("Something people are rated on at levels")),
                 (Competency.VALUE, _("A value all of them share"))],
    )  # fmt: skip
    levels = fields.TextArea(
        label=_("Its levels in English"), rows=6, required=False,
        help_text=_("One a line, from the lowest up"),
    )  # fmt: skip
    levels_cy = fields.TextArea(
        label=_("Its levels in Welsh"), rows=6, required=False, help_text=_("One a line, in the same order")
    )

    def clean_levels(self) -> list[str]:
        return _lines(self.cleaned_data["levels"])

    def clean_levels_cy(self) -> list[str]:
        return _lines(self.cleaned_data["levels_cy"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if len(data.get("levels_cy", [])) > len(data.get("levels", [])):
            self.add_error("levels_cy", ValidationError(str(_("There are more lines here than in English."))))
        return data

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        pairs = zip_longest(data.pop("levels"), data.pop("levels_cy"), fillvalue="")
        return data | {"levels": list(pairs)}


def _lines(text: str) -> list[str]:
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if len(found) > MOST_LEVELS:
        raise ValidationError(str(_("There are ten levels at most.")))
    if any(len(line) > LONGEST for line in found):
        raise ValidationError(str(_("A level is described in 500 characters at most.")))
    return found


class MarkForm(NamesForm):
    withholds = fields.TickField(label=_("It stands against a pay increment"), required=False)
