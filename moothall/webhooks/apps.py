from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.notices import watch
from moothall.core.permissions import declare


class WebhooksConfig(AppConfig):
    name = "moothall.webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.cases.rules.following import listen
        from moothall.people.rules.leaving import follow_leavers

        from .rules.endpoints import notice_of_nobodys, owner_left
        from .rules.telling import hear

        declare("webhooks.manage", _("Say which other systems are told what happens"))
        add_item(Item(92, _("Webhooks"), "webhooks", "webhooks.manage", group="settings"))
        listen(hear)
        follow_leavers(owner_left)
        watch(notice_of_nobodys)
