"""A matter and all that hangs on it is there for the people its case names, and for nobody else."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("conduct", "0004_bundles_and_appeals_behind_the_wall"), ("conduct", "0006_measures_behind_the_wall")]
    dependencies = [
        ("conduct", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("conduct_matter"),
        behind_the_wall("conduct_party", matter_id="conduct_matter"),
        behind_the_wall("conduct_issue", matter_id="conduct_matter"),
        behind_the_wall("conduct_meeting", matter_id="conduct_matter"),
        behind_the_wall("conduct_outcome", matter_id="conduct_matter"),
        behind_the_wall("conduct_bundle", matter_id="conduct_matter"),
        behind_the_wall("conduct_bundleitem", bundle_id="conduct_bundle"),
        behind_the_wall("conduct_bundlecopy", bundle_id="conduct_bundle"),
        behind_the_wall("conduct_appeal", outcome_id="conduct_outcome"),
        behind_the_wall("conduct_suspension", matter_id="conduct_matter"),
        behind_the_wall("conduct_suspensionreview", suspension_id="conduct_suspension"),
        behind_the_wall("conduct_improvementnotice", outcome_id="conduct_outcome"),
        behind_the_wall("conduct_windowextension", notice_id="conduct_improvementnotice"),
        behind_the_wall("conduct_matterlink", matter_id="conduct_matter", other_id="conduct_matter"),
    ]
