"""What is typed when applications are marked and a shortlist is closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.models import Account
from moothall.recruitment.models.shortlist import BEST
from moothall.recruitment.rules.shortlisting import Pack

MARKS = [
    ("4", _("4: shown very well")), ("3", _("3: shown well")), ("2", _("2: shown")),
    ("1", _("1: shown in part")), ("0", _("0: not shown")),
]  # fmt: skip
MOST = 999


class MarkerForm(fields.Form):
    account = fields.EmailField(label=_("Email address they sign in with"))

    def clean_account(self) -> Account:
        found = Account.objects.in_use().filter(email__iexact=self.cleaned_data["account"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with this address."))
        return found


class MarksForm(fields.Form):
    """A mark and a few words for each criterion."""

    def __init__(self, *args: Any, pack: Pack, **given: Any) -> None:
        super().__init__(*args, **given)
        self.pack = pack
        for each in pack.answers:
            self.fields[f"mark-{each.criterion}"] = fields.ChoiceField(label=each.name, choices=MARKS)
            self.fields[f"why-{each.criterion}"] = fields.TextField(
                label=_("Why this mark"), max_length=300, required=False
            )

    def marks(self) -> dict[int, tuple[int, str]]:
        return {
            each.criterion: (
                int(self.cleaned_data[f"mark-{each.criterion}"]),
                self.cleaned_data[f"why-{each.criterion}"],
            )
            for each in self.pack.answers
        }


class AgreeForm(fields.Form):
    mark = fields.ChoiceField(label=_("The mark that holds"), choices=MARKS)
    because = fields.TextArea(label=_("Why?"), max_length=300, rows=3)

    def clean_mark(self) -> int:
        return int(self.cleaned_data["mark"])


class CloseForm(fields.Form):
    places = forms.IntegerField(
        label=_("How many are met"), min_value=0, max_value=MOST,
        help_text=_("Beside guaranteed interviews. Whoever has as many marks as the last is met, too."),
    )  # fmt: skip
    least = forms.IntegerField(
        label=_("Least mark for what is essential"), min_value=0, max_value=BEST, initial=2
    )
