"""A request and a reference are there for whoever may know of their case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("personnel", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("personnel_flexiblerequest"),
        behind_the_wall("personnel_referencerequest"),
        behind_the_wall("personnel_flexiblemeeting", request_id="personnel_flexiblerequest"),
        behind_the_wall(
            "personnel_happening", flexible_id="personnel_flexiblerequest", reference_id="personnel_referencerequest"
        ),
        behind_the_wall(
            "personnel_sentonce", flexible_id="personnel_flexiblerequest", reference_id="personnel_referencerequest"
        ),
    ]
