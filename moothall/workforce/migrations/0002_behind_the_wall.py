"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("workforce", "0004_details_change_and_files_are_kept")]
    dependencies = [
        ("workforce", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("workforce_detailchange"),
    ]
