"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("bookings", "0001_appointments")]
    dependencies = [
        ("bookings", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("bookings_appointment"),
        behind_the_wall("bookings_appointmentevent", appointment_id="bookings_appointment"),
        behind_the_wall(
            "bookings_appointmentletter", appointment_id="bookings_appointment", letter_id="letters_letter"
        ),
    ]
