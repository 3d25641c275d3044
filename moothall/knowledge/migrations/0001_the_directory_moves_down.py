"""The table of signposts is taken over from enquiries, with every row in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("enquiries", "0003_a_quarantined_message_is_settled_by_hand")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE enquiries_signpost RENAME TO knowledge_signpost;"
                    "ALTER SEQUENCE enquiries_signpost_id_seq RENAME TO knowledge_signpost_id_seq",
                    "ALTER SEQUENCE knowledge_signpost_id_seq RENAME TO enquiries_signpost_id_seq;"
                    "ALTER TABLE knowledge_signpost RENAME TO enquiries_signpost",
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Signpost",
                    fields=[
                        ("id", models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        )),
                        ("key", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=160)),
                        ("name_cy", models.CharField(blank=True, max_length=160)),
                        ("when_to_use", models.TextField()),
                        ("when_to_use_cy", models.TextField(blank=True)),
                        ("how", models.TextField(help_text="Phone, address, page, opening hours")),
                        ("how_cy", models.TextField(blank=True)),
                        ("checked_on", models.DateField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={"ordering": ["name"]},
                ),
            ],
        ),
    ]
