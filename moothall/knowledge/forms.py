"""What is asked of somebody who keeps the directory or writes an article."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.core import fields

from .rules.directory import LANGUAGES


class DirectoryForm(fields.Form):
    """One entry of the directory, in both languages side by side."""

    name = fields.TextField(label=_("Name"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160, required=False)
    when_to_use = fields.TextArea(label=_("What they help with"), rows=3)
    when_to_use_cy = fields.TextArea(label=_("What they help with, in Welsh"), rows=3, required=False)
    how = fields.TextArea(
        label=_("How to reach them"), rows=3, help_text=_("Telephone, address of mail or page.")
    )
    how_cy = fields.TextArea(label=_("How to reach them, in Welsh"), rows=3, required=False)
    where = fields.TextArea(label=_("Where"), rows=2, required=False)
    where_cy = fields.TextArea(label=_("Where, in Welsh"), rows=2, required=False)
    coverage = fields.TextField(label=_("Area they cover"), required=False)
    coverage_cy = fields.TextField(label=_("Area they cover, in Welsh"), required=False)
    eligibility = fields.TextField(label=_("Who they help"), required=False, max_length=300)
    eligibility_cy = fields.TextField(label=_("Who they help, in Welsh"), required=False, max_length=300)
    hours = fields.TextField(
        label=_("Opening hours"), required=False, max_length=300,
        help_text=_("Like “Mon-Fri 09:00-16:00; Sat 10:00-12:00”, or “always”. Said in both languages."),
    )  # fmt: skip
    languages = fields.MultiChoiceField(label=_("Languages"), required=False, choices=list(LANGUAGES.items()))
    from_on = fields.DateField(label=_("From which day"), required=False)
    until_on = fields.DateField(label=_("Until which day"), required=False)
    public = fields.TickField(label=_("Show it to the public"), required=False)

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each field beside the same in Welsh."""
        return [(self[name.removesuffix("_cy")], self[name]) for name in self.fields if name.endswith("_cy")]
