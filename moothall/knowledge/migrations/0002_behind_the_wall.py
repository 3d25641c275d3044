"""With what an enquiry was answered is there for whoever may see its case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("knowledge", "0003_entries_are_found_by_their_words")]
    dependencies = [
        ("knowledge", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("knowledge_answeredwith"),
    ]
