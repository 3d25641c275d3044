"""What came in is there for whoever may see the case it led to."""

from django.db import migrations

from moothall.cases.wall import CASES, OFFICE, behind_the_wall, wall

# A contact that led only to cases which do not name whoever is served is not there for them. Runs as the owner,
# since what leads to such a case is itself behind the wall.
SERVES = """
CREATE FUNCTION enquiries_contact_is_shown(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1
SET search_path = pg_catalog, pg_temp AS $$
DECLARE shown boolean;
BEGIN
  SELECT bool_or(found.confidentiality IN ('OPEN', 'TEAM') OR public.cases_names_the_served(found.id)) INTO shown
  FROM public.enquiries_contactcase led JOIN public.cases_case found ON found.id = led.case_id
  WHERE led.contact_id = asked;
  RETURN coalesce(shown, true);
END $$
"""


class Migration(migrations.Migration):
    replaces = [("enquiries", "0007_what_came_in_is_triaged"), ("enquiries", "0008_tables_are_brought_in"), ("enquiries", "0010_enquiries_are_handed_in")]
    dependencies = [
        ("enquiries", "0001_tables"),
        ("cases", "0002_row_security_is_the_second_wall"),
    ]
    operations = [
        migrations.RunSQL(SERVES, "DROP FUNCTION enquiries_contact_is_shown"),
        wall("enquiries_contact", f"{OFFICE} or enquiries_contact_is_shown(id)"),
        behind_the_wall("enquiries_contactcase"),
        behind_the_wall("enquiries_message", entry_id="cases_entry", contact_id="enquiries_contact"),
        behind_the_wall("enquiries_rawmessage", settled_as_id=CASES),
        behind_the_wall("enquiries_remotemessage", raw_id="enquiries_rawmessage"),
        behind_the_wall("enquiries_callback", case_id=CASES, contact_id="enquiries_contact"),
        behind_the_wall("enquiries_callbacktry", call_back_id="enquiries_callback", entry_id="cases_entry"),
        behind_the_wall("enquiries_triaged"),
        behind_the_wall("enquiries_suggestion", case_id=CASES, other_id=CASES, change_id="cases_entry"),
        behind_the_wall("enquiries_tablerow"),
        behind_the_wall("enquiries_incoming", case_id="cases_case", entry_id="cases_entry"),
        behind_the_wall("enquiries_incomingfile", incoming_id="enquiries_incoming"),
    ]
