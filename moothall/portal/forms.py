"""What the public pages ask besides the questions of a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import fields


class SearchForm(fields.Form):
    mark_optional = False
    q = fields.TextField(label=_("What do you want to ask about?"), required=False, max_length=200)


class NameForm(fields.Form):
    label_size, page_heading = "l", "name"
    name = fields.TextField(
        label=_("What is your name?"), max_length=200, autocomplete="name",
        error_messages={"required": _("Enter your name.")},
    )  # fmt: skip


class ReachForm(fields.Form):
    mark_optional = False
    email = fields.EmailField(
        label=_("Email address"), required=False, autocomplete="email",
        help_text=_("We send you a link to follow your request, and our answer."),
    )  # fmt: skip
    phone = fields.PhoneField(label=_("Telephone number"), required=False, autocomplete="tel")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("email") or data.get("phone")):
            self.add_error("email", _("Enter an email address or a telephone number."))
        return data


class UploadForm(fields.Form):
    mark_optional = False
    file = fields.FileField(label=_("Choose a file"), required=False)


class KeepForm(fields.Form):
    email = fields.EmailField(
        label=_("Email address"), autocomplete="email", help_text=_("We send the link to this address.")
    )


class WriteForm(fields.Form):
    mark_optional = False
    text = fields.TextArea(label=_("Your message"), rows=6, max_length=20_000, required=False)
    attachments = fields.FileField(label=_("Add files"), several=True, required=False)
    once = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("text", "").strip() and not data.get("attachments"):
            self.add_error("text", _("Enter your message."))
        return data


class LinkForm(fields.Form):
    reference = fields.TextField(
        label=_("Reference"), width=20, max_length=20,
        help_text=_("Such as LOD-26-00042. It is in every letter from us."),
    )  # fmt: skip
    email = fields.EmailField(
        label=_("Email address"), autocomplete="email", help_text=_("The one you gave us.")
    )
