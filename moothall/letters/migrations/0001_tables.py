import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('letters', '0001_initial'),
        ('letters', '0002_initial'),
        ('letters', '0003_letterheads_and_print_runs'),
        ('letters', '0004_a_letter_may_come_too_late'),
        ('letters', '0005_a_letter_is_printed_as_large_as_needed'),
    ]
    initial = True
    dependencies = [
        ('records', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='LetterTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('desk', models.CharField(blank=True, max_length=60)),
                        ('approval_required', models.BooleanField(default=False)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='LetterText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='letters.lettertemplate')),
                        ('version', models.PositiveIntegerField()),
                        ('subject_en', models.CharField(max_length=300)),
                        ('subject_cy', models.CharField(blank=True, max_length=300)),
                        ('body_en', models.TextField()),
                        ('body_cy', models.TextField(blank=True)),
                        ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-version'],
                        'constraints': [models.UniqueConstraint(fields=('template', 'version'), name='a_template_version_is_saved_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LetterTextEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='letters.lettertext')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('template', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='letters.lettertemplate')),
                        ('version', models.PositiveIntegerField()),
                        ('subject_en', models.CharField(max_length=300)),
                        ('subject_cy', models.CharField(blank=True, max_length=300)),
                        ('body_en', models.TextField()),
                        ('body_cy', models.TextField(blank=True)),
                        ('saved_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Letterhead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('address', models.TextField(blank=True)),
                        ('address_cy', models.TextField(blank=True)),
                        ('phone', models.CharField(blank=True, max_length=60)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('website', models.CharField(blank=True, max_length=200)),
                        ('signature', models.TextField(blank=True, help_text='Under the text of every letter')),
                        ('signature_cy', models.TextField(blank=True)),
                        ('welsh_welcome', models.CharField(blank=True, help_text='That Welsh is welcome, and no slower', max_length=300)),
                        ('welsh_welcome_cy', models.CharField(blank=True, max_length=300)),
                        ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('saved_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='PrintRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('posted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('posted_at', models.DateTimeField(null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('posted_at', None), ('undone_at', None), _connector='OR'), name='a_print_run_is_posted_or_undone')],
                    },
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.lettertext')),
                        ('letterhead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.letterhead')),
                        ('print_run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='letters.printrun')),
                        ('about_kind', models.CharField(max_length=60)),
                        ('about_id', models.BigIntegerField()),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                        ('channel', models.CharField(choices=[('MAIL', 'email'), ('PRINT', 'print'), ('NOTIFY', 'GOV.UK Notify')], default='MAIL', max_length=6)),
                        ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], max_length=2)),
                        ('from_name', models.CharField(blank=True, max_length=160)),
                        ('from_address', models.EmailField(blank=True, max_length=254)),
                        ('to_name', models.CharField(blank=True, max_length=250)),
                        ('to_address', models.TextField(blank=True, help_text='Mail address, or the lines of a postal one')),
                        ('cc', models.JSONField(default=list)),
                        ('points', models.PositiveSmallIntegerField(blank=True, help_text='Size its words are printed in; the usual one where empty', null=True)),
                        ('subject', models.CharField(max_length=500)),
                        ('body', models.TextField()),
                        ('message_id', models.CharField(max_length=250, unique=True)),
                        ('in_reply_to', models.CharField(blank=True, max_length=998)),
                        ('references', models.TextField(blank=True)),
                        ('automatic', models.BooleanField(default=False, help_text='Sent by a rule, so nobody must answer it by rule')),
                        ('state', models.CharField(choices=[('DRAFT', 'draft'), ('FOR_APPROVAL', 'waiting for approval'), ('QUEUED', 'queued'), ('SENDING', 'being sent'), ('SENT', 'sent'), ('MAYBE_SENT', 'maybe sent: check'), ('FAILED', 'could not be sent'), ('CANCELLED', 'cancelled')], default='QUEUED', max_length=12)),
                        ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField()),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('send_after', models.DateTimeField(help_text='Until then it can be recalled')),
                        ('useless_after', models.DateTimeField(help_text='From then on it is not sent any more', null=True)),
                        ('attempts', models.PositiveIntegerField(default=0)),
                        ('claimed_at', models.DateTimeField(null=True)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('problem', models.TextField(blank=True)),
                        ('documents', models.ManyToManyField(blank=True, to='records.document')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['about_kind', 'about_id', '-id'], name='letter_by_record'), models.Index(condition=models.Q(('state', 'QUEUED')), fields=['send_after'], name='outbox_waiting'), models.Index(condition=models.Q(('state', 'QUEUED'), ('useless_after__isnull', False)), fields=['useless_after'], name='outbox_of_use_until'), models.Index(condition=models.Q(('channel', 'MAIL'), ('state__in', ['QUEUED', 'SENDING'])), fields=['to_address', 'id'], name='outbox_by_address'), models.Index(condition=models.Q(('state__in', ['MAYBE_SENT', 'FAILED', 'FOR_APPROVAL', 'SENDING'])), fields=['state', '-id'], name='outbox_needs_a_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='a_sent_letter_says_when')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lettertext',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "letters_lettertextevent" ("body_cy", "body_en", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "subject_cy", "subject_en", "template_id", "version") VALUES (NEW."body_cy", NEW."body_en", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."subject_cy", NEW."subject_en", NEW."template_id", NEW."version"); RETURN NULL;', hash='66af45af72f97e5a3c3d42caaa893151b0fd56ac', operation='INSERT', pgid='pgtrigger_insert_insert_a39fc', table='letters_lettertext', when='AFTER')),
                ),
            ],
        ),
    ]
