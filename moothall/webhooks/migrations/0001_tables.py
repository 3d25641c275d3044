import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('webhooks', '0001_who_is_told'),
        ('webhooks', '0002_whoever_knows_the_secret_may_leave'),
    ]
    initial = True
    dependencies = [
        ('cases', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='AllowedHost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('host', models.CharField(max_length=253)),
                        ('reason', models.CharField(max_length=200)),
                        ('allowed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('allowed_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['host', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('host',), name='a_host_is_allowed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Endpoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('url', models.URLField(max_length=500)),
                        ('secret', models.TextField(help_text='Sealed')),
                        ('secret_before', models.TextField(blank=True, help_text='Sealed; signs too until it ends')),
                        ('secret_before_until', models.DateTimeField(blank=True, null=True)),
                        ('verbs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='None: all of them', size=None)),
                        ('failures', models.PositiveIntegerField(default=0, help_text='One after another')),
                        ('paused_at', models.DateTimeField(blank=True, null=True)),
                        ('paused_because', models.CharField(blank=True, max_length=200)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('owner', models.ForeignKey(help_text='Who knows the secret', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('owner_left_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('services', models.ManyToManyField(help_text='None: all of them', related_name='+', to='cases.service')),
                        ('teams', models.ManyToManyField(help_text='None: all of them', related_name='+', to='people.team')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('paused_at', None), models.Q(('paused_because', ''), _negated=True), _connector='OR'), name='a_paused_endpoint_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='webhooks.endpoint')),
                        ('event', models.UUIDField(help_text='The same for every endpoint and every attempt')),
                        ('verb', models.CharField(max_length=40)),
                        ('reference', models.CharField(max_length=20)),
                        ('service_key', models.CharField(max_length=80)),
                        ('happened_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('DUE', 'To be told'), ('TOLD', 'Told'), ('GIVEN_UP', 'Given up'), ('DROPPED', 'Not told: the case is now restricted')], default='DUE', max_length=8)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('next_at', models.DateTimeField()),
                        ('give_up_at', models.DateTimeField()),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, help_text='The status, or what went wrong', max_length=200)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'DUE')), fields=['next_at', 'id'], name='delivery_due'), models.Index(fields=['endpoint', '-id'], name='delivery_by_endpoint'), models.Index(condition=models.Q(('state', 'DUE')), fields=['reference'], name='delivery_of_case')],
                        'constraints': [models.UniqueConstraint(fields=('endpoint', 'event'), name='an_endpoint_is_told_of_an_event_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'TOLD'), _negated=True), ('told_at__isnull', False), _connector='OR'), name='what_was_told_says_when')],
                    },
                ),
            ],
        ),
    ]
