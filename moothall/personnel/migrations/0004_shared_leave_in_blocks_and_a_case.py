"""Shared parental leave is told in notices of blocks; a family leave has a case that few may know of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_row_security_is_the_second_wall'),
        ('letters', '0001_tables'),
        ('personnel', '0003_late_notice_is_accepted_with_a_reason'),
        ('workforce', '0002_behind_the_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='FamilyCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='SharedBlock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                    ],
                    options={
                        'ordering': ['starts_on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='SharedNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event_on', models.DateField(help_text='The day the child is born or placed, as far as it is known')),
                        ('weeks', models.PositiveSmallIntegerField(help_text='How many weeks the parents have left to this person')),
                        ('received_on', models.DateField()),
                        ('state', models.CharField(choices=[('WAITING', 'To be agreed'), ('HELD', 'Agreed'), ('REFUSED', 'Not agreed'), ('ONE', 'Taken as one block'), ('WITHDRAWN', 'Withdrawn')], default='WAITING', max_length=9)),
                        ('answer_by', models.DateField()),
                        ('withdraw_by', models.DateField()),
                        ('choose_by', models.DateField()),
                        ('late_because', models.CharField(blank=True, help_text='Why notice that came too late was accepted', max_length=300)),
                        ('decided_on', models.DateField(null=True)),
                        ('because', models.CharField(blank=True, max_length=1000)),
                        ('entered_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-received_on', '-id'],
                    },
                ),
            ]
        ),
        migrations.RemoveConstraint(
            model_name='happening',
            name='something_happens_to_one_thing',
        ),
        Together(
            [
                migrations.AddField(
                    model_name='familycase',
                    name='case',
                    field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='family_leave', to='cases.case'),
                ),
                migrations.AddField(
                    model_name='familycase',
                    name='leave',
                    field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='seen_to', to='personnel.familyleave'),
                ),
                migrations.AddField(
                    model_name='sharedblock',
                    name='leave',
                    field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='shared_block', to='personnel.familyleave'),
                ),
                migrations.AddField(
                    model_name='sharednotice',
                    name='decided_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='sharednotice',
                    name='employment',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_notices', to='workforce.employment'),
                ),
                migrations.AddField(
                    model_name='sharednotice',
                    name='entered_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='sharednotice',
                    name='replaces',
                    field=models.ForeignKey(help_text='What it varies', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='personnel.sharednotice'),
                ),
                migrations.AddField(
                    model_name='sharedblock',
                    name='notice',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='personnel.sharednotice'),
                ),
                migrations.AddField(
                    model_name='happening',
                    name='shared',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='happenings', to='personnel.sharednotice'),
                ),
                migrations.AddField(
                    model_name='sentonce',
                    name='shared',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='personnel.sharednotice'),
                ),
                migrations.AddConstraint(
                    model_name='happening',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('family', None), ('flexible__isnull', False), ('reference', None), ('shared', None)), models.Q(('family__isnull', False), ('flexible', None), ('reference', None), ('shared', None)), models.Q(('family', None), ('flexible', None), ('reference__isnull', False), ('shared', None)), models.Q(('family', None), ('flexible', None), ('reference', None), ('shared__isnull', False)), _connector='OR'), name='something_happens_to_one_thing'),
                ),
                migrations.AddConstraint(
                    model_name='sentonce',
                    constraint=models.UniqueConstraint(condition=models.Q(('not_sent_at', None)), fields=('shared', 'key', 'about_on'), name='a_shared_letter_once'),
                ),
                migrations.AddIndex(
                    model_name='sharednotice',
                    index=models.Index(fields=['employment', 'event_on'], name='shared_notice_of_child'),
                ),
                migrations.AddIndex(
                    model_name='sharednotice',
                    index=models.Index(condition=models.Q(('state__in', ('WAITING', 'REFUSED'))), fields=['choose_by', 'id'], name='shared_notice_undecided'),
                ),
                migrations.AddConstraint(
                    model_name='sharednotice',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'REFUSED'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_refused_shared_notice_says_why'),
                ),
                migrations.AddConstraint(
                    model_name='sharednotice',
                    constraint=models.CheckConstraint(condition=models.Q(('weeks__gte', 1)), name='shared_leave_is_a_week_or_more'),
                ),
                migrations.AddConstraint(
                    model_name='sharedblock',
                    constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='a_block_ends_after_it_starts'),
                ),
            ]
        ),
        behind_the_wall("personnel_familycase"),
    ]
