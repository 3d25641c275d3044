"""What leads to a case stands behind the wall."""

from django.db import migrations

from moothall.cases.wall import CASES, behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("satisfaction", "0002_an_answer_is_only_added_to"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("satisfaction_survey", case_id=CASES, follow_up_id=CASES),
        behind_the_wall("satisfaction_complaint", case_id=CASES),
        behind_the_wall("satisfaction_complaintextension", complaint_id="satisfaction_complaint"),
        behind_the_wall("satisfaction_lesson", complaint_id="satisfaction_complaint"),
    ]
