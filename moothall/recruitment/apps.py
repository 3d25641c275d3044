from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part


class RecruitmentConfig(AppConfig):
    name = "moothall.recruitment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .planning import sample_events
        from .rules import check_kinds, check_sample, event_reasons, pack, sample, sample_year, sift_reasons
        from .rules.figures import pack as figures

        register_part("recruitment", 77, pack.load_part)
        register_part("sift reasons", 78, sift_reasons.load_part)
        register_part("event reasons", 79, event_reasons.load_part)
        register_part("kinds of check", 80, check_kinds.load_part)
        register_part("figures of recruitment", 87, figures.load_part)
        register_part("sample campaigns", 137, sample.load_part, apart=True)
        register_part("sample events", 138, sample_events.load_part, apart=True)
        register_part("sample checks", 139, check_sample.load_part, apart=True)
        register_part("a year of recruitment", 150, sample_year.load_part, apart=True)
        add_item(Item(54, _("Recruitment"), "campaigns", "cases.view", section="recruitment"))
        add_item(Item(81, _("Contracts"), "contract_templates", "letters.templates", group="letters"))
        add_account_item(Item(7, _("Checks to do"), "checks", "cases.view"))
        add_account_item(Item(8, _("My vacancies"), "my_vacancies", ""))
        add_account_item(Item(9, _("Applications to mark"), "my_marking", ""))
        add_account_item(Item(9, _("Candidates to assess"), "my_assessing", ""))
        self.hand_over_to_registries()
        self.hand_over_events()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.panels import register_case_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.people.person_links import register_person_link
        from moothall.records.rules import naming

        from .beside import recruitment_of_case
        from .models import Applicant, Application, Campaign, Draft, Vacancy
        from .rules import bulk_wording, called
        from .rules.event_wording import OF_EVENTS
        from .rules.merging import applicants_already
        from .rules.telling import fields_of
        from .rules.wording import DECLARED

        register_person_link(Applicant, "person", stays=applicants_already)
        register_case_panel(
            "recruitment", _("Recruitment"), "recruitment/parts/case_panel.html", recruitment_of_case, order=6
        )
        register_fields(
            Application._meta.label_lower, fields_of, declared=(*DECLARED, *OF_EVENTS, *bulk_wording.DECLARED)
        )
        visibility.register(Application._meta.label_lower, called.visible_applications)
        visibility.register(Draft._meta.label_lower, called.visible_drafts)
        for model, name, find in (
            (Vacancy, called.name_vacancies, called.find_vacancies),
            (Campaign, called.name_campaigns, called.find_campaigns),
            (Application, called.name_applications, called.find_applications),
        ):
            naming.register(model._meta.label_lower, name, find)
        self.follow_checks()

    def hand_over_events(self) -> None:
        from moothall.bookings.engaged import register_engaged
        from moothall.letters.rules import visibility
        from moothall.records.rules import naming

        from .models import SelectionEvent
        from .rules import called
        from .rules.event_engaged import engaged_in_selection

        register_engaged(engaged_in_selection)
        label = SelectionEvent._meta.label_lower
        visibility.register(label, called.visible_events)
        naming.register(label, called.name_events, called.find_events)

    def follow_checks(self) -> None:
        from moothall.cases.rules.following import follow
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.workforce.beginnings import register_expected, register_routes

        from .models import CheckWeek, Offer, Referee
        from .rules import (
            beginning,
            called,
            check_cases,
            check_chasing,
            check_wording,
            offer_letters,
            offer_wording,
            reference_letters,
            reference_wording,
        )

        register_expected(beginning.who_is_expected)
        register_routes(beginning.routes_named)
        follow("open", check_cases.check_opened)
        follow("close", check_cases.check_closed)
        for verb in ("undo", "reopen"):
            follow(verb, check_cases.check_taken_up)
        for model, fields_of, declared, seen in (
            (CheckWeek, check_chasing.no_fields, check_wording.DECLARED, check_chasing.visible_weeks),
            (
                Referee,
                reference_letters.fields_of_referee,
                reference_wording.DECLARED,
                called.visible_referees,
            ),
            (Offer, offer_letters.fields_of_offer, offer_wording.DECLARED, called.visible_offers),
        ):
            register_fields(model._meta.label_lower, fields_of, declared=declared)
            visibility.register(model._meta.label_lower, seen)
