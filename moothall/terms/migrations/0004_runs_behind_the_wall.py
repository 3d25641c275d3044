"""What leads to a case is there for whoever may see the case."""

from django.db import migrations

from moothall.cases.wall import behind_the_wall


class Migration(migrations.Migration):
    dependencies = [("terms", "0003_pay_points_and_increments")]
    operations = [
        behind_the_wall("terms_incrementrun"),
        behind_the_wall("terms_increment", run_id="terms_incrementrun", letter_id="letters_letter"),
    ]
