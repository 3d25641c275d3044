"""Boards and panels, with deputies; times that meetings keep free, and journeys between sites."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0006_bedrooms_and_stays'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Panel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('minutes', models.PositiveSmallIntegerField(default=60)),
                        ('quorum', models.PositiveSmallIntegerField(default=0, help_text='So many of those needed, in person or by deputy')),
                        ('papers_days', models.PositiveSmallIntegerField(default=0, help_text='Working days before the meeting on which its papers go out')),
                        ('made_at', models.DateTimeField()),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='PanelMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('CHAIR', 'Takes the chair'), ('NEEDED', 'Is needed'), ('WELCOME', 'Is welcome')], default='NEEDED', max_length=7)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='bookings.panel')),
                    ],
                    options={
                        'ordering': ['account__name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='ProtectedTime',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('weekday', models.PositiveSmallIntegerField(blank=True, help_text='Monday is 0; none is every day', null=True)),
                        ('begins', models.TimeField()),
                        ('ends', models.TimeField()),
                        ('why', models.CharField(max_length=120)),
                    ],
                    options={
                        'ordering': ['weekday', 'begins', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='protected_time_ends_later'), models.CheckConstraint(condition=models.Q(('weekday', None), ('weekday__lte', 6), _connector='OR'), name='protected_time_is_in_a_week'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='protected_time_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='SiteJourney',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.place')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.place')),
                    ],
                    options={
                        'ordering': ['one__name', 'other__name', 'id'],
                    },
                ),
                migrations.AddConstraint(
                    model_name='panel',
                    constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('name',), name='a_panel_is_named_once'),
                ),
                migrations.AddConstraint(
                    model_name='panel',
                    constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 15), ('minutes__lte', 600)), name='a_panel_meets_a_while'),
                ),
                migrations.AddConstraint(
                    model_name='panelmember',
                    constraint=models.UniqueConstraint(fields=('panel', 'account'), name='nobody_sits_on_a_panel_twice'),
                ),
                migrations.AddConstraint(
                    model_name='panelmember',
                    constraint=models.UniqueConstraint(condition=models.Q(('role', 'CHAIR')), fields=('panel',), name='a_panel_has_one_chair'),
                ),
                migrations.AddConstraint(
                    model_name='panelmember',
                    constraint=models.CheckConstraint(condition=models.Q(('deputy', None), models.Q(('deputy', models.F('account')), _negated=True), _connector='OR'), name='nobody_is_their_own_deputy'),
                ),
                migrations.AddConstraint(
                    model_name='sitejourney',
                    constraint=models.UniqueConstraint(fields=('one', 'other'), name='a_journey_is_known_once'),
                ),
                migrations.AddConstraint(
                    model_name='sitejourney',
                    constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='a_journey_is_told_one_way_round'),
                ),
            ]
        ),
    ]
