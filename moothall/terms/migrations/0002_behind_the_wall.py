"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    replaces = [("terms", "0004_runs_behind_the_wall")]
    dependencies = [
        ("terms", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        behind_the_wall("terms_term"),
        behind_the_wall("terms_termstep", term_id="terms_term"),
        behind_the_wall("terms_termletter", term_id="terms_term", letter_id="letters_letter"),
        behind_the_wall("terms_incrementrun"),
        behind_the_wall("terms_increment", run_id="terms_incrementrun", letter_id="letters_letter"),
    ]
