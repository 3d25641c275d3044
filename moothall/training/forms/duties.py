"""What is asked about duty files that come by themselves."""

from django.utils.translation import gettext_lazy as _

from moothall.core import fields

from . import whole


class DutyRuleForm(fields.Form):
    fewer = fields.TextField(
        label=_("How many per cent fewer lines than the last file make it wait?"), width=3, max_length=3
    )
    unreadable = fields.TextField(
        label=_("How many per cent of lines that cannot be read make it wait?"), width=3, max_length=3
    )

    def clean_fewer(self) -> int | None:
        return whole(self.cleaned_data["fewer"], least=0, most=100)

    def clean_unreadable(self) -> int | None:
        return whole(self.cleaned_data["unreadable"], least=0, most=100)
