"""The pages on which people apply."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.questions import form_of
from moothall.recruitment.models import ApplicationFile, Criterion, EligibilityRule
from moothall.recruitment.rules.entry import BORN_ON, asks_age, questions_of
from moothall.recruitment.rules.monitoring import questions

from . import language_now


def rules_form(rules: list[EligibilityRule]) -> type[fields.Form]:
    """What the rules of a route ask, and the date of birth where one of them asks for the age."""
    asked: dict[str, Mapping[str, Any]] = {}
    if asks_age(rules):
        asked[BORN_ON] = {
            "type": "string", "format": "date", "title": "What is your date of birth?",
            "title_cy": "Beth yw eich dyddiad geni?", "description": "For example, 27 3 1998",
            "description_cy": "Er enghraifft, 27 3 1998",
        }  # fmt: skip
    asked |= questions_of(rules)
    return form_of(asked.items(), language=language_now(), required=list(asked))


def equality_form() -> type[fields.Form]:
    """Every question may be left open."""
    return form_of(questions().items(), language=language_now())


class AnswerForm(fields.Form):
    """One criterion."""

    text = fields.TextArea(label="", rows=12)

    def __init__(self, *args: Any, criterion: Criterion, **given: Any) -> None:
        super().__init__(*args, **given)
        self.criterion = criterion
        text = self.fields["text"]
        text.label = criterion.name_in(language_now())
        text.required = criterion.is_essential
        text.help_text = _("Tell us, with an example from work, study or life. Up to %(words)s words.") % {
            "words": criterion.most_words
        }
        text.error_messages["required"] = _("Answer this: the job cannot be done without it.")
        self.label_size, self.page_heading = "l", "text"

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        written = len(text.split())
        if written > self.criterion.most_words:
            raise forms.ValidationError(
                _("This is %(written)s words. Use up to %(most)s.")
                % {"written": written, "most": self.criterion.most_words}
            )
        return text


class SupportForm(fields.Form):
    guaranteed_interview = fields.TickField(
        label=_("I am disabled, and ask for an interview if I meet every essential criterion"), required=False
    )
    adjustments = fields.TextArea(
        label=_("What would help you at a test or interview?"), max_length=2000, required=False,
        help_text=_("Such as more time, a ground-floor room, an interpreter or a break. It is not assessed."),
    )  # fmt: skip


class NameForm(fields.Form):
    name = fields.TextField(label=_("Your name"), max_length=250, autocomplete="name")
    email = fields.EmailField(
        label=_("Email address"), autocomplete="email", help_text=_("We write to you here, and nowhere else.")
    )
    phone = fields.PhoneField(label=_("Telephone number"), required=False, autocomplete="tel")


class KeepForm(fields.Form):
    email = fields.EmailField(label=_("Email address"), autocomplete="email")


class MessageForm(fields.Form):
    text = fields.TextArea(label=_("Your message"), max_length=20_000, rows=6)
    once = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=40)

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("initial", {"once": secrets.token_urlsafe(16)})
        super().__init__(*args, **given)


class FileForm(fields.Form):
    is_multipart = True  # type: ignore[assignment]

    kind = fields.ChoiceField(label=_("What is it?"), choices=ApplicationFile.KINDS)
    file = fields.FileField(label=_("File"))


class WithdrawForm(fields.Form):
    because = fields.TextArea(label=_("Why? You need not say."), max_length=300, rows=3, required=False)
