"""What somebody chooses for themselves."""

from django.utils.translation import gettext_lazy as _

from moothall.core import fields


class SettingsForm(fields.Form):
    language = fields.ChoiceField(
        label=_("Language of the pages and of letters to you"),
        choices=[("en", "English"), ("cy", "Cymraeg")],
        inline=True,
    )
    daily_digest = fields.TickField(
        label=_("Send me one mail each working morning with what needs me"), required=False
    )
