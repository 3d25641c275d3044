from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moothall.core.navigation import Item, add_account_item, add_item, add_new_item
from moothall.core.packs import register_part
from moothall.core.permissions import declare


class BookingsConfig(AppConfig):
    name = "moothall.bookings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .rules.pack import load_part, load_sample_appointments
        from .rules.pack_panels import load_panels
        from .rules.pack_resources import load_resources, load_sample_reservations
        from .rules.sample_stays import load_sample_stays

        declare("bookings.book", _("Book appointments, rooms and things, move them, and note who came"))
        declare(
            "bookings.manage",
            _("Set up rooms and all that can be booked, opening hours, closures and kinds of appointment"),
        )
        register_part("appointments", 45, load_part)
        register_part("bookings", 44, load_resources)
        register_part("sample bookings", 94, load_sample_reservations, apart=True)
        register_part("boards and panels", 92, load_panels, apart=True)
        register_part("sample stays", 93, load_sample_stays, apart=True)
        register_part("sample appointments", 95, load_sample_appointments, apart=True)
        add_item(Item(46, _("Appointments"), "reception", "bookings.book", section="appointments", key="g d"))
        add_new_item(Item(15, _("Book an appointment"), "book", "bookings.book", key="g b"))
        add_item(
            Item(91, _("Rooms and opening hours"), "appointment_setup", "bookings.manage", group="settings")
        )
        add_item(Item(47, _("Rooms"), "rooms_week", "bookings.book", section="bookings"))
        add_new_item(Item(16, _("Book a room or a thing"), "reserve", "bookings.book"))
        add_new_item(Item(17, _("Find a time for a meeting"), "find_time", "bookings.book"))
        add_account_item(Item(29, _("In my calendar"), "calendar_feeds", ""))
        add_account_item(Item(28, _("My bookings"), "my_bookings", "bookings.book"))
        add_item(
            Item(92, _("Everything that can be booked"), "resources", "bookings.manage", group="settings")
        )
        add_item(
            Item(
                93, _("Times and journeys of meetings"), "meeting_rules", "bookings.manage", group="settings"
            )
        )
        self.hand_over_to_registries()

    def hand_over_to_registries(self) -> None:
        from moothall.cases.offering import Action, offer
        from moothall.cases.panels import register_case_panel
        from moothall.letters.rules import visibility
        from moothall.letters.rules.fields import register_fields
        from moothall.people.person_links import register_person_link
        from moothall.people.person_panels import register_person_panel

        from .models import Appointment, Stay
        from .rules.seeing import appointments_of_case, appointments_of_person, visible_ids
        from .rules.writing import DECLARED, fields_of

        register_person_link(Appointment, "person")
        register_person_link(Stay, "person")
        offer(Action(32, _("Book an appointment"), "book_for_case", "bookings.book", "b"))
        register_fields("bookings.appointment", fields_of, declared=DECLARED)
        visibility.register("bookings.appointment", visible_ids)
        register_case_panel(
            "appointments",
            _("Appointments"),
            "bookings/parts/case_panel.html",
            appointments_of_case,
            order=25,
        )
        register_person_panel(
            "appointments", _("Appointments"), "bookings/parts/case_panel.html", appointments_of_person,
            order=20,
        )  # fmt: skip
