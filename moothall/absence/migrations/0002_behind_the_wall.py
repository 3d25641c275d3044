"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("absence", "0001_absences_and_what_certifies_them"),
        ("cases", "0007_what_leads_to_a_case_is_behind_the_wall"),
    ]
    operations = [
        behind_the_wall("absence_episode"),
        behind_the_wall("absence_episodechange", episode_id="absence_episode"),
        behind_the_wall("absence_certificate", episode_id="absence_episode"),
    ]
