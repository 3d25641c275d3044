"""What a case was answered with is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_row_security_is_the_second_wall"),
        ("knowledge", "0003_entries_are_found_by_their_words"),
    ]
    operations = [behind_the_wall("knowledge_answeredwith")]
