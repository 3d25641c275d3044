"""Contractors: crews, papers, jobs, invoices. No job is allotted whose papers do not count that day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together

UP = """
CREATE FUNCTION transport_allotment_papers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing text;
BEGIN
  SELECT string_agg(DISTINCT kind.key, ', ') INTO missing
  FROM transport_paperrule asks
  JOIN transport_paperkind kind ON kind.id = asks.kind_id
  JOIN (VALUES
    ('CONTRACTOR', NEW.contractor_id, NULL::bigint, NULL::bigint),
    ('VEHICLE', NULL, NULL, NEW.vehicle_id),
    ('DRIVER', NULL, NEW.driver_id, NULL),
    ('ASSISTANT', NULL, NEW.assistant_id, NULL)
  ) AS holder (part, contractor, member, vehicle) ON holder.part = asks.of
  WHERE coalesce(holder.contractor, holder.member, holder.vehicle) IS NOT NULL
    AND asks.from_on <= NEW.from_on AND (asks.until_on IS NULL OR asks.until_on >= NEW.from_on)
    AND (asks.seats_over IS NULL OR asks.seats_over < (
      SELECT max((layout ->> 0)::integer)
      FROM transport_vehicle v JOIN transport_vehiclekind k ON k.id = v.kind_id,
        jsonb_array_elements(k.layouts) AS layout
      WHERE v.id = NEW.vehicle_id
    ))
    AND NOT EXISTS (
      SELECT FROM transport_paper paper
      WHERE paper.kind_id = asks.kind_id AND paper.withdrawn_at IS NULL AND paper.verified_at IS NOT NULL
        AND paper.issued_on <= NEW.from_on AND (paper.expires_on IS NULL OR paper.expires_on >= NEW.from_on)
        AND (paper.contractor_id = holder.contractor OR paper.member_id = holder.member
          OR paper.vehicle_id = holder.vehicle)
    );
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'No paper that counts on %: %', NEW.from_on, missing
      USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_allotted_has_its_papers';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER what_is_allotted_has_its_papers
  BEFORE INSERT OR UPDATE OF from_on, contractor_id, vehicle_id, driver_id, assistant_id
  ON transport_allotment FOR EACH ROW EXECUTE FUNCTION transport_allotment_papers()
"""
DOWN = """
DROP TRIGGER what_is_allotted_has_its_papers ON transport_allotment;
DROP FUNCTION transport_allotment_papers()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_tables'),
        ('records', '0002_the_audit_is_only_added_to'),
        ('transport', '0003_plans_of_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
        migrations.CreateModel(
            name='PaperKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('name_cy', models.CharField(blank=True, max_length=120)),
                ('place', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'ordering': ['place', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('number', models.CharField(max_length=40)),
                ('name', models.CharField(help_text='What it is for', max_length=160)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='transport.contractor')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-from_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ContractPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('job', models.CharField(blank=True, help_text='Empty: every job without its own price', max_length=40)),
                ('unit', models.CharField(choices=[('DAY', 'a day'), ('HOUR', 'an hour'), ('MILE', 'a mile'), ('RUN', 'a run')], max_length=4)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='transport.contract')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['job', 'unit', '-from_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ContractorStaff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('badge', models.CharField(help_text='The number of their identity badge', max_length=40)),
                ('drives', models.BooleanField(default=False)),
                ('assists', models.BooleanField(default=False)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crew', to='transport.contractor')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crew_places', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['person__folded_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Allotment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('job', models.CharField(help_text='The number of the job or the run', max_length=40)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='transport.contractor')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='transport.vehicle')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='transport.contract')),
                ('assistant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assisting', to='transport.contractorstaff')),
                ('driver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='driving', to='transport.contractorstaff')),
            ],
            options={
                'ordering': ['job', '-from_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('received_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='transport.contractor')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='As the spreadsheet counts, with its heading as 1')),
                ('cells', models.JSONField()),
                ('day', models.DateField(null=True)),
                ('job', models.CharField(blank=True, max_length=40)),
                ('unit', models.CharField(blank=True, choices=[('DAY', 'a day'), ('HOUR', 'an hour'), ('MILE', 'a mile'), ('RUN', 'a run')], max_length=4)),
                ('quantity', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12)),
                ('amount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12)),
                ('expected', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12)),
                ('found', models.CharField(choices=[('RIGHT', 'As agreed'), ('PRICE', 'Amount differs'), ('NOT_DONE', 'Not done that day'), ('TWICE', 'Asked for twice'), ('NO_PRICE', 'No price agreed'), ('UNREAD', 'Cannot be read'), ('OUTSIDE', 'Outside the period')], max_length=8)),
                ('runs', models.PositiveSmallIntegerField(default=0, help_text='Directions in which somebody travelled')),
                ('state', models.CharField(choices=[('WAITS', 'Waits'), ('ACCEPTED', 'Accepted'), ('QUERIED', 'Queried')], default='WAITS', max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='transport.invoice')),
                ('price', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.contractprice')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(blank=True, help_text='Who issued it', max_length=160)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issued_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, help_text='The last day on which it counts', null=True)),
                ('recorded_at', models.DateTimeField()),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('contractor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='transport.contractor')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                ('followed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='transport.paper')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='transport.contractorstaff')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vehicle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='transport.vehicle')),
                ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='transport.paperkind')),
            ],
            options={
                'ordering': ['kind__place', '-issued_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PaperChase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chases', to='transport.paper')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PaperRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('CONTRACTOR', 'Contractor'), ('DRIVER', 'Driver'), ('ASSISTANT', 'Passenger assistant'), ('VEHICLE', 'Vehicle')], max_length=10)),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='It is checked anew after so many months at most', null=True)),
                ('seats_over', models.PositiveSmallIntegerField(blank=True, help_text='Only of vehicles with more seats than this', null=True)),
                ('is_law', models.BooleanField(default=True, help_text='False: the office’s own policy')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=300)),
                ('source_read_on', models.DateField(blank=True, null=True)),
                ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='transport.paperkind')),
            ],
            options={
                'ordering': ['of', 'kind__place', '-from_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('WARNING', 'Warning'), ('IMPROVE', 'Has to improve'), ('SUSPENDED', 'Suspended'), ('REMOVED', 'Works for us no more')], max_length=9)),
                ('because', models.TextField()),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='transport.contractor')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='transport.contractorstaff')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='transport.vehicle')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-from_on', '-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_contract_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('contractor', 'number'), name='a_contract_has_its_own_number'),
        ),
        migrations.AddConstraint(
            model_name='contractprice',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_contract_price_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='contractprice',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', Decimal('0'))), name='a_contract_price_is_more_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='contractprice',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('contract', '='), ('job', '='), ('unit', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_job_has_one_price_a_unit_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='contractorstaff',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_place_in_a_crew_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='contractorstaff',
            constraint=models.CheckConstraint(condition=models.Q(('drives', True), ('assists', True), _connector='OR'), name='a_contractor_staff_drives_or_assists'),
        ),
        migrations.AddConstraint(
            model_name='contractorstaff',
            constraint=models.CheckConstraint(condition=models.Q(('badge', ''), _negated=True), name='a_contractor_staff_has_a_badge'),
        ),
        migrations.AddConstraint(
            model_name='contractorstaff',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('person', '='), ('contractor', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='somebody_is_in_a_crew_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='contractorstaff',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('badge', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_badge_is_worn_by_one_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='allotment',
            index=models.Index(fields=['driver', '-from_on'], name='allotment_of_driver'),
        ),
        migrations.AddIndex(
            model_name='allotment',
            index=models.Index(fields=['assistant', '-from_on'], name='allotment_of_assistant'),
        ),
        migrations.AddIndex(
            model_name='allotment',
            index=models.Index(fields=['vehicle', '-from_on'], name='allotment_of_vehicle'),
        ),
        migrations.AddConstraint(
            model_name='allotment',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_allotment_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='allotment',
            constraint=models.CheckConstraint(condition=models.Q(('job', ''), _negated=True), name='an_allotment_names_its_job'),
        ),
        migrations.AddConstraint(
            model_name='allotment',
            constraint=models.CheckConstraint(condition=models.Q(('assistant', None), models.Q(('assistant', models.F('driver')), _negated=True), _connector='OR'), name='nobody_drives_and_assists_at_once'),
        ),
        migrations.AddConstraint(
            model_name='allotment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('job', '='), ('contractor', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_job_is_allotted_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['-received_at', '-id'], name='invoice_by_day'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('contractor', 'number'), name='an_invoice_comes_once'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='an_invoice_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_at', None), ('withdrawn_at', None), _connector='OR'), name='a_withdrawn_invoice_is_not_agreed'),
        ),
        migrations.AddIndex(
            model_name='invoiceline',
            index=models.Index(fields=['job', 'day'], name='invoice_line_by_job'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.UniqueConstraint(fields=('invoice', 'number'), name='a_line_of_an_invoice_is_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ACCEPTED'), _negated=True), ('found', 'RIGHT'), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_line_that_differs_is_accepted_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'QUERIED'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_queried_line_says_why'),
        ),
        migrations.AddConstraint(
            model_name='paperchase',
            constraint=models.UniqueConstraint(fields=('paper', 'days'), name='a_paper_is_chased_once_a_rung'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(condition=models.Q(('followed_by', None), ('withdrawn_at', None)), fields=['expires_on', 'id'], name='paper_by_end'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['member', 'kind'], name='paper_of_contractor_staff'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['vehicle', 'kind'], name='paper_of_vehicle'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['contractor', 'kind'], name='paper_of_contractor'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contractor__isnull', False), ('member', None), ('vehicle', None)), models.Q(('contractor', None), ('member__isnull', False), ('vehicle', None)), models.Q(('contractor', None), ('member', None), ('vehicle__isnull', False)), _connector='OR'), name='a_paper_has_one_holder'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on', None), ('expires_on__gte', models.F('issued_on')), _connector='OR'), name='a_paper_runs_out_after_it_is_issued'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='a_withdrawn_paper_says_why'),
        ),
        migrations.AddConstraint(
            model_name='paperrule',
            constraint=models.UniqueConstraint(fields=('kind', 'of', 'from_on'), name='a_rule_about_papers_changes_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='paperrule',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_rule_about_papers_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='paperrule',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_rule_about_papers_has_a_source'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_sanction_of_contractors_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_sanction_of_contractors_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('member', None), ('vehicle', None), _connector='OR'), name='a_sanction_is_of_one_of_them'),
        ),
        ]),
        migrations.RunSQL(UP, DOWN),
    ]
