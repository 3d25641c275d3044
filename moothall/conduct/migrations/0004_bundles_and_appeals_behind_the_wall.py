"""A bundle and an appeal are there for the people their matter names."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("conduct", "0003_bundles_and_appeals")]
    operations = [
        behind_the_wall("conduct_bundle", matter_id="conduct_matter"),
        behind_the_wall("conduct_bundleitem", bundle_id="conduct_bundle"),
        behind_the_wall("conduct_bundlecopy", bundle_id="conduct_bundle"),
        behind_the_wall("conduct_appeal", outcome_id="conduct_outcome"),
    ]
