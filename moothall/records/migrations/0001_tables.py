import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('records', '0001_initial'),
        ('records', '0002_indexes_and_append_only'),
        ('records', '0003_the_audit_is_sealed'),
        ('records', '0004_the_office_stands_still'),
    ]
    initial = True
    dependencies = [
        ('people', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64)),
                        ('name', models.CharField(max_length=255)),
                        ('media_type', models.CharField(max_length=120)),
                        ('size', models.BigIntegerField()),
                        ('state', models.CharField(choices=[('UNSCANNED', 'not scanned'), ('CLEAN', 'clean'), ('INFECTED', 'infected')], default='UNSCANNED', max_length=9)),
                        ('scan_note', models.CharField(blank=True, max_length=200)),
                        ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='records.document')),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['sha256'], name='document_by_content')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='sha256_is_hexadecimal'), models.CheckConstraint(condition=models.Q(('size__gte', 0)), name='size_is_not_negative')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('actor_name', models.CharField(max_length=160)),
                        ('verb', models.CharField(max_length=80)),
                        ('about_kind', models.CharField(max_length=60)),
                        ('about_id', models.BigIntegerField(null=True)),
                        ('detail', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['about_kind', 'about_id', '-id'], name='audit_by_record'), models.Index(fields=['actor', '-id'], name='audit_by_actor'), models.Index(fields=['verb', '-id'], name='audit_by_verb'), models.Index(fields=['at', 'id'], name='audit_by_time')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditSeal',
                    fields=[
                        ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ('sealed_at', models.DateTimeField()),
                        ('upto_xid', models.BigIntegerField()),
                        ('upto_id', models.BigIntegerField()),
                        ('after_id', models.BigIntegerField(default=0, help_text='Rows up to it were sealed before the database moved to another server')),
                        ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                        ('leaves', models.BinaryField(help_text='The hash of each of these rows, 32 bytes each')),
                        ('root', models.CharField(max_length=64)),
                        ('head', models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        'ordering': ['-number'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('seals', models.PositiveBigIntegerField()),
                        ('events', models.PositiveBigIntegerField()),
                        ('unsealed', models.PositiveBigIntegerField(help_text='Rows too new to be sealed')),
                        ('anchors', models.PositiveBigIntegerField()),
                        ('fault', models.CharField(blank=True, max_length=14)),
                        ('seal', models.BigIntegerField(null=True)),
                        ('row', models.BigIntegerField(null=True)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('fault__in', ['', 'EDITED', 'MISSING', 'REORDERED', 'ADDED', 'SEAL_EDITED', 'SEAL_MISSING', 'CUT_OFF', 'REWRITTEN', 'BACKDATED', 'ANCHOR_DAMAGED'])), name='a_check_finds_a_known_fault')],
                    },
                ),
                migrations.CreateModel(
                    name='Standstill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('began_at', models.DateTimeField()),
                        ('because', models.CharField(max_length=200)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_because', models.CharField(blank=True, default='', max_length=300)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('ended_by__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='whoever_ends_a_standstill_says_why')],
                    },
                ),
            ],
        ),
    ]
