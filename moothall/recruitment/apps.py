from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class RecruitmentConfig(AppConfig):
    name = "moothall.recruitment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import pack, sample, sift_reasons

        register_part("recruitment", 77, pack.load_part)
        register_part("sift reasons", 78, sift_reasons.load_part)
        register_part("sample campaigns", 137, sample.load_part, apart=True)
        add_item(Item(54, _("Recruitment"), "campaigns", "cases.view", section="recruitment"))
        add_account_item(Item(8, _("My vacancies"), "my_vacancies", ""))
        add_account_item(Item(9, _("Applications to mark"), "my_marking", ""))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_case_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming

        from .beside import recruitment_of_case
        from .models import Applicant, Application, Campaign, Draft, Vacancy
        from .rules import called
        from .rules.merging import applicants_already
        from .rules.telling import fields_of
        from .rules.wording import DECLARED

        register_person_link(Applicant, "person", stays=applicants_already)
        register_case_panel(
            "recruitment", _("Recruitment"), "recruitment/parts/case_panel.html", recruitment_of_case, order=6
        )
        register_fields(Application._meta.label_lower, fields_of, declared=DECLARED)
        visibility.register(Application._meta.label_lower, called.visible_applications)
        visibility.register(Draft._meta.label_lower, called.visible_drafts)
        for model, name, find in (
            (Vacancy, called.name_vacancies, called.find_vacancies),
            (Campaign, called.name_campaigns, called.find_campaigns),
            (Application, called.name_applications, called.find_applications),
        ):
            naming.register(model._meta.label_lower, name, find)
