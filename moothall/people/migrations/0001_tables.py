import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import moothall.core.folding
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_contact_points_reviews_and_likeness'),
        ('people', '0003_merged_persons_are_few'),
        ('people', '0004_history_keeps_the_row_before'),
        ('people', '0005_how_people_sign_in'),
        ('people', '0006_hours_absences_and_languages'),
        ('people', '0007_a_post_may_be_in_no_team'),
    ]
    initial = True
    dependencies = [
        ('core', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Role',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                        ('mfa_required', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                        ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                        ('is_active', models.BooleanField(default=True)),
                        ('daily_digest', models.BooleanField(default=True)),
                        ('added_at', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, help_text='Last asked to set up a second factor', null=True)),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='an_address_signs_in_one_account')],
                    },
                ),
                migrations.CreateModel(
                    name='Grant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                        ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.role')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.team')),
                        ('started_on', models.DateField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('account', 'role', 'team'), name='an_account_holds_a_role_in_a_team_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='a_grant_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='GrantEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.grant')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('role', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.role')),
                        ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team')),
                        ('started_on', models.DateField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('granted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SavedView',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
                        ('list_key', models.CharField(max_length=60)),
                        ('name', models.CharField(max_length=80)),
                        ('query', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(fields=('account', 'list_key', 'name'), name='a_saved_view_has_its_own_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(help_text='What it is a draft of, such as reply:LOD-26-00042', max_length=120)),
                        ('fields', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('account', 'key'), name='a_draft_is_kept_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Dismissal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('account', 'key'), name='a_thing_is_dismissed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reference', models.CharField(max_length=16, unique=True)),
                        ('title', models.CharField(blank=True, max_length=30)),
                        ('given_name', models.CharField(blank=True, max_length=120)),
                        ('family_name', models.CharField(blank=True, max_length=120)),
                        ('full_name', models.CharField(max_length=250)),
                        ('known_as', models.CharField(blank=True, max_length=120)),
                        ('folded_name', models.GeneratedField(db_persist=True, expression=moothall.core.folding.Fold(moothall.core.folding.Concat('full_name', models.Value(' '), 'known_as')), output_field=models.TextField())),
                        ('born_on', models.DateField(blank=True, null=True)),
                        ('language', models.CharField(blank=True, choices=[('', 'not known'), ('en', 'English'), ('cy', 'Cymraeg')], default='', max_length=2)),
                        ('language_source', models.CharField(blank=True, max_length=120)),
                        ('language_set_on', models.DateField(blank=True, null=True)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                        ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded_name'], name='person_by_name', opclasses=['gin_trgm_ops']), models.Index(fields=['family_name', 'id'], name='person_by_family_name'), models.Index(fields=['folded_name', 'id'], name='person_in_order_of_name'), models.Index(condition=models.Q(('born_on__isnull', False)), fields=['born_on'], name='person_by_birth'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged_into')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='a_person_has_a_name'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='person_is_not_merged_into_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.person')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('reference', models.CharField(max_length=16)),
                        ('title', models.CharField(blank=True, max_length=30)),
                        ('given_name', models.CharField(blank=True, max_length=120)),
                        ('family_name', models.CharField(blank=True, max_length=120)),
                        ('full_name', models.CharField(max_length=250)),
                        ('known_as', models.CharField(blank=True, max_length=120)),
                        ('born_on', models.DateField(blank=True, null=True)),
                        ('language', models.CharField(blank=True, choices=[('', 'not known'), ('en', 'English'), ('cy', 'Cymraeg')], default='', max_length=2)),
                        ('language_source', models.CharField(blank=True, max_length=120)),
                        ('language_set_on', models.DateField(blank=True, null=True)),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation')),
                        ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ContactPoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='people.person')),
                        ('kind', models.CharField(choices=[('EMAIL', 'email'), ('PHONE', 'phone'), ('POST', 'post')], max_length=5)),
                        ('value', models.TextField()),
                        ('folded', models.CharField(help_text='Lower-case address, digits only, or postcode and the words of the address', max_length=320)),
                        ('label', models.CharField(blank=True, max_length=60)),
                        ('preferred', models.BooleanField(default=False)),
                        ('added_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('undeliverable_since', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', 'folded'], name='contact_point_by_value'), django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='contact_point_by_part', opclasses=['gin_trgm_ops'])],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'kind', 'folded'), name='a_person_has_a_contact_point_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('preferred', True)), fields=('person', 'kind'), name='a_person_prefers_one_contact_point_of_a_kind'), models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='a_contact_point_can_be_found')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonRoleKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('name_cy', models.CharField(blank=True, max_length=80)),
                    ],
                ),
                migrations.CreateModel(
                    name='PersonRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.person')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.personrolekind')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                        ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.post')),
                        ('started_on', models.DateField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='a_role_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='CautionMarker',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cautions', to='people.person')),
                        ('kind', models.CharField(max_length=60)),
                        ('reason', models.TextField()),
                        ('instruction', models.TextField()),
                        ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('placed_at', models.DateTimeField()),
                        ('expires_on', models.DateField()),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(null=True)),
                        ('lifted_because', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_caution_marker_has_a_reason'), models.CheckConstraint(condition=models.Q(('lifted_at', None), models.Q(('lifted_because', ''), _negated=True), _connector='OR'), name='a_lifted_caution_marker_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='CautionReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('marker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='people.cautionmarker')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('reason', models.TextField()),
                        ('expires_on', models.DateField()),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_caution_review_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='ProtectedAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='protections', to='people.person')),
                        ('reason', models.TextField()),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField()),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('person',), name='an_address_is_protected_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('name_cy', models.CharField(blank=True, max_length=200)),
                        ('kind', models.CharField(default='partner', max_length=40)),
                        ('folded_name', models.GeneratedField(db_persist=True, expression=moothall.core.folding.Fold(moothall.core.folding.Concat('name', models.Value(' '), 'name_cy')), output_field=models.TextField())),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='people.organisation')),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded_name'], name='organisation_by_name', opclasses=['gin_trgm_ops'])],
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='people.organisation')),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Place',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                        ('address', models.TextField(blank=True)),
                        ('postcode', models.CharField(blank=True, max_length=10)),
                        ('latitude', models.FloatField(blank=True, null=True)),
                        ('longitude', models.FloatField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=20, unique=True)),
                        ('title', models.CharField(max_length=160)),
                        ('title_cy', models.CharField(blank=True, max_length=160)),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.team')),
                        ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.place')),
                    ],
                ),
                migrations.CreateModel(
                    name='PersonMerge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='people.person')),
                        ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_by', to='people.person')),
                        ('moved', models.JSONField(default=dict, help_text='label of the model -> ids moved')),
                        ('filled', models.JSONField(default=dict, help_text='What the kept record did not say and the other did')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged',), name='a_person_is_merged_into_one_other')],
                    },
                ),
                migrations.CreateModel(
                    name='LikelyDuplicate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('score', models.PositiveSmallIntegerField()),
                        ('reasons', models.JSONField(default=list, help_text='Keys of the reasons')),
                        ('found_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-score', '-id'], name='likeliest_duplicates')],
                        'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='a_likely_duplicate_is_kept_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='the_older_record_comes_first')],
                    },
                ),
                migrations.CreateModel(
                    name='ToldApart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='two_persons_are_told_apart_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='told_apart_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='SignInRules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('everybody', models.BooleanField(default=False, help_text='Everybody needs a second factor')),
                        ('grace_days', models.PositiveSmallIntegerField(default=0)),
                        ('idle_minutes', models.PositiveSmallIntegerField(default=60)),
                        ('longest_hours', models.PositiveSmallIntegerField(default=12)),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('grace_days__lte', 30)), name='grace_lasts_a_month_at_most'), models.CheckConstraint(condition=models.Q(('idle_minutes__gte', 5), ('idle_minutes__lte', 240)), name='idle_is_minutes_not_days'), models.CheckConstraint(condition=models.Q(('longest_hours__gte', 1), ('longest_hours__lte', 24)), name='a_session_lasts_a_day_at_most')],
                    },
                ),
                migrations.CreateModel(
                    name='SignInEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('ENTERED', 'Signed in'), ('WRONG', 'Wrong password or address'), ('FACTOR', 'Wrong code'), ('LOCKED', 'Too many attempts'), ('REFUSED', 'Refused: not known here'), ('LEFT', 'Signed out'), ('IDLE', 'Signed out after nothing was done'), ('LONG', 'Signed out at the longest a session lasts')], max_length=7)),
                        ('account', models.ForeignKey(help_text='None: not known', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
                        ('by_what', models.CharField(blank=True, help_text='Such as password and totp', max_length=60)),
                        ('address', models.GenericIPAddressField(null=True)),
                        ('browser', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-at', '-id'], name='sign_in_by_time'), models.Index(fields=['account', '-at', '-id'], name='sign_in_by_account')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkHours',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_hours', to=settings.AUTH_USER_MODEL)),
                        ('weekday', models.PositiveSmallIntegerField(help_text='Monday is 0')),
                        ('begins', models.TimeField()),
                        ('ends', models.TimeField()),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(null=True)),
                    ],
                    options={
                        'ordering': ['weekday', 'begins', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='work_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='a_week_has_seven_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('LEAVE', 'Leave'), ('TRAINING', 'Training'), ('SICK', 'Sick'), ('OTHER', 'Something else')], max_length=8)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField()),
                        ('begins', models.TimeField(help_text='Of a part of one day', null=True)),
                        ('ends', models.TimeField(null=True)),
                        ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['from_on', 'id'],
                        'indexes': [models.Index(fields=['account', 'until_on'], name='absence_of_account')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='an_absence_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('begins', None), ('ends', None)), models.Q(('ends__gt', models.F('begins')), ('from_on', models.F('until_on'))), _connector='OR'), name='part_of_a_day_is_on_one_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Presence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('day', models.DateField()),
                        ('is_in', models.BooleanField()),
                        ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('said_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['day', 'account', '-id'], name='presence_of_day')],
                    },
                ),
                migrations.CreateModel(
                    name='LanguageSkill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to=settings.AUTH_USER_MODEL)),
                        ('language', models.CharField(max_length=8)),
                        ('level', models.PositiveSmallIntegerField(choices=[(1, 'A little'), (2, 'Works in it'), (3, 'Fluent')])),
                    ],
                    options={
                        'ordering': ['language'],
                        'constraints': [models.UniqueConstraint(fields=('account', 'language'), name='a_language_is_known_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_grantevent" ("account_id", "ended_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "started_on", "team_id") VALUES (NEW."account_id", NEW."ended_on", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role_id", NEW."started_on", NEW."team_id"); RETURN NULL;', hash='2f2215ec04cd0873eeecec6b8680c2c69cb505c4', operation='INSERT', pgid='pgtrigger_insert_insert_a2869', table='people_grant', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_grantevent" ("account_id", "ended_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "started_on", "team_id") VALUES (NEW."account_id", NEW."ended_on", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role_id", NEW."started_on", NEW."team_id"); RETURN NULL;', hash='1beaaa3477c7f125d1e30cb4662fa9439e5a7260', operation='UPDATE', pgid='pgtrigger_update_update_317e2', table='people_grant', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_grantevent" ("account_id", "ended_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "started_on", "team_id") VALUES (OLD."account_id", OLD."ended_on", OLD."granted_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role_id", OLD."started_on", OLD."team_id"); RETURN NULL;', hash='f34cf9417b1b1204a9c2446aeb7a777362069930', operation='DELETE', pgid='pgtrigger_delete_delete_75260', table='people_grant', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."born_on" IS DISTINCT FROM (NEW."born_on") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."known_as" IS DISTINCT FROM (NEW."known_as") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."language_set_on" IS DISTINCT FROM (NEW."language_set_on") OR OLD."language_source" IS DISTINCT FROM (NEW."language_source") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "people_personevent" ("added_at", "born_on", "family_name", "full_name", "given_name", "id", "known_as", "language", "language_set_on", "language_source", "merged_into_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "title") VALUES (OLD."added_at", OLD."born_on", OLD."family_name", OLD."full_name", OLD."given_name", OLD."id", OLD."known_as", OLD."language", OLD."language_set_on", OLD."language_source", OLD."merged_into_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reference", OLD."title"); RETURN NULL;', hash='cd7af87754c470e71824522e4275a0ab484c3cb9', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personevent" ("added_at", "born_on", "family_name", "full_name", "given_name", "id", "known_as", "language", "language_set_on", "language_source", "merged_into_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "title") VALUES (OLD."added_at", OLD."born_on", OLD."family_name", OLD."full_name", OLD."given_name", OLD."id", OLD."known_as", OLD."language", OLD."language_set_on", OLD."language_source", OLD."merged_into_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."title"); RETURN NULL;', hash='2aaa03c5e57efc3989bc680f6b9c7ec305a88b4f', operation='DELETE', pgid='pgtrigger_delete_delete_2ca2d', table='people_person', when='AFTER')),
                ),
            ],
        ),
    ]
