import django.contrib.postgres.fields
import django.db.models.deletion
import moothall.credentials.models.kind
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('credentials', '0001_what_people_hold'),
    ]
    initial = True
    dependencies = [
        ('records', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Activity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('retired_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'activities',
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='CredentialKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('description', models.CharField(blank=True, max_length=300)),
                        ('description_cy', models.CharField(blank=True, max_length=300)),
                        ('must_expire', models.BooleanField(default=True, help_text='One without a last day is not accepted')),
                        ('second_check', models.BooleanField(default=False, help_text='Also what the desk records is verified by somebody else')),
                        ('ladder', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=moothall.credentials.models.kind.usual_ladder, help_text='Days before the end on which people are reminded', size=None)),
                        ('evidence_months', models.PositiveSmallIntegerField(blank=True, help_text='The evidence is destroyed so many months after the decision', null=True)),
                        ('retired_on', models.DateField(blank=True, null=True)),
                        ('met_by', models.ManyToManyField(blank=True, related_name='meets', to='credentials.credentialkind')),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Validity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='validities', to='credentials.credentialkind')),
                        ('months', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('source', models.CharField(max_length=300)),
                        ('source_read_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['kind_id', '-from_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_validity_ends_later'), models.UniqueConstraint(fields=('kind', 'from_on'), name='a_kind_changes_validity_once_a_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_validity_has_a_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Requirement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='credentials.credentialkind')),
                        ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='credentials.activity')),
                        ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.post')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                        ('workforce', models.CharField(blank=True, max_length=14)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('because', models.CharField(blank=True, max_length=200)),
                        ('added_at', models.DateTimeField()),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['kind_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('post', None), ('unit', None), ('workforce', '')), models.Q(('activity', None), ('post__isnull', False), ('unit', None), ('workforce', '')), models.Q(('activity', None), ('post', None), ('unit__isnull', False), ('workforce', '')), models.Q(('activity', None), ('post', None), ('unit', None), models.Q(('workforce', ''), _negated=True)), _connector='OR'), name='one_thing_asks_for_a_credential'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_requirement_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='Credential',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='people.person')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='credentials.credentialkind')),
                        ('number', models.CharField(blank=True, max_length=60)),
                        ('issuer', models.CharField(blank=True, max_length=160)),
                        ('issued_on', models.DateField()),
                        ('expires_on', models.DateField(blank=True, help_text='The last day on which it counts', null=True)),
                        ('restrictions', models.CharField(blank=True, max_length=300)),
                        ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                        ('evidence_destroyed_at', models.DateTimeField(blank=True, null=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('refused_at', models.DateTimeField(blank=True, null=True)),
                        ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('refused_because', models.CharField(blank=True, max_length=300)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_because', models.CharField(blank=True, max_length=300)),
                        ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='credentials.credential')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'kind', '-issued_on'], name='credential_of_person'), models.Index(condition=models.Q(('refused_at', None), ('superseded_by', None), ('withdrawn_at', None)), fields=['expires_on', 'id'], name='credential_by_end'), models.Index(condition=models.Q(('refused_at', None), ('verified_at', None), ('withdrawn_at', None)), fields=['recorded_at', 'id'], name='credential_to_verify')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('expires_on', None), ('expires_on__gte', models.F('issued_on')), _connector='OR'), name='a_credential_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('verified_at', None), ('refused_at', None), _connector='OR'), name='a_credential_is_verified_or_refused'), models.UniqueConstraint(condition=models.Q(('refused_at', None), ('withdrawn_at', None)), fields=('person', 'kind', 'number', 'issued_on'), name='a_credential_is_recorded_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EvidenceSeen',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('credential', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='credentials.credential')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('credential', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='credentials.credential')),
                        ('days', models.PositiveSmallIntegerField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('credential', 'days'), name='a_credential_is_reminded_of_once_a_rung')],
                    },
                ),
            ],
        ),
    ]
