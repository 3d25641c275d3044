"""A kind of bedroom can be sold no more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0007_boards_and_panels'),
    ]

    operations = [
        migrations.AddField(
            model_name='bedkind',
            name='retired_at',
            field=models.DateTimeField(blank=True, help_text='Sold no more', null=True),
        ),
    ]
