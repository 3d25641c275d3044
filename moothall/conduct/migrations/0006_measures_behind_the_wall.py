"""A suspension, an improvement notice and a link of two matters are there for the people their matters name."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("conduct", "0005_suspension_improvement_and_links")]
    operations = [
        behind_the_wall("conduct_suspension", matter_id="conduct_matter"),
        behind_the_wall("conduct_suspensionreview", suspension_id="conduct_suspension"),
        behind_the_wall("conduct_improvementnotice", outcome_id="conduct_outcome"),
        behind_the_wall("conduct_windowextension", notice_id="conduct_improvementnotice"),
        behind_the_wall("conduct_matterlink", matter_id="conduct_matter", other_id="conduct_matter"),
    ]
