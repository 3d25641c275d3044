"""Warnings before contact, and protected addresses."""

from django.utils.translation import gettext_lazy as _

from moothall.core import fields


class CautionForm(fields.Form):
    kind = fields.TextField(
        label=_("What must colleagues beware of?"),
        help_text=_("In a few words, such as “verbal abuse” or “dog in the garden”"),
        max_length=60,
    )
    instruction = fields.TextArea(
        label=_("What should they do?"),
        help_text=_("Such as “do not visit alone”. Everybody who meets the person sees this."),
        rows=3,
        max_length=1000,
    )
    reason = fields.TextArea(
        label=_("Why is this needed?"),
        help_text=_("What happened, and when. The person may ask to see this."),
        rows=3,
        max_length=4000,
    )
    expires_on = fields.DateField(
        label=_("Until"),
        required=False,
        help_text=_("At most 12 months from now; 12 months if you leave this empty"),
    )


class ReviewForm(fields.Form):
    reason = fields.TextArea(label=_("Why does it still stand?"), rows=3, max_length=4000)
    expires_on = fields.DateField(
        label=_("Until"),
        required=False,
        help_text=_("At most 12 months from now; 12 months if you leave this empty"),
    )


class ReasonForm(fields.Form):
    """One reason, for lifting a caution marker or protecting an address."""

    reason = fields.TextArea(label=_("Why?"), rows=3, max_length=4000)
