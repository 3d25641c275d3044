from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item
from moothall.core.packs import register_part


class PortalConfig(AppConfig):
    name = "moothall.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.letters.rules.fields import Field, register_fields
        from moothall.people.person_links import register_person_link

        from .models import FollowLink
        from .rules.acknowledging import fields_of
        from .rules.wording import load_part

        register_part("public pages", 25, load_part)
        add_account_item(Item(20, _("What I asked for"), "own_requests", ""))
        register_person_link(FollowLink, "person")
        register_fields(
            "portal.followlink",
            fields_of,
            declared=(
                Field("portal.link", _("The link to somebody’s own page"), "https://example.org/ask/…"),
                Field("portal.until", _("Day the link ends"), "20 February 2027", "20 Chwefror 2027"),
                Field("portal.form", _("Name of the form"), "Course booking", "Archebu cwrs"),
            ),
        )
