from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class CredentialsConfig(AppConfig):
    name = "moothall.credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import pack, sample

        register_part("credentials", 59, pack.load_part)
        register_part("what people hold", 111, sample.load_part, apart=True)
        add_item(
            Item(54, _("Credentials"), "credential_list", "workforce.view", "credentials", "g j", "staff")
        )
        add_account_item(Item(8, _("My credentials"), "my_credentials", ""))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_case_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.people.barring import register_bar
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming
        from moothall.workforce.panels import register_record_panel, register_team_page

        from .beside import credential_of_case, credentials_on_record
        from .models import Credential
        from .rules import called
        from .rules.barring import Credentials
        from .rules.recording import recorded_already
        from .rules.wording import DECLARED, fields_of

        kind = Credential._meta.label_lower
        register_person_link(Credential, "person", stays=recorded_already)
        register_bar("credentials", Credentials())
        register_team_page(25, _("Credentials in my team"), "team_credentials")
        register_record_panel(
            "credentials",
            _("Credentials"),
            "credentials/parts/on_record.html",
            credentials_on_record,
            order=40,
        )
        register_case_panel(
            "credential", _("Credential to renew"), "credentials/parts/case_panel.html", credential_of_case,
            order=6,
        )  # fmt: skip
        register_fields(kind, fields_of, declared=DECLARED)
        visibility.register(kind, called.visible_ids)
        naming.register(kind, called.name_credentials, called.find_credentials)
