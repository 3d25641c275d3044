"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_acting_for_others_other_bodies_holding_replies"),
        ("cases", "0007_what_leads_to_a_case_is_behind_the_wall"),
    ]
    operations = [
        behind_the_wall("casework_authority"),
        behind_the_wall("casework_approach"),
        behind_the_wall("casework_chaser", approach_id="casework_approach"),
        behind_the_wall("casework_holdingreply"),
    ]
