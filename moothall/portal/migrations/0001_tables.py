import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('portal', '0001_forms_and_links'),
    ]
    initial = True
    dependencies = [
        ('enquiries', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='FollowLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(max_length=43, unique=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_links', to='cases.case')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('sent_to', models.CharField(blank=True, help_text='Empty where it was only shown', max_length=320)),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                        ('made_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['case', '-id'], name='follow_link_by_case')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='a_follow_link_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='Request',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(help_text='Whoever has it, signed, may go on', max_length=43, unique=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.service')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.serviceversion')),
                        ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                        ('raw', models.JSONField(default=dict, help_text='What was typed, page by page, before it was understood')),
                        ('answers', models.JSONField(default=dict)),
                        ('name', models.CharField(blank=True, max_length=250)),
                        ('email', models.CharField(blank=True, max_length=320)),
                        ('phone', models.CharField(blank=True, max_length=60)),
                        ('reached', models.JSONField(default=list, help_text='The pages that have been answered or passed over')),
                        ('state', models.CharField(choices=[('DRAFT', 'being filled in'), ('KEPT', 'sent, not yet a case'), ('UNDERSTOOD', 'became a case')], default='DRAFT', max_length=10)),
                        ('begun_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='request', to='cases.case')),
                        ('contact', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enquiries.contact')),
                        ('problem', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('account', None), _negated=True), fields=['account', '-id'], name='request_by_account'), models.Index(condition=models.Q(('state', 'KEPT')), fields=['sent_at'], name='request_not_understood'), models.Index(condition=models.Q(('state', 'DRAFT')), fields=['expires_at'], name='request_by_expiry')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'DRAFT'), ('sent_at__isnull', False), _connector='OR'), name='a_sent_request_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('state', 'UNDERSTOOD')), models.Q(models.Q(('state', 'UNDERSTOOD'), _negated=True), ('case', None)), _connector='OR'), name='a_request_that_is_understood_has_its_case')],
                    },
                ),
                migrations.CreateModel(
                    name='RequestFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='portal.request')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                        ('name', models.CharField(max_length=255)),
                        ('added_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
            ],
        ),
    ]
