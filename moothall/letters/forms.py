"""What people fill in about letters and templates."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.fields import EmailField, Form, TextArea, TextField, TickField

RESERVED_KEYS = frozenset({"new"})


class RefusalForm(Form):
    reason = TextField(label=gettext_lazy("Why not?"), max_length=500)


class SendAgainForm(Form):
    to_address = EmailField(label=gettext_lazy("Send to"))


class TemplateForm(Form):
    name = TextField(label=gettext_lazy("Name"), max_length=160)
    name_cy = TextField(label=gettext_lazy("Name in Welsh"), max_length=160, required=False)
    desk = TextField(
        label=gettext_lazy("Desk"),
        help_text=gettext_lazy("The desk that sends it; empty for every desk."),
        max_length=60,
        required=False,
    )
    approval_required = TickField(
        label=gettext_lazy("A second person must approve every letter"), required=False
    )


class NewTemplateForm(TemplateForm):
    key = TextField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters, figures and hyphens: place-confirmed. It stays for good."),
        max_length=60,
    )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or key in RESERVED_KEYS:
            raise ValidationError(_("Enter a key like place-confirmed."))
        return key


class TextsForm(Form):
    """Both languages of one template."""

    mark_optional = False
    subject_en = TextField(label=gettext_lazy("Subject in English"), max_length=300)
    body_en = TextArea(label=gettext_lazy("Text in English"), rows=16)
    subject_cy = TextField(label=gettext_lazy("Subject in Welsh"), max_length=300, required=False)
    body_cy = TextArea(label=gettext_lazy("Text in Welsh"), rows=16, required=False)


class LetterheadForm(Form):
    mark_optional = False
    name = TextField(label=gettext_lazy("Name of the office"), max_length=160)
    name_cy = TextField(label=gettext_lazy("Name in Welsh"), max_length=160, required=False)
    address = TextArea(label=gettext_lazy("Address"), rows=4, required=False)
    address_cy = TextArea(label=gettext_lazy("Address in Welsh"), rows=4, required=False)
    phone = TextField(label=gettext_lazy("Telephone"), max_length=60, width=20, required=False)
    email = EmailField(label=gettext_lazy("Email address"), required=False)
    website = TextField(label=gettext_lazy("Website"), width=30, required=False)
    signature = TextArea(label=gettext_lazy("Under every letter"), rows=3, required=False)
    signature_cy = TextArea(label=gettext_lazy("Under every letter in Welsh"), rows=3, required=False)
    welsh_welcome = TextField(label=gettext_lazy("That Welsh is welcome"), max_length=300, required=False)
    welsh_welcome_cy = TextField(
        label=gettext_lazy("That Welsh is welcome, in Welsh"), max_length=300, required=False
    )
