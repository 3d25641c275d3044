"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("absence", "0004_care_behind_the_wall"), ("absence", "0006_letters_behind_the_wall"), ("absence", "0008_recovery_behind_the_wall")]
    dependencies = [
        ("absence", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("absence_episode"),
        behind_the_wall("absence_episodechange", episode_id="absence_episode"),
        behind_the_wall("absence_certificate", episode_id="absence_episode"),
        behind_the_wall("absence_contact", episode_id="absence_episode"),
        behind_the_wall("absence_interview", episode_id="absence_episode"),
        behind_the_wall("absence_triggerhit", episode_id="absence_episode"),
        behind_the_wall("absence_prompt", episode_id="absence_episode"),
        behind_the_wall("absence_referral", episode_id="absence_episode"),
        behind_the_wall("absence_phasedplan", episode_id="absence_episode"),
    ]
