from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class KnowledgeConfig(AppConfig):
    name = "moothall.knowledge"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules.pack import load_part

        declare("knowledge.edit", _("Write articles and keep the directory of who else can help"))
        register_part("knowledge", 35, load_part)
        add_item(Item(45, _("Knowledge"), "article_list", "cases.view", section="knowledge", key="g a"))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_work_panel
        from moothall.cases.rules.digesting import tell_in_the_morning
        from moothall.letters.rules.fields import Field, register_fields
        from moothall.records.rules import naming

        from .models import Article, Signpost
        from .reviewing import to_review, told_in_the_morning
        from .rules import called
        from .rules.directory import fields_of

        register_fields(
            "knowledge.signpost",
            fields_of,
            declared=(
                Field("signpost.name", _("Who can help"), "Adult Learning Wales", "Addysg Oedolion Cymru"),
                Field("signpost.when", _("What they help with"), "Evening classes", "Dosbarthiadau nos"),
                Field("signpost.how", _("How to reach them"), "Telephone 01632 960123", "Ffôn 01632 960123"),
            ),
        )
        naming.register(Signpost._meta.label_lower, called.name_entries, called.find_entries)
        naming.register(Article._meta.label_lower, called.name_articles, called.find_articles)
        register_work_panel("articles", "knowledge/parts/to_review.html", to_review, order=60)
        tell_in_the_morning("articles", told_in_the_morning)
