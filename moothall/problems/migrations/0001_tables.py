import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('problems', '0001_problems_and_what_is_found_at_night'),
    ]
    initial = True
    dependencies = [
        ('cases', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Problem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='people.team')),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('OPEN', 'open'), ('KNOWN', 'cause known'), ('FIXED', 'fixed'), ('CLOSED', 'closed')], default='OPEN', max_length=6)),
                        ('cause', models.TextField(blank=True)),
                        ('workaround', models.TextField(blank=True)),
                        ('workaround_cy', models.TextField(blank=True)),
                        ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, help_text='What its cases share', size=None)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('fixed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['made_at', 'id'], name='problem_by_moment'), models.Index(fields=['title', 'id'], name='problem_by_title')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'FIXED'), _negated=True), ('fixed_at__isnull', False), _connector='OR'), name='a_fixed_problem_says_since_when')],
                    },
                ),
                migrations.CreateModel(
                    name='ProblemCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='problems.problem')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='cases.case')),
                        ('linked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('linked_at', models.DateTimeField()),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('told_at', models.DateTimeField(null=True)),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('problem', 'case'), name='a_case_is_linked_to_a_problem_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ProblemEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='problems.problem')),
                        ('kind', models.CharField(choices=[('CHANGE', 'change'), ('ESCALATION', 'escalation'), ('TOLD', 'everybody was told')], max_length=10)),
                        ('text', models.TextField(blank=True)),
                        ('to', models.CharField(blank=True, max_length=200)),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['problem', '-at', '-id'], name='problem_timeline')],
                    },
                ),
                migrations.CreateModel(
                    name='Candidate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('desk', models.CharField(max_length=60)),
                        ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, help_text='To know it again', size=None)),
                        ('state', models.CharField(choices=[('NEW', 'new'), ('MADE', 'made a problem'), ('REFUSED', 'not a problem')], default='NEW', max_length=7)),
                        ('found_at', models.DateTimeField()),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('problem', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'desk'], name='candidate_by_state')],
                    },
                ),
                migrations.CreateModel(
                    name='CandidateCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='problems.candidate')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                        ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('candidate', 'case'), name='a_case_is_in_a_group_once')],
                    },
                ),
            ],
        ),
    ]
