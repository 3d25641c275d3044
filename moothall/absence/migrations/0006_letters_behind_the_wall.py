"""What leads to an absence is there for whoever may see the absence."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("absence", "0005_letters_to_people_who_are_off")]
    operations = [behind_the_wall("absence_prompt", episode_id="absence_episode")]
