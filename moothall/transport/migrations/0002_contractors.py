"""Companies that take passengers for us."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transport', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contractor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SlugField(help_text='As it stands on job sheets and invoices', max_length=20, unique=True)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('name_cy', models.CharField(blank=True, max_length=120)),
                ('contact', models.CharField(blank=True, help_text='Whom we speak to', max_length=160)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                ('added_at', models.DateTimeField()),
                ('ended_on', models.DateField(blank=True, help_text='The last day on which they work for us', null=True)),
                ('ended_because', models.CharField(blank=True, max_length=200)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_contractor_has_a_name'), models.CheckConstraint(condition=models.Q(('ended_on', None), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='a_contractor_who_ended_has_a_reason')],
            },
        ),
    ]
