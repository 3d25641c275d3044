"""The first row of how long the key of what is handed in is known again."""

import datetime

from django.db import migrations


def say_how_long_keys_live(apps, _editor):
    """Three days: a system that was away over a weekend may send what it sent before once more."""
    apps.get_model("enquiries", "KeyLife").objects.create(
        hours=72, from_on=datetime.date(2026, 11, 1), source="Moothall, as delivered: a weekend and a day",
    )


class Migration(migrations.Migration):
    replaces = [("enquiries", "0010_enquiries_are_handed_in")]
    dependencies = [("enquiries", "0002_behind_the_wall")]
    operations = [migrations.RunPython(say_how_long_keys_live, migrations.RunPython.noop)]
