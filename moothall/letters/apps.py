from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.packs import register_part
from moothall.core.permissions import declare


class LettersConfig(AppConfig):
    name = "moothall.letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules.pack import load_part

        declare("letters.write", _("Write and send letters"))
        declare("letters.approve", _("Approve letters before they are sent"))
        declare("letters.templates", _("Edit letter templates"))
        declare("letters.outbox", _("See the outbox and settle letters that may not have been sent"))
        register_part("letters", 20, load_part)
