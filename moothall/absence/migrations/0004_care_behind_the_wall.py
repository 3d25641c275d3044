"""What leads to an absence is there for whoever may see the absence."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("absence", "0003_contact_talks_and_triggers")]
    operations = [
        behind_the_wall("absence_contact", episode_id="absence_episode"),
        behind_the_wall("absence_interview", episode_id="absence_episode"),
        behind_the_wall("absence_triggerhit", episode_id="absence_episode"),
    ]
