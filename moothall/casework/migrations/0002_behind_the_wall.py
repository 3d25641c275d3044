"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("casework", "0004_plans_behind_the_wall")]
    dependencies = [
        ("casework", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("casework_authority"),
        behind_the_wall("casework_approach"),
        behind_the_wall("casework_chaser", approach_id="casework_approach"),
        behind_the_wall("casework_holdingreply"),
        behind_the_wall("casework_contactplan", letter_id="letters_letter"),
        behind_the_wall("casework_planreview", plan_id="casework_contactplan"),
    ]
