"""Occupational health and a phased return are there for whoever may see the case of their absence."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("absence", "0007_recovery_and_sick_pay_by_service")]
    operations = [
        behind_the_wall("absence_referral", episode_id="absence_episode"),
        behind_the_wall("absence_phasedplan", episode_id="absence_episode"),
    ]
