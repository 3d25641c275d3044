"""What is asked about figures."""

from django.utils.translation import gettext_lazy as _

from moothall.core.fields import Form, TextField


class ReopenForm(Form):
    because = TextField(label=_("Why is it opened again?"), max_length=300)
