"""What people hold is brought in from files, each row kept with what became of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('credentials', '0002_renewals_have_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='CredentialFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.CharField(max_length=300)),
                        ('path', models.CharField(max_length=600)),
                        ('sha256', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('KEPT', 'being read'), ('READ', 'read'), ('CHECKING', 'being compared'), ('CHECKED', 'compared'), ('RUNNING', 'being carried out'), ('FINISHED', 'carried out'), ('UNDOING', 'being taken back'), ('UNDONE', 'taken back'), ('STOPPED', 'stopped')], default='KEPT', max_length=8)),
                        ('columns', models.JSONField(default=list)),
                        ('means', models.JSONField(default=dict, help_text='Columns by field, words, how days are written')),
                        ('wanted', models.JSONField(default=list, help_text='Which kinds of row are carried out')),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0, help_text='Rows of what it is doing now')),
                        ('problem', models.TextField(blank=True)),
                        ('started_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('run_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='CredentialRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(help_text='As the spreadsheet counts, with its heading as 1')),
                        ('cells', models.JSONField()),
                        ('key', models.CharField(blank=True, help_text='The employee number', max_length=20)),
                        ('kind', models.CharField(blank=True, choices=[('NEW', 'New'), ('RENEWAL', 'Renewal'), ('DIFFERS', 'Days differ'), ('SAME', 'On the record already'), ('TWICE', 'Twice in the file'), ('REFUSED', 'Cannot be read')], max_length=7)),
                        ('reason', models.TextField(blank=True)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('made', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='credentials.credential')),
                        ('ours', models.ForeignKey(help_text='What it agrees with', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='credentials.credential')),
                        ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='credentials.credentialfile')),
                    ],
                    options={
                        'ordering': ['number'],
                    },
                ),
                migrations.AddConstraint(
                    model_name='credentialfile',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'STOPPED'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='a_stopped_file_of_credentials_says_why'),
                ),
                migrations.AddIndex(
                    model_name='credentialrow',
                    index=models.Index(fields=['table', 'kind', 'number'], name='credential_row_by_kind'),
                ),
                migrations.AddConstraint(
                    model_name='credentialrow',
                    constraint=models.UniqueConstraint(fields=('table', 'number'), name='a_row_of_credentials_is_kept_once'),
                ),
                migrations.AddConstraint(
                    model_name='credentialrow',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'REFUSED'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_refused_row_of_credentials_says_why'),
                ),
            ]
        ),
    ]
