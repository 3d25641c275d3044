"""Vacancies, campaigns and those who apply. An applicant is there for whoever may see one of their applications;
what is not sent yet, and what is said for monitoring, is there for the office alone."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import OFFICE, behind_the_wall, wall
from moothall.core.tables import Together

APPLIED = """exists (
  select from recruitment_application led_to where led_to.applicant_id = recruitment_applicant.id
)"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_row_security_is_the_second_wall'),
        ('people', '0001_tables'),
        ('records', '0002_the_audit_is_only_added_to'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='MonitoringQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('question', models.JSONField()),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Applicant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('guaranteed_interview', models.BooleanField(default=False)),
                    ('adjustments', models.TextField(blank=True)),
                    ('since', models.DateTimeField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='applicant', to='people.person')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='What it is called where no name is said', max_length=12, unique=True)),
                    ('token', models.CharField(help_text='Whoever has it, signed, may follow it', max_length=43, unique=True)),
                    ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                    ('email', models.CharField(max_length=320)),
                    ('facts', models.JSONField(default=dict, help_text='What they answered to the rules of entry')),
                    ('to_look_at', models.JSONField(default=list, help_text='Keys of rules that stop nobody and were not met')),
                    ('guaranteed_interview', models.BooleanField(default=False)),
                    ('adjustments', models.TextField(blank=True)),
                    ('submitted_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=300)),
                    ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recruitment.applicant')),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='job_application', to='cases.case')),
                    ('withdrawn_by', models.ForeignKey(help_text='None: they themselves', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-submitted_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='ApplicationFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('cv', 'A curriculum vitae'), ('certificate', 'A certificate or licence'), ('identity', 'Proof of identity or right to work'), ('other', 'Something else')], default='other', max_length=11)),
                    ('name', models.CharField(max_length=255)),
                    ('added_at', models.DateTimeField()),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='recruitment.application')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Campaign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160)),
                    ('name_cy', models.CharField(blank=True, max_length=160)),
                    ('about', models.TextField(blank=True, help_text='The advertisement')),
                    ('about_cy', models.TextField(blank=True)),
                    ('opens_on', models.DateField()),
                    ('closes_on', models.DateField(help_text='The last day to apply')),
                    ('starts_on', models.DateField(blank=True, help_text='When the first of them would start', null=True)),
                    ('again_after_days', models.PositiveSmallIntegerField(default=0, help_text='How long after an attempt failed or was withdrawn somebody may apply again')),
                    ('made_at', models.DateTimeField()),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=300)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ],
                options={
                    'ordering': ['-opens_on', '-id'],
                },
            ),
            migrations.AddField(
                model_name='application',
                name='campaign',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recruitment.campaign'),
            ),
            migrations.CreateModel(
                name='Monitoring',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mark', models.CharField(max_length=64, unique=True)),
                    ('said', models.JSONField(default=dict)),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='recruitment.campaign')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='RoleProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160, unique=True)),
                    ('name_cy', models.CharField(blank=True, max_length=160)),
                    ('about', models.TextField(blank=True)),
                    ('about_cy', models.TextField(blank=True)),
                    ('disclosure_level', models.CharField(choices=[('none', 'None'), ('basic', 'Basic'), ('standard', 'Standard'), ('enhanced', 'Enhanced')], default='none', max_length=10)),
                    ('vetting_level', models.CharField(default='none', max_length=20)),
                    ('medical', models.CharField(choices=[('form', 'A questionnaire'), ('full', 'A medical')], default='form', max_length=4)),
                    ('added_at', models.DateTimeField()),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Criterion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40)),
                    ('name', models.CharField(max_length=300)),
                    ('name_cy', models.CharField(blank=True, max_length=300)),
                    ('necessity', models.CharField(choices=[('ESSENTIAL', 'Essential'), ('DESIRABLE', 'Desirable')], default='ESSENTIAL', max_length=9)),
                    ('weight', models.PositiveSmallIntegerField(default=1)),
                    ('assessed_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('APPLICATION', 'The application'), ('INTERVIEW', 'An interview'), ('TEST', 'A test or exercise'), ('CHECK', 'A check of papers')], max_length=11), default=list, size=None)),
                    ('most_words', models.PositiveSmallIntegerField(default=300, help_text='Of an answer')),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='recruitment.roleprofile')),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.AddField(
                model_name='campaign',
                name='profile',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='recruitment.roleprofile'),
            ),
            migrations.CreateModel(
                name='Route',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('name_cy', models.CharField(blank=True, max_length=120)),
                    ('about', models.CharField(blank=True, max_length=300)),
                    ('about_cy', models.CharField(blank=True, max_length=300)),
                    ('entry_step', models.CharField(help_text='The step that is done once they have applied', max_length=40)),
                    ('facts', models.JSONField(default=dict, help_text='What conditions of its process may speak of')),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.service')),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Places',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(blank=True, null=True)),
                    ('places', models.PositiveSmallIntegerField()),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='recruitment.campaign')),
                    ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='recruitment.route')),
                ],
                options={
                    'ordering': ['route__place', 'starts_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='EligibilityRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=60)),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('kind', models.CharField(choices=[('AGE_FROM', 'At least so old on the day they would start'), ('AGE_BELOW', 'Younger than so many years on the day they would start'), ('YES', 'The answer has to be yes'), ('NO', 'The answer has to be no'), ('AT_LEAST', 'A number, at least so many')], max_length=9)),
                    ('amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('asks', models.CharField(blank=True, help_text='The question; none where the age is asked', max_length=300)),
                    ('asks_cy', models.CharField(blank=True, max_length=300)),
                    ('told', models.CharField(help_text='What somebody reads who does not meet it', max_length=400)),
                    ('told_cy', models.CharField(blank=True, max_length=400)),
                    ('stops', models.BooleanField(default=True, help_text='They cannot apply; otherwise the desk is told and looks at it')),
                    ('is_law', models.BooleanField(default=False, help_text='False: the office’s own policy')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                    ('route', models.ForeignKey(blank=True, help_text='None: of all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='recruitment.route')),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=43, unique=True)),
                    ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                    ('name', models.CharField(blank=True, max_length=250)),
                    ('email', models.CharField(blank=True, max_length=320)),
                    ('phone', models.CharField(blank=True, max_length=60)),
                    ('born_on', models.DateField(blank=True, null=True)),
                    ('facts', models.JSONField(default=dict)),
                    ('answers', models.JSONField(default=dict, help_text='By the key of the criterion')),
                    ('guaranteed_interview', models.BooleanField(default=False)),
                    ('adjustments', models.TextField(blank=True)),
                    ('reached', models.JSONField(default=list)),
                    ('begun_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('application', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='recruitment.application')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='recruitment.campaign')),
                    ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.route')),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='CampaignStage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40)),
                    ('position', models.PositiveSmallIntegerField()),
                    ('begins_on', models.DateField()),
                    ('target_on', models.DateField()),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='recruitment.campaign')),
                    ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.route')),
                ],
                options={
                    'ordering': ['route__place', 'position', 'id'],
                },
            ),
            migrations.AddField(
                model_name='application',
                name='route',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recruitment.route'),
            ),
            migrations.CreateModel(
                name='Vacancy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=160)),
                    ('title_cy', models.CharField(blank=True, max_length=160)),
                    ('places', models.PositiveSmallIntegerField(default=1)),
                    ('grade', models.CharField(max_length=40)),
                    ('hours', models.DecimalField(decimal_places=2, help_text='A week', max_digits=4)),
                    ('cost_code', models.CharField(max_length=40)),
                    ('welsh', models.CharField(choices=[('ESSENTIAL', 'Essential'), ('DESIRABLE', 'Desirable'), ('LEARN', 'To be learned in the job'), ('NOT_NEEDED', 'Not needed')], max_length=10)),
                    ('welsh_because', models.CharField(help_text='Why this category', max_length=300)),
                    ('because', models.TextField(help_text='Why it is to be filled')),
                    ('is_new', models.BooleanField(default=False, help_text='A new or changed job, which is evaluated first')),
                    ('asked_at', models.DateTimeField()),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('cancelled_because', models.CharField(blank=True, max_length=300)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='vacancy', to='cases.case')),
                    ('hiring_manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='people.post')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='recruitment.roleprofile')),
                    ('team', models.ForeignKey(help_text='Who recruits', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.AddField(
                model_name='campaign',
                name='vacancies',
                field=models.ManyToManyField(blank=True, related_name='campaigns', to='recruitment.vacancy'),
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='recruitment.application')),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.criterion')),
                ],
                options={
                    'ordering': ['criterion__place', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'criterion'), name='a_criterion_is_answered_once')],
                },
            ),
            migrations.AddConstraint(
                model_name='criterion',
                constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('profile', 'key'), name='a_criterion_stands_once'),
            ),
            migrations.AddConstraint(
                model_name='criterion',
                constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='a_criterion_weighs_something'),
            ),
            migrations.AddConstraint(
                model_name='places',
                constraint=models.UniqueConstraint(fields=('campaign', 'route', 'starts_on'), name='a_cohort_of_a_route_stands_once', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='eligibilityrule',
                constraint=models.UniqueConstraint(fields=('key', 'from_on'), name='a_rule_of_entry_changes_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='eligibilityrule',
                constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_rule_of_entry_ends_later'),
            ),
            migrations.AddConstraint(
                model_name='eligibilityrule',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('told', ''), _negated=True)), name='a_rule_of_entry_has_a_source_and_a_sentence'),
            ),
            migrations.AddConstraint(
                model_name='eligibilityrule',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('YES', 'NO')), ('amount__isnull', False), _connector='OR'), name='a_rule_of_entry_with_a_number_has_one'),
            ),
            migrations.AddIndex(
                model_name='draft',
                index=models.Index(condition=models.Q(('sent_at', None)), fields=['expires_at'], name='drafts_by_expiry'),
            ),
            migrations.AddConstraint(
                model_name='draft',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('application', None), ('sent_at', None)), models.Q(('application__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='a_sent_draft_is_an_application'),
            ),
            migrations.AddConstraint(
                model_name='campaignstage',
                constraint=models.UniqueConstraint(fields=('campaign', 'route', 'key'), name='a_stage_stands_once'),
            ),
            migrations.AddConstraint(
                model_name='campaignstage',
                constraint=models.CheckConstraint(condition=models.Q(('target_on__gte', models.F('begins_on'))), name='a_stage_ends_later'),
            ),
            migrations.AddIndex(
                model_name='application',
                index=models.Index(fields=['campaign', '-submitted_at', '-id'], name='applications_of_campaign'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('campaign', 'applicant'), name='somebody_applies_to_a_campaign_once'),
            ),
            migrations.AddConstraint(
                model_name='vacancy',
                constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1), ('hours__gt', 0)), name='a_vacancy_has_places_and_hours'),
            ),
            migrations.AddConstraint(
                model_name='vacancy',
                constraint=models.CheckConstraint(condition=models.Q(('welsh_because', ''), _negated=True), name='a_welsh_category_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='vacancy',
                constraint=models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancelled_because', ''), _negated=True), _connector='OR'), name='a_cancelled_vacancy_says_why'),
            ),
            migrations.AddIndex(
                model_name='campaign',
                index=models.Index(fields=['-opens_on', '-id'], name='campaign_by_opening'),
            ),
            migrations.AddIndex(
                model_name='campaign',
                index=models.Index(fields=['closes_on', 'id'], name='campaign_by_closing'),
            ),
            migrations.AddConstraint(
                model_name='campaign',
                constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='a_campaign_closes_later'),
            ),
            migrations.AddConstraint(
                model_name='campaign',
                constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='an_ended_campaign_says_why'),
            ),
        ]),
        migrations.RunSQL("CREATE SEQUENCE application_number", "DROP SEQUENCE application_number"),
        behind_the_wall("recruitment_vacancy"),
        behind_the_wall("recruitment_campaign_vacancies", vacancy_id="recruitment_vacancy"),
        behind_the_wall("recruitment_application"),
        behind_the_wall("recruitment_answer", application_id="recruitment_application"),
        behind_the_wall("recruitment_applicationfile", application_id="recruitment_application"),
        wall("recruitment_applicant", f"{OFFICE} or {APPLIED}"),
        wall("recruitment_draft", OFFICE),
        wall("recruitment_monitoring", OFFICE),
    ]
