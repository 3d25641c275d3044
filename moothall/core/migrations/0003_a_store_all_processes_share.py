from django.db import migrations

MAKE = """
create table core_shared (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamp with time zone not null
);
create index shared_by_end on core_shared (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_how_often_is_counted")]
    operations = [migrations.RunSQL(MAKE, "drop table core_shared")]
