from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class TrainingConfig(AppConfig):
    name = "moothall.training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules import pack, sample, sample_plan, sample_schedule
        from .rules.pathways import loading
        from .rules.pathways import sample as cohorts

        declare("training.manage", _("Keep courses, sessions and places, and what teams can spare"))
        register_part("training", 60, pack.load_part)
        register_part("a year of training", 117, sample.load_part, apart=True)
        register_part("pathways", 66, loading.load_part)
        register_part("cohorts of students", 118, cohorts.load_part, apart=True)
        register_part("a schedule of training", 121, sample_schedule.load_part, apart=True)
        register_part("a plan of training", 122, sample_plan.load_part, apart=True)
        add_item(Item(55, _("Training"), "training_sessions", "training.manage", section="training"))
        add_account_item(Item(5, _("My training"), "my_training", ""))
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.bookings.engaged import register_engaged
        from moothall.cases.panels import register_work_panel
        from moothall.cases.rules.digesting import tell_in_the_morning
        from moothall.letters.rules import visibility
        from moothall.letters.rules.calendar_answers import register_calendar_answers
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming
        from moothall.workforce.away import register_away
        from moothall.workforce.known import declare_rows
        from moothall.workforce.panels import register_record_panel

        from .models import Need, Nomination, ScheduleVersion, Session
        from .rules import called
        from .rules.answering_invitations import BEGINS, hear_answer
        from .rules.duty_telling import duties_in_the_morning
        from .rules.engaging import engaged_in_training
        from .rules.showing import away_in_training, training_of_record
        from .rules.telling import to_decide, told_in_the_morning
        from .rules.wording import DECLARED, fields_of

        kind = Nomination._meta.label_lower
        register_away(away_in_training)
        declare_rows(Nomination, lambda on: Nomination.objects.standing().filter(session__last_on__gte=on))
        declare_rows(Need, lambda on: Need.objects.running_out(on, within=Need.SOON))
        register_engaged(engaged_in_training)
        register_record_panel(
            "training", _("Training"), "training/parts/on_record.html", training_of_record, order=42
        )
        register_work_panel("training", "training/parts/on_work.html", to_decide, order=32)
        tell_in_the_morning("training", told_in_the_morning)
        tell_in_the_morning("duties", duties_in_the_morning)
        register_fields(kind, fields_of, declared=DECLARED)
        register_calendar_answers(BEGINS, hear_answer)
        visibility.register(kind, called.visible_ids)
        visibility.register(Session._meta.label_lower, called.visible_session_ids)
        naming.register(kind, called.name_places, called.find_places)
        version = ScheduleVersion._meta.label_lower
        visibility.register(version, called.visible_versions)
        naming.register(version, called.name_versions, called.find_versions)
        self.hand_over_pathways()
        self.follow_beginnings()

    def follow_beginnings(self) -> None:
        from moothall.cases.rules.digesting import tell_in_the_morning
        from moothall.workforce.beginnings import Follower, follow_beginnings, goes_with_a_start

        from .models import Need
        from .rules.pathways import beginners
        from .rules.pathways.in_the_morning import beginners_in_the_morning

        follow_beginnings(
            "pathways",
            Follower(beginners.what_is_asked, beginners.begin_on_pathway, beginners.take_back_beginning),
        )
        goes_with_a_start(Need, ~Q(pk=None))
        tell_in_the_morning("beginners", beginners_in_the_morning)

    def hand_over_pathways(self) -> None:
        from moothall.cases.panels import register_case_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.records.rules import naming

        from .models import Attachment, Student
        from .rules.pathways import called
        from .rules.pathways.beside import student_of_case
        from .rules.pathways.wording import (
            OF_ATTACHMENT,
            OF_STUDENT,
            fields_of_attachment,
            fields_of_student,
        )

        register_case_panel(
            "student", _("Student"), "training/parts/case_panel.html", student_of_case, order=7
        )
        student, attachment = Student._meta.label_lower, Attachment._meta.label_lower
        register_fields(student, fields_of_student, declared=OF_STUDENT)
        register_fields(attachment, fields_of_attachment, declared=OF_ATTACHMENT)
        visibility.register(student, called.visible_students)
        visibility.register(attachment, called.visible_attachments)
        naming.register(student, called.name_students, called.find_students)
