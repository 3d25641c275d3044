"""What leads to a case stands behind the wall."""

from django.db import migrations

from moothall.cases.wall import CASES, behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("portal_request", case_id=CASES, contact_id="enquiries_contact"),
        behind_the_wall("portal_requestfile", request_id="portal_request"),
        behind_the_wall("portal_followlink"),
    ]
