"""What is sent and chosen on the pages of contracts."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.recruitment.models import ContractTemplate

ACCEPT = ".docx"


class ContractTemplateForm(fields.Form):
    name = fields.TextField(
        label=_("Name"), max_length=120,
        help_text=_("The name of one that is there already makes its next version"),
    )  # fmt: skip
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=120, required=False)
    file_en = fields.FileField(label=_("Word file in English"), accept=ACCEPT)
    file_cy = fields.FileField(
        label=_("Word file in Welsh"), accept=ACCEPT, required=False,
        help_text=_("Without it, whoever is written to in Welsh gets the English one"),
    )  # fmt: skip
    from_on = fields.DateField(label=_("From which day does it count?"))


class ContractForm(fields.Form):
    template = fields.ChoiceField(label=_("Contract"))
    send = fields.TickField(label=_("Send it to the applicant with a letter"), required=False)

    def __init__(self, *args: Any, templates: Sequence[ContractTemplate], **given: Any) -> None:
        super().__init__(*args, **given)
        self.templates = {str(each.pk): each for each in templates}
        language = get_language() or "en"
        self.field("template").choices = [
            (key, f"{each.name_in(language)} ({each.version})") for key, each in self.templates.items()
        ]

    def clean_template(self) -> ContractTemplate:
        return self.templates[self.cleaned_data["template"]]
