from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class PromotionConfig(AppConfig):
    name = "moothall.promotion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming

        from .models import Board, TemporaryPromotion
        from .rules import called, pack
        from .rules.wording import DECLARED, fields_of

        register_part("promotion", 81, pack.load_part)
        add_item(Item(55, _("Promotion"), "promotion_boards", "cases.view", section="promotion"))
        add_account_item(Item(9, _("My promotion"), "my_promotion", ""))
        add_account_item(Item(9, _("Promotions to support"), "promotions_to_support", ""))
        kind = TemporaryPromotion._meta.label_lower
        register_fields(kind, fields_of, declared=DECLARED)
        visibility.register(kind, called.visible_promotions)
        naming.register(kind, called.name_promotions, called.find_promotions)
        naming.register(Board._meta.label_lower, called.name_boards, called.find_boards)
