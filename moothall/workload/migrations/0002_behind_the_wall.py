"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import CASES, behind_the_wall


class Migration(migrations.Migration):
    replaces = [("workload", "0001_workload")]
    dependencies = [
        ("workload", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("workload_sharedcase", case_id=CASES, entry_id="cases_entry"),
    ]
