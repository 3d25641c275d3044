import django.contrib.postgres.fields
import django.db.models.deletion
import moothall.core.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0005_series_waiting_front_desk_and_feeds'),
        ('credentials', '0002_renewals_have_cases'),
        ('people', '__first__'),
        ('training', '0001_tables'),
        ('workforce', '0002_behind_the_wall'),
    ]

    operations = [
        moothall.core.tables.Together(
            operations=[
                migrations.CreateModel(
                    name='Cohort',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('starts_on', models.DateField(help_text='A Monday')),
                        ('made_at', models.DateTimeField()),
                        ('planned_at', models.DateTimeField(blank=True, null=True)),
                        ('told_at', models.DateTimeField(blank=True, help_text='Hosts and students were written to', null=True)),
                        ('without', models.JSONField(default=list, help_text='Modules of groups that found no weeks, and why')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='training.pathway')),
                    ],
                    options={
                        'ordering': ['-starts_on', '-id'],
                        'indexes': [models.Index(fields=['pathway', 'starts_on'], name='cohort_of_pathway')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_cohort_has_a_name'), models.CheckConstraint(condition=models.Q(('told_at', None), ('planned_at__isnull', False), _connector='OR'), name='a_cohort_is_planned_first')],
                    },
                ),
                migrations.CreateModel(
                    name='CohortGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='training.cohort')),
                    ],
                    options={
                        'ordering': ['cohort', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='groups_of_a_cohort_are_counted')],
                    },
                ),
                migrations.CreateModel(
                    name='District',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('retired_on', models.DateField(blank=True, null=True)),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), name='a_district_is_on_the_globe')],
                    },
                ),
                migrations.CreateModel(
                    name='Pathway',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('group_size', models.PositiveSmallIntegerField(default=20, help_text='Most in a group')),
                        ('spare', models.PositiveSmallIntegerField(default=2, help_text='More for those who come back into it')),
                        ('rooms', models.PositiveSmallIntegerField(default=8, help_text='Groups that can be taught at once')),
                        ('most_minutes', models.PositiveSmallIntegerField(default=75, help_text='Of travel to a placement')),
                        ('added_at', models.DateTimeField()),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('grants', models.ForeignKey(blank=True, help_text='What whoever is confirmed holds from then on', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pathways', to='credentials.credentialkind')),
                        ('tutor_skill', models.ForeignKey(blank=True, help_text='What somebody is able to do to be a tutor', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.skill')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_pathway_has_a_name'), models.CheckConstraint(condition=models.Q(('group_size__gte', 1), ('rooms__gte', 1)), name='a_pathway_has_groups_and_rooms')],
                    },
                ),
                migrations.CreateModel(
                    name='PathwayModule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('kind', models.CharField(choices=[('TAUGHT', 'Taught in the group'), ('PLACEMENT', 'Placement with a host'), ('TUTORED', 'With a tutor')], default='TAUGHT', max_length=9)),
                        ('weeks', models.PositiveSmallIntegerField(default=1)),
                        ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='modules', to='training.pathway')),
                        ('skill', models.ForeignKey(blank=True, help_text='What its trainer is able to teach', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.skill')),
                    ],
                    options={
                        'ordering': ['pathway', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('pathway', 'number'), name='modules_of_a_pathway_are_counted'), models.CheckConstraint(condition=models.Q(('weeks__gte', 1), ('weeks__lte', 104)), name='a_module_takes_weeks')],
                    },
                ),
                migrations.CreateModel(
                    name='PathwayItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=200)),
                        ('name_cy', models.CharField(blank=True, max_length=200)),
                        ('kind', models.CharField(choices=[('REQUIREMENT', 'Requirement'), ('PRACTICAL', 'Practical'), ('PORTFOLIO', 'Portfolio'), ('ASSESSMENT', 'Assessment')], default='PRACTICAL', max_length=11)),
                        ('weeks_after', models.PositiveSmallIntegerField(default=0, help_text='Due so many weeks after its module')),
                        ('course', models.ForeignKey(blank=True, help_text='Whoever has passed it has this too', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.course')),
                        ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='training.pathwaymodule')),
                    ],
                    options={
                        'ordering': ['module', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('module', 'number'), name='items_of_a_module_are_counted')],
                    },
                ),
                migrations.CreateModel(
                    name='CohortClass',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('weeks', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), help_text='Their Mondays', size=None)),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                        ('by_hand', models.BooleanField(default=False)),
                        ('trainer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cohort_classes', to='workforce.employment')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classes', to='training.cohortgroup')),
                        ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='training.pathwaymodule')),
                    ],
                    options={
                        'ordering': ['group', 'first_on', 'id'],
                        'indexes': [models.Index(fields=['first_on', 'last_on'], name='class_by_day')],
                        'constraints': [models.UniqueConstraint(fields=('group', 'module'), name='a_group_has_a_module_once'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on')), ('weeks__len__gte', 1)), name='a_class_has_weeks')],
                    },
                ),
                migrations.CreateModel(
                    name='PathwayTutor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('most', models.PositiveSmallIntegerField(default=2, help_text='Students at once')),
                        ('added_at', models.DateTimeField()),
                        ('stopped_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tutors', to='training.district')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tutoring', to='workforce.employment')),
                        ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('employment',), name='somebody_is_a_tutor_once'), models.CheckConstraint(condition=models.Q(('most__gte', 1)), name='a_tutor_has_students')],
                    },
                ),
                migrations.CreateModel(
                    name='PlacementHost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160, unique=True)),
                        ('places', models.PositiveSmallIntegerField(default=2, help_text='Students at once')),
                        ('contact_name', models.CharField(blank=True, max_length=160)),
                        ('contact_email', models.EmailField(blank=True, max_length=254)),
                        ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                        ('about', models.CharField(blank=True, help_text='What students do there', max_length=300)),
                        ('assessed_until', models.DateField(blank=True, help_text='Its risk assessment holds until', null=True)),
                        ('added_at', models.DateTimeField()),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosts', to='training.district')),
                        ('features', models.ManyToManyField(blank=True, related_name='+', to='bookings.feature')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('places__gte', 1)), name='a_host_has_places')],
                    },
                ),
                migrations.CreateModel(
                    name='Student',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('ON', 'On the way'), ('LEFT', 'Left'), ('DONE', 'Confirmed')], default='ON', max_length=4)),
                        ('joined_at', models.DateTimeField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('because', models.CharField(blank=True, help_text='Why they left', max_length=300)),
                        ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='students', to='training.cohort')),
                        ('credential', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.credential')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='students', to='training.district')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studies', to='workforce.employment')),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='students', to='training.cohortgroup')),
                        ('joined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('needs', models.ManyToManyField(blank=True, help_text='Access that a host has to have', related_name='+', to='bookings.feature')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['cohort', 'state'], name='student_of_cohort')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ON')), fields=('employment',), name='nobody_is_on_two_pathways'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'LEFT'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='who_leaves_a_pathway_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('state', 'ON')), models.Q(models.Q(('state', 'ON'), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='a_way_that_ended_has_its_day')],
                    },
                ),
                migrations.CreateModel(
                    name='SignOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('result', models.CharField(choices=[('PASSED', 'Signed off'), ('AGAIN', 'To be seen again')], max_length=6)),
                        ('seen_on', models.DateField()),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='training.pathwayitem')),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_offs', to='training.student')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['student', 'item'], name='sign_off_of_student')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('result', 'AGAIN'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='who_is_seen_again_is_told_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, help_text='Of travel, about', null=True)),
                        ('why', models.CharField(blank=True, choices=[('FULL', 'Everybody who could take them is full in those weeks'), ('DISTRICT', 'Whoever is left is in their own district'), ('ACCESS', 'Nobody who is left has the access they need'), ('FAR', 'Whoever is left is too far away'), ('NONE', 'There is nobody to go to')], max_length=8)),
                        ('by_hand', models.BooleanField(default=False)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('arranged_at', models.DateTimeField()),
                        ('arranged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.pathwaymodule')),
                        ('tutor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='training.pathwaytutor')),
                        ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='training.placementhost')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='training.student')),
                    ],
                    options={
                        'ordering': ['first_on', 'id'],
                        'indexes': [models.Index(fields=['host', 'first_on'], name='attachment_of_host'), models.Index(fields=['tutor', 'first_on'], name='attachment_of_tutor')],
                        'constraints': [models.UniqueConstraint(fields=('student', 'module'), name='a_student_has_a_module_once'), models.CheckConstraint(condition=models.Q(models.Q(('host__isnull', False), ('tutor', None), ('why', '')), models.Q(('host', None), ('tutor__isnull', False), ('why', '')), models.Q(('host', None), ('tutor', None), models.Q(('why', ''), _negated=True)), _connector='OR'), name='who_is_with_nobody_is_told_why'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='an_attachment_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='StudentMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('because', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('from_cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moved_on', to='training.cohort')),
                        ('from_group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training.cohortgroup')),
                        ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.pathwaymodule')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='training.student')),
                        ('to_cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moved_in', to='training.cohort')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='who_goes_back_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='TrainerWeek',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('week', models.DateField()),
                        ('held', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainer_weeks', to='training.cohortclass')),
                        ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employment')),
                    ],
                    options={
                        'ordering': ['week', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('trainer', 'week'), name='a_trainer_has_one_group_a_week')],
                    },
                ),
            ],
        ),
    ]
