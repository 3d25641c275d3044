"""What is asked about the wallboard: the target of a team, and where a screen hangs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import fields

from . import LANGUAGES


class AnswerTargetForm(fields.Form):
    answers = forms.IntegerField(label=_("Answers a day"), min_value=1, max_value=10_000)
    from_on = fields.DateField(label=_("From which day on"))


class DisplayForm(fields.Form):
    where = fields.TextField(
        label=_("Where does the screen hang?"), max_length=120, help_text=_("Such as the front office.")
    )
    language = fields.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en", inline=True)
