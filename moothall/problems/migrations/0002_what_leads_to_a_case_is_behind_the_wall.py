"""Which cases belong to a problem, or may share one, is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("problems_problemcase"),
        behind_the_wall("problems_candidatecase"),
    ]
