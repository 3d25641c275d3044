"""A matter and all that hangs on it is there for the people its case names, and for nobody else."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0001_matters_of_employees"),
        ("cases", "0010_a_restricted_case_in_an_emergency"),
    ]
    operations = [
        behind_the_wall("conduct_matter"),
        behind_the_wall("conduct_party", matter_id="conduct_matter"),
        behind_the_wall("conduct_issue", matter_id="conduct_matter"),
        behind_the_wall("conduct_meeting", matter_id="conduct_matter"),
        behind_the_wall("conduct_outcome", matter_id="conduct_matter"),
    ]
