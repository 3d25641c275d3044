import django.db.models.deletion
import moothall.core.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '__first__'),
        ('records', '0002_the_audit_is_only_added_to'),
        ('training', '0004_plans_asked_for'),
        ('workforce', '0002_behind_the_wall'),
    ]

    operations = [
        moothall.core.tables.Together(
            operations=[
                migrations.CreateModel(
                    name='AbstractionFetch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mark', models.BigIntegerField()),
                        ('rows', models.PositiveIntegerField()),
                        ('at', models.DateTimeField()),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Abstraction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('kind', models.CharField(choices=[('TRAINED', 'Is trained'), ('TEACHES', 'Teaches')], max_length=7)),
                        ('begun', models.BigIntegerField()),
                        ('ended', models.BigIntegerField(null=True)),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employment')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.session')),
                    ],
                    options={
                        'ordering': ['day', 'id'],
                        'indexes': [models.Index(fields=['begun'], name='abstraction_by_begin'), models.Index(condition=models.Q(('ended__isnull', False)), fields=['ended'], name='abstraction_by_end')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('employment', 'day', 'kind', 'session'), name='an_abstraction_stands_once'), models.CheckConstraint(condition=models.Q(('ended', None), ('ended__gt', models.F('begun')), _connector='OR'), name='an_abstraction_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyArrival',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('source', models.CharField(choices=[('FOLDER', 'Folder'), ('API', 'Another system')], max_length=6)),
                        ('digest', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('KEPT', 'Kept, to be read'), ('DONE', 'Carried out'), ('SAME', 'Nothing new in it'), ('WAITS', 'Waits for a person'), ('REFUSED', 'Refused: what was known stands')], default='KEPT', max_length=7)),
                        ('said', models.CharField(blank=True, help_text='Why it waits or was refused', max_length=400)),
                        ('arrived_at', models.DateTimeField()),
                        ('understood_at', models.DateTimeField(null=True)),
                        ('arrived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('file', models.OneToOneField(help_text='What differs', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='arrival', to='training.dutyfile')),
                        ('raw', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                    ],
                    options={
                        'ordering': ['-arrived_at', '-id'],
                        'indexes': [models.Index(fields=['digest'], name='duty_arrival_by_digest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['WAITS', 'REFUSED']), _negated=True), models.Q(('said', ''), _negated=True), _connector='OR'), name='a_duty_file_that_is_not_taken_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fewer', models.PositiveSmallIntegerField(default=20, help_text='Per cent fewer lines than the last file')),
                        ('unreadable', models.PositiveSmallIntegerField(default=5, help_text='Per cent of its lines')),
                        ('set_at', models.DateTimeField()),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('fewer__lte', 100), ('unreadable__lte', 100)), name='a_share_of_a_file_is_of_a_hundred')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fingerprint', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_feeds', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('account',), name='a_team_has_one_address_at_a_time')],
                    },
                ),
            ],
        ),
    ]
