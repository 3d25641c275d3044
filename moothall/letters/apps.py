from django.apps import AppConfig
from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_group, add_item, name_office
from moothall.core.notices import watch
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class LettersConfig(AppConfig):
    name = "moothall.letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming

        from .models import Letter
        from .rules import called
        from .rules.pack import load_part
        from .rules.waiting import letters_that_wait

        declare("letters.write", _("Write and send letters"))
        declare("letters.approve", _("Approve letters before they are sent"))
        declare("letters.templates", _("Edit letter templates"))
        declare("letters.outbox", _("See the outbox and settle letters that may not have been sent"))
        register_part("letters", 20, load_part)
        register_person_link(Letter, "person")
        name_office(office_name)
        watch(letters_that_wait)
        naming.register("letters.letter", called.name_letters, called.find_letters)
        naming.register("letters.lettertemplate", called.name_templates, called.find_templates)
        add_item(Item(60, _("Letters"), "outbox", "letters.outbox", "letters", "g l", "letters"))
        add_group("letters", 65, _("Letters"))
        add_item(Item(70, _("Letters to approve"), "approvals", "letters.approve", group="letters"))
        add_item(Item(80, _("Letter templates"), "template_list", "letters.templates", group="letters"))


def office_name(language: str) -> str:
    """The office as its letters name it; looked up once a minute."""
    from .models import Letterhead

    names: dict[str, str] | None = caches["this process"].get("office-name")
    if names is None:
        head = Letterhead.objects.current()
        names = {each: head.said("name", each) if head else "" for each in ("en", "cy")}
        caches["this process"].set("office-name", names, timeout=60)
    return names.get(language[:2], names["en"])
