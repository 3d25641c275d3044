"""Audits, visits, findings that are never removed, complaints and compliments."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together

UP = """
CREATE FUNCTION transport_findings_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was found is never removed: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER findings_stay BEFORE DELETE ON transport_finding
  FOR EACH STATEMENT EXECUTE FUNCTION transport_findings_stay();
CREATE TRIGGER findings_stay BEFORE UPDATE OR DELETE ON transport_findingstep
  FOR EACH STATEMENT EXECUTE FUNCTION transport_findings_stay();
"""
DOWN = """
DROP TRIGGER findings_stay ON transport_finding;
DROP TRIGGER findings_stay ON transport_findingstep;
DROP FUNCTION transport_findings_stay();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_row_security_is_the_second_wall'),
        ('records', '0002_the_audit_is_only_added_to'),
        ("transport", "0007_safety_and_own_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='AuditFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                    ('key', models.CharField(choices=[('first-audit', 'A new contractor is audited within, days'), ('finding-critical', 'A critical finding is put right within, days'), ('finding-major', 'A major finding is put right within, days'), ('finding-minor', 'A minor finding is put right within, days'), ('visit-primary', 'Between two visits to a primary school, days'), ('visit-secondary', 'Between two visits to a secondary school, days'), ('visit-special', 'Between two visits to a special school, days'), ('visit-college', 'Between two visits to a college, days'), ('visit-day', 'Between two visits to a day centre, days')], max_length=20)),
                    ('amount', models.PositiveSmallIntegerField(help_text='Days')),
                ],
                options={
                    'ordering': ['key', '-from_on'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_figure_of_audits_ends_later'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_figure_of_audits_has_a_source'), models.UniqueConstraint(fields=('key', 'from_on'), name='a_figure_of_audits_changes_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='AuditRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                    ('key', models.SlugField(max_length=40)),
                    ('place', models.PositiveSmallIntegerField(help_text='They are looked at in this order, the best first')),
                    ('name', models.CharField(max_length=80)),
                    ('name_cy', models.CharField(blank=True, max_length=80)),
                    ('score_from', models.PositiveSmallIntegerField(help_text='Per cent')),
                    ('critical_most', models.PositiveSmallIntegerField(blank=True, help_text='Empty: any number', null=True)),
                    ('again_days', models.PositiveSmallIntegerField()),
                ],
                options={
                    'ordering': ['place', '-from_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_rating_of_audits_ends_later'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_rating_of_audits_has_a_source'), models.UniqueConstraint(fields=('key', 'from_on'), name='a_rating_of_audits_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('score_from__lte', 100)), name='a_rating_begins_at_a_share'), models.CheckConstraint(condition=models.Q(('again_days__gte', 1)), name='a_rating_asks_to_look_again')],
                },
            ),
            migrations.CreateModel(
                name='Checklist',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                    ('key', models.SlugField(max_length=60)),
                    ('name', models.CharField(max_length=120)),
                    ('name_cy', models.CharField(blank=True, max_length=120)),
                    ('of', models.CharField(choices=[('CONTRACTOR', 'Contractor'), ('VEHICLE', 'Vehicle'), ('CREW', 'Crew member'), ('RUN', 'Run'), ('CENTRE', 'School or centre')], max_length=10)),
                ],
                options={
                    'ordering': ['of', 'name', '-from_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_checklist_ends_later'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_checklist_has_a_source'), models.UniqueConstraint(fields=('key', 'from_on'), name='a_checklist_changes_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='ChecklistQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=300)),
                    ('name_cy', models.CharField(blank=True, max_length=300)),
                    ('weight', models.PositiveSmallIntegerField(default=1)),
                    ('is_critical', models.BooleanField(default=False)),
                    ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='transport.checklist')),
                ],
                options={
                    'ordering': ['checklist', 'place'],
                },
            ),
            migrations.CreateModel(
                name='Finding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('severity', models.CharField(choices=[('CRITICAL', 'Critical'), ('MAJOR', 'Major'), ('MINOR', 'Minor')], max_length=8)),
                    ('words', models.TextField(blank=True)),
                    ('deadline_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('OPEN', 'Open'), ('DONE', 'Said to be put right'), ('CLOSED', 'Closed')], default='OPEN', max_length=6)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.checklistquestion')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sanction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='transport.sanction')),
                ],
                options={
                    'ordering': ['deadline_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='FindingStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('DONE', 'Said to be put right'), ('CLOSED', 'Closed'), ('REOPENED', 'Opened again'), ('CHANGED', 'Changed'), ('SANCTIONED', 'A sanction')], max_length=10)),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='transport.finding')),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Inspection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job', models.CharField(blank=True, help_text='The run that was looked at', max_length=40)),
                    ('planned_on', models.DateField()),
                    ('planned_at', models.DateTimeField()),
                    ('carried_out_on', models.DateField(blank=True, null=True)),
                    ('summary', models.TextField(blank=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                    ('critical', models.PositiveSmallIntegerField(default=0, help_text='Critical questions not met')),
                    ('again_on', models.DateField(blank=True, help_text='By when it is looked at again', null=True)),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                    ('auditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='transport.centre')),
                    ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='transport.checklist')),
                    ('contractor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audits', to='transport.contractor')),
                    ('finished_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audits', to='transport.contractorstaff')),
                    ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rating', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='transport.auditrating')),
                    ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audits', to='transport.vehicle')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-planned_on', '-id'],
                },
            ),
            migrations.AddField(
                model_name='finding',
                name='inspection',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='transport.inspection'),
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('added_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                    ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.checklistquestion')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='transport.findingstep')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='transport.inspection')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='InspectionAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('said', models.CharField(choices=[('MET', 'Met'), ('PARTLY', 'Partly met'), ('NOT_MET', 'Not met'), ('NOT_ASKED', 'Not asked')], max_length=9)),
                    ('note', models.TextField(blank=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='transport.inspection')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.checklistquestion')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['inspection', 'question__place'],
                },
            ),
            migrations.CreateModel(
                name='TransportVoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('COMPLAINT', 'Complaint'), ('COMPLIMENT', 'Compliment')], max_length=10)),
                    ('happened_on', models.DateField()),
                    ('job', models.CharField(blank=True, help_text='The run or the contractor’s job', max_length=40)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transport_voices', to='cases.case')),
                    ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='transport.centre')),
                    ('contractor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='transport.contractor')),
                    ('crew_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='transport.crewmember')),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='transport.contractorstaff')),
                    ('passenger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='transport.passenger')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='transport.vehicle')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-happened_on', '-id'],
                },
            ),
            migrations.AddConstraint(
                model_name='checklistquestion',
                constraint=models.UniqueConstraint(fields=('checklist', 'place'), name='a_question_has_its_own_place'),
            ),
            migrations.AddConstraint(
                model_name='checklistquestion',
                constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='a_question_counts_for_something'),
            ),
            migrations.AddConstraint(
                model_name='findingstep',
                constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_step_of_a_finding_has_words'),
            ),
            migrations.AddIndex(
                model_name='inspection',
                index=models.Index(fields=['planned_on', 'id'], name='inspection_by_day'),
            ),
            migrations.AddIndex(
                model_name='inspection',
                index=models.Index(fields=['contractor', '-carried_out_on', '-id'], name='audit_of_contractor'),
            ),
            migrations.AddIndex(
                model_name='inspection',
                index=models.Index(fields=['centre', '-carried_out_on', '-id'], name='visit_to_centre'),
            ),
            migrations.AddIndex(
                model_name='inspection',
                index=models.Index(condition=models.Q(('finished_at', None), ('withdrawn_at', None)), fields=['auditor', 'planned_on'], name='inspection_of_auditor'),
            ),
            migrations.AddConstraint(
                model_name='inspection',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('centre__isnull', False), ('contractor', None)), models.Q(('centre', None), ('contractor__isnull', False)), _connector='OR'), name='an_inspection_is_of_a_contractor_or_a_centre'),
            ),
            migrations.AddConstraint(
                model_name='inspection',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('member', None), ('vehicle', None)), models.Q(('contractor__isnull', False), ('member', None)), models.Q(('contractor__isnull', False), ('vehicle', None)), _connector='OR'), name='an_audit_is_of_one_of_theirs'),
            ),
            migrations.AddConstraint(
                model_name='inspection',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('rating', None), ('score', None)), models.Q(('carried_out_on__isnull', False), ('finished_at__isnull', False), ('score__isnull', False)), _connector='OR'), name='what_is_finished_has_a_result'),
            ),
            migrations.AddConstraint(
                model_name='inspection',
                constraint=models.CheckConstraint(condition=models.Q(('finished_at', None), ('contractor', None), ('rating__isnull', False), _connector='OR'), name='a_finished_audit_has_a_rating'),
            ),
            migrations.AddConstraint(
                model_name='inspection',
                constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='a_withdrawn_inspection_says_why'),
            ),
            migrations.AddIndex(
                model_name='finding',
                index=models.Index(fields=['deadline_on', 'id'], name='finding_by_deadline'),
            ),
            migrations.AddIndex(
                model_name='finding',
                index=models.Index(condition=models.Q(('state', 'CLOSED'), _negated=True), fields=['owner', 'deadline_on'], name='finding_of_owner'),
            ),
            migrations.AddConstraint(
                model_name='finding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), ('question__isnull', False), _connector='OR'), name='a_finding_says_what_was_found'),
            ),
            migrations.AddConstraint(
                model_name='evidence',
                constraint=models.CheckConstraint(condition=models.Q(('question', None), ('step', None), _connector='OR'), name='evidence_shows_one_thing'),
            ),
            migrations.AddConstraint(
                model_name='inspectionanswer',
                constraint=models.UniqueConstraint(fields=('inspection', 'question'), name='a_question_is_answered_once'),
            ),
            migrations.AddIndex(
                model_name='transportvoice',
                index=models.Index(fields=['-happened_on', '-id'], name='voice_by_day'),
            ),
            migrations.AddConstraint(
                model_name='transportvoice',
                constraint=models.CheckConstraint(condition=models.Q(('contractor__isnull', False), ('vehicle__isnull', False), ('centre__isnull', False), ('crew_member__isnull', False), ('passenger__isnull', False), models.Q(('job', ''), _negated=True), _connector='OR'), name='a_voice_concerns_something'),
            ),
            migrations.AddConstraint(
                model_name='transportvoice',
                constraint=models.CheckConstraint(condition=models.Q(('member', None), ('contractor__isnull', False), _connector='OR'), name='their_crew_is_a_contractors'),
            ),
        ]),
        behind_the_wall("transport_transportvoice"),
        migrations.RunSQL(UP, DOWN),
    ]
