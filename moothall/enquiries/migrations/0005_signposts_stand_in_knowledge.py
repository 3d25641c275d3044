"""What a contact was sent on to stands in the directory of the knowledge floor now; the rows are the same."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0004_people_are_rung_back"),
        ("knowledge", "0001_the_directory_moves_down"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[
                migrations.AlterField(
                    model_name="contact",
                    name="signpost",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="knowledge.signpost",
                    ),
                ),
                migrations.DeleteModel(name="Signpost"),
            ],
        ),
    ]
