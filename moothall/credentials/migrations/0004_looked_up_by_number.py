import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0003_what_people_hold_comes_by_file"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(django.db.models.functions.text.Upper("number"), name="credential_by_number"),
        ),
    ]
