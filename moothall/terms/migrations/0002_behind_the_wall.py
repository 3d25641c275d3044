"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [
        ("terms", "0001_what_falls_due"),
        ("cases", "0007_what_leads_to_a_case_is_behind_the_wall"),
    ]
    operations = [
        behind_the_wall("terms_term"),
        behind_the_wall("terms_termstep", term_id="terms_term"),
        behind_the_wall("terms_termletter", term_id="terms_term", letter_id="letters_letter"),
    ]
