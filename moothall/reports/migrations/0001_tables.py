import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('reports', '0001_months_counted_and_closed'),
        ('reports', '0002_how_good_records_are'),
    ]
    initial = True
    dependencies = [
        ('workforce', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='MonthClosing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(help_text='Its first day')),
                        ('closed_at', models.DateTimeField()),
                        ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reopened_at', models.DateTimeField(blank=True, null=True)),
                        ('reopened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reopened_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['-month', '-id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('reopened_at', None)), fields=('month',), name='a_month_is_closed_once'), models.CheckConstraint(condition=models.Q(('reopened_at', None), models.Q(('reopened_because', ''), _negated=True), _connector='OR'), name='who_opens_a_month_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='UnitMonth',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(help_text='Its first day')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('closing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sums', to='reports.monthclosing')),
                        ('upto', models.DateField(help_text='Counted up to the end of this day')),
                        ('counted_at', models.DateTimeField()),
                        ('headcount', models.PositiveIntegerField(default=0)),
                        ('fte', models.DecimalField(decimal_places=4, default=0, max_digits=9)),
                        ('days_available', models.PositiveIntegerField(default=0)),
                        ('days_lost', models.DecimalField(decimal_places=1, default=0, max_digits=9)),
                        ('spells', models.PositiveIntegerField(default=0)),
                        ('long_term', models.PositiveIntegerField(default=0)),
                        ('starters', models.PositiveIntegerField(default=0)),
                        ('leavers', models.PositiveIntegerField(default=0)),
                        ('leavers_year', models.PositiveIntegerField(default=0)),
                        ('heads_year', models.PositiveIntegerField(default=0, help_text='Of the ends of twelve months, added up')),
                    ],
                    options={
                        'ordering': ['-month', 'unit_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('month', 'unit', 'team', 'closing'), name='a_unit_is_counted_once_a_month', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='QualityRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('advice', models.CharField(max_length=300)),
                        ('advice_cy', models.CharField(blank=True, max_length=300)),
                        ('severity', models.CharField(choices=[('WRONG', 'Wrong'), ('LIKELY', 'Likely wrong'), ('LOOK', 'Worth a look')], default='LIKELY', max_length=6)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('is_looked_for', models.BooleanField(default=True)),
                        ('order', models.PositiveSmallIntegerField(default=50)),
                    ],
                    options={
                        'ordering': ['order', 'key'],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='reports.qualityrule')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quality_findings', to='workforce.employment')),
                        ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('detail', models.CharField(blank=True, max_length=300)),
                        ('before', models.JSONField(default=dict, help_text='The record as it was found')),
                        ('after', models.JSONField(default=dict, help_text='The record once it was put right')),
                        ('found_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('closed_by', models.ForeignKey(help_text='Whoever changed the record last before it was found no more', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('waived_until', models.DateField(help_text='The last day on which it may stay so', null=True)),
                        ('waived_because', models.CharField(blank=True, max_length=300)),
                        ('waived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('waived_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-found_at', '-id'],
                        'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['found_at', 'id'], name='finding_open'), models.Index(fields=['closed_at', 'id'], name='finding_by_closing')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('rule', 'employment'), name='a_fault_is_found_once'), models.CheckConstraint(condition=models.Q(('waived_until', None), models.Q(('waived_because', ''), _negated=True), _connector='OR'), name='who_waives_a_fault_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='QualityScore',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('records', models.PositiveIntegerField()),
                        ('faulty', models.PositiveIntegerField()),
                    ],
                    options={
                        'ordering': ['-day', 'unit_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('day', 'unit', 'team'), name='a_unit_is_scored_once_a_day', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='QualitySample',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('drawn_at', models.DateTimeField()),
                        ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('drawn_on', models.DateField(help_text='Of those who worked here that day')),
                        ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                        ('seed', models.PositiveIntegerField()),
                        ('size', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['-drawn_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 200)), name='a_sample_has_a_size')],
                    },
                ),
                migrations.CreateModel(
                    name='SampledRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sample', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='reports.qualitysample')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employment')),
                        ('said', models.JSONField(default=dict, help_text='What stood on the record as it was checked')),
                        ('wrong', models.JSONField(default=dict, help_text='Of each field that was wrong, what is right')),
                        ('checked_at', models.DateTimeField(null=True)),
                        ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['sample_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('sample', 'employment'), name='a_record_is_drawn_once'), models.CheckConstraint(condition=models.Q(('checked_at', None), ('checked_by__isnull', False), _connector='OR'), name='who_checked_a_record_is_known')],
                    },
                ),
            ],
        ),
    ]
