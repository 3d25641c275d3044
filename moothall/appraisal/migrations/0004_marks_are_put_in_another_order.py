"""Marks change places in one statement: two may share one until it ends."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('appraisal', '0003_cycles_hang_on_cases_and_frameworks_are_drafted')]

    operations = [
        migrations.RemoveConstraint(model_name='mark', name='two_marks_do_not_share_a_place'),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(deferrable=models.Deferrable['IMMEDIATE'], fields=('framework', 'place'), name='two_marks_do_not_share_a_place'),
        ),
    ]
