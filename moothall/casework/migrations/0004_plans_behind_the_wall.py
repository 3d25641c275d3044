"""The letter of a plan stands behind the wall like any letter, and the plan with it."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_contact_plans")]
    operations = [
        behind_the_wall("casework_contactplan", letter_id="letters_letter"),
        behind_the_wall("casework_planreview", plan_id="casework_contactplan"),
    ]
