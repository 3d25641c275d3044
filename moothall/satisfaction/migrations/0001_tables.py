import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('satisfaction', '0001_surveys_and_complaints'),
    ]
    initial = True
    dependencies = [
        ('cases', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Ombudsman',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('how', models.TextField(blank=True, help_text='Telephone, address, page: as they stand on the source')),
                        ('how_cy', models.TextField(blank=True)),
                        ('website', models.CharField(blank=True, max_length=200)),
                        ('source', models.CharField(blank=True, help_text='Where this was read', max_length=300)),
                        ('source_read_on', models.DateField(blank=True, null=True)),
                        ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('saved_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Complaint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='complaint', to='cases.case')),
                        ('stage', models.PositiveSmallIntegerField(choices=[(1, 'stage 1'), (2, 'stage 2')])),
                        ('first', models.OneToOneField(help_text='The stage before this', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second', to='satisfaction.complaint')),
                        ('because', models.TextField(blank=True, help_text='Why it went to the second stage')),
                        ('finding', models.CharField(blank=True, choices=[('upheld', 'upheld'), ('part_upheld', 'upheld in part'), ('not_upheld', 'not upheld')], max_length=12)),
                        ('found', models.TextField(blank=True)),
                        ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('concluded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first', None), ('stage', 1)), ('stage', 2), _connector='OR'), name='a_complaint_begins_at_its_first_stage'), models.CheckConstraint(condition=models.Q(('finding', ''), models.Q(('concluded_at__isnull', False), ('concluded_by__isnull', False)), _connector='OR'), name='a_finding_says_who_and_when')],
                    },
                ),
                migrations.CreateModel(
                    name='ComplaintExtension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='satisfaction.complaint')),
                        ('reason', models.TextField()),
                        ('was_due_on', models.DateField(null=True)),
                        ('until', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_extension_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Lesson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='satisfaction.complaint')),
                        ('text', models.TextField()),
                        ('action', models.TextField(blank=True)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-at', '-id'], name='lesson_by_time')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_lesson_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyHabit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('service', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_habit', to='cases.service')),
                        ('asks', models.BooleanField(default=True)),
                        ('after_hours', models.PositiveSmallIntegerField(default=24, help_text='After the case was closed')),
                        ('once_in_days', models.PositiveSmallIntegerField(default=90, help_text='Nobody is asked more often')),
                        ('open_days', models.PositiveSmallIntegerField(default=21, help_text='How long the answer can be changed')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(models.F('service'), name='a_service_has_one_habit_of_asking', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Survey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey', to='cases.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('state', models.CharField(choices=[('DUE', 'to be sent'), ('SENT', 'sent'), ('SKIPPED', 'not sent')], default='DUE', max_length=7)),
                        ('why', models.CharField(blank=True, help_text='Why it is not sent', max_length=40)),
                        ('due_at', models.DateTimeField()),
                        ('token', models.CharField(blank=True, max_length=43)),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('expires_at', models.DateTimeField(null=True)),
                        ('answered_at', models.DateTimeField(help_text='For the first time', null=True)),
                        ('anonymous', models.BooleanField(default=False)),
                        ('sheet', models.UUIDField(help_text='Which answers are its own; cut off at the end', null=True, unique=True)),
                        ('follow_up', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'DUE')), fields=['due_at'], name='survey_due'), models.Index(condition=models.Q(('state', 'SENT')), fields=['person', '-sent_at'], name='survey_by_person')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('token', ''), _negated=True), fields=('token',), name='a_survey_has_its_own_link'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), _negated=True), models.Q(('expires_at__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='a_survey_that_is_sent_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SKIPPED'), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='a_survey_not_sent_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sheet', models.UUIDField(db_index=True)),
                        ('score', models.PositiveSmallIntegerField(choices=[(5, 'very good'), (4, 'good'), (3, 'neither'), (2, 'poor'), (1, 'very poor')])),
                        ('comment', models.TextField(blank=True)),
                        ('anonymous', models.BooleanField(default=False)),
                        ('language', models.CharField(default='en', max_length=2)),
                        ('answered_at', models.DateTimeField()),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.service')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('channel', models.CharField(max_length=20)),
                        ('closed_on', models.DateField(help_text='The first of the month in which the case was closed')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-answered_at', '-id'], name='survey_answer_by_time')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('score__range', (1, 5))), name='a_score_is_one_to_five')],
                    },
                ),
            ],
        ),
    ]
