"""One action for many applications, and tags. A row is there for whoever may see the case of its application."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0005_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='BulkAct',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(blank=True, choices=[('MOVE', 'Move on'), ('HOLD', 'Put away until a day'), ('REJECT', 'Not taken further'), ('WITHDRAW', 'Withdraw'), ('INVITE', 'Bring to a selection event'), ('ASK', 'Ask for a document'), ('TAG', 'Add a tag'), ('LETTER', 'Write to each')], help_text='Empty: chosen, and not said', max_length=8)),
                    ('given', models.JSONField(default=dict, help_text='What was said of it')),
                    ('chosen_at', models.DateTimeField()),
                    ('said_at', models.DateTimeField(blank=True, null=True)),
                    ('begun_at', models.DateTimeField(blank=True, null=True)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('undo_begun_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='recruitment.campaign')),
                    ('chosen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undo_begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='BulkRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('WOULD', 'Can be done'), ('NOT', 'Cannot be done'), ('DONE', 'Done'), ('REFUSED', 'Could not be done any more'), ('UNDONE', 'Taken back'), ('KEPT', 'Could not be taken back')], default='WOULD', max_length=7)),
                    ('why', models.CharField(blank=True, help_text='Why not, or what could not be taken back', max_length=500)),
                    ('detail', models.JSONField(default=dict, help_text='What it would be made of, then what was done')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='recruitment.bulkact')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_rows', to='recruitment.application')),
                ],
                options={
                    'ordering': ['application__number', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=40)),
                    ('added_at', models.DateTimeField()),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='recruitment.application')),
                    ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['words', 'id'],
                },
            ),
            migrations.AddConstraint(
                model_name='bulkact',
                constraint=models.CheckConstraint(condition=models.Q(('begun_at', None), models.Q(('begun_by__isnull', False), models.Q(('kind', ''), _negated=True)), _connector='OR'), name='a_bulk_act_is_begun_by_somebody'),
            ),
            migrations.AddIndex(
                model_name='bulkrow',
                index=models.Index(fields=['act', 'state', 'id'], name='rows_of_an_act'),
            ),
            migrations.AddConstraint(
                model_name='bulkrow',
                constraint=models.UniqueConstraint(fields=('act', 'application'), name='an_act_is_for_somebody_once'),
            ),
            migrations.AddConstraint(
                model_name='tag',
                constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('application', 'words'), name='a_tag_stands_once'),
            ),
            migrations.AddConstraint(
                model_name='tag',
                constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_tag_says_something'),
            ),
        ]),
        behind_the_wall("recruitment_bulkrow", application_id="recruitment_application"),
        behind_the_wall("recruitment_tag", application_id="recruitment_application"),
    ]
