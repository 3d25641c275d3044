"""Which cases belong to a problem, or may share one, is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_what_leads_to_a_case_is_behind_the_wall"),
        ("problems", "0001_problems_and_what_is_found_at_night"),
    ]
    operations = [behind_the_wall("problems_problemcase"), behind_the_wall("problems_candidatecase")]
