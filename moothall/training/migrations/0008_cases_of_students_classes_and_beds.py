"""Each student's way hangs on a case of the service that their pathway names, and ticks its steps; who teaches
students teaches no session that day, and both are taken off duty."""

import django.db.models.deletion
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together

DAYS_OF_TRAINERS = """
INSERT INTO training_trainerday (held_id, trainer_id, day)
SELECT held_id, trainer_id, week + number FROM training_trainerweek, generate_series(0, 4) number
ON CONFLICT DO NOTHING
"""
WITHOUT_THEM = "DELETE FROM training_trainerday WHERE session_id IS NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0008_kinds_of_bed_are_sold_no_more'),
        ('cases', '0002_row_security_is_the_second_wall'),
        ('training', '0007_repairs'),
        ('workforce', '0002_behind_the_wall'),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name='pathway',
                    name='moments',
                    field=models.JSONField(blank=True, default=dict, help_text='Steps of the case done when a student begins, has a tutor and is confirmed; and its outcome for whoever leaves'),
                ),
                migrations.AddField(
                    model_name='pathway',
                    name='service',
                    field=models.SlugField(blank=True, default='', help_text="The service that each student's case is of, where there is one", max_length=60),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name='pathwayitem',
                    name='step',
                    field=models.CharField(blank=True, default='', help_text='Steps of the case done with it, such as drive=pass', max_length=120),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name='pathwaymodule',
                    name='step',
                    field=models.CharField(blank=True, default='', help_text='Steps of the case done with it, such as community=completed', max_length=120),
                    preserve_default=False,
                ),
                migrations.CreateModel(
                    name='StudentCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='way_of_student', to='cases.case')),
                        ('student', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='training.student')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
            ]
        ),
        behind_the_wall('training_studentcase'),
        migrations.AddField(
            model_name='trainerday',
            name='held',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='trainer_days', to='training.cohortclass'),
        ),
        migrations.AlterField(
            model_name='trainerday',
            name='session',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='trainer_days', to='training.session'),
        ),
        migrations.AddConstraint(
            model_name='trainerday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held', None), ('session__isnull', False)), models.Q(('held__isnull', False), ('session', None)), _connector='OR'), name='a_day_of_teaching_is_of_one_thing'),
        ),
        migrations.RemoveConstraint(
            model_name='abstraction',
            name='an_abstraction_stands_once',
        ),
        migrations.AddField(
            model_name='abstraction',
            name='cohort',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.cohort'),
        ),
        migrations.AlterField(
            model_name='abstraction',
            name='session',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.session'),
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name='abstraction',
                    constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('employment', 'day', 'kind', 'session', 'cohort'), name='an_abstraction_stands_once', nulls_distinct=False),
                ),
                migrations.AddConstraint(
                    model_name='abstraction',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('cohort', None), ('session__isnull', False)), models.Q(('cohort__isnull', False), ('session', None)), _connector='OR'), name='an_abstraction_is_for_one_thing'),
                ),
            ]
        ),
        migrations.RemoveConstraint(
            model_name='schedulenotice',
            name='differences_are_sent_once',
        ),
        Together(
            [
                migrations.AddField(
                    model_name='schedulenotice',
                    name='asked',
                    field=models.PositiveSmallIntegerField(default=0, help_text='Which time they are asked; 0 is for good'),
                ),
                migrations.AddConstraint(
                    model_name='schedulenotice',
                    constraint=models.UniqueConstraint(fields=('version', 'reader', 'asked'), name='differences_are_sent_once'),
                ),
                migrations.AddField(
                    model_name='schedule',
                    name='bed_kind',
                    field=models.ForeignKey(blank=True, help_text='Of which beds are taken for sessions of several days; none where nobody stays overnight', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.bedkind'),
                ),
            ]
        ),
        migrations.RunSQL(DAYS_OF_TRAINERS, WITHOUT_THEM),
    ]
