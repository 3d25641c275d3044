"""A restricted or sealed case, and whatever leads to it, is there for the people it names."""

from django.db import migrations

from moothall.cases.wall import CASES, OFFICE, behind_the_wall, wall

# Both run as the owner of the tables, who stands above the wall; they look for nobody but the account served.
# An emergency lets in until its moment by the server's own clock, and not a statement longer.
NAMES = """
CREATE FUNCTION cases_named_for_the_served() RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, pg_temp AS $$
  SELECT named.case_id FROM public.cases_caseaccess named
  WHERE named.ended_at IS NULL AND (named.until IS NULL OR named.until > statement_timestamp())
    AND named.account_id = nullif(nullif(current_setting('moothall.serves', true), ''), 'office')::bigint
$$;
CREATE FUNCTION cases_names_the_served(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.cases_caseaccess named
    WHERE named.case_id = asked
      AND named.ended_at IS NULL AND (named.until IS NULL OR named.until > statement_timestamp())
      AND named.account_id = nullif(nullif(current_setting('moothall.serves', true), ''), 'office')::bigint
  );
END $$
"""
NO_NAMES = "DROP FUNCTION cases_names_the_served; DROP FUNCTION cases_named_for_the_served"
LEADING_TO_A_CASE = (
    "cases_step", "cases_entry", "cases_caseclock", "cases_escalation", "cases_caseaccess", "cases_reading",
)  # fmt: skip
# PostgreSQL has to know a rare word from a common one, to walk down the newest cases only for the second.
KNOWN_WORDS = "ALTER TABLE cases_casesearch ALTER COLUMN words SET STATISTICS 1000"
FEWER_WORDS = "ALTER TABLE cases_casesearch ALTER COLUMN words SET STATISTICS -1"


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0006_row_security_is_the_second_wall"),
        ("cases", "0007_what_leads_to_a_case_is_behind_the_wall"),
        ("cases", "0009_one_question_finds_the_words_of_all"),
        ("cases", "0010_a_restricted_case_in_an_emergency"),
    ]
    dependencies = [("cases", "0001_tables")]
    operations = [
        migrations.RunSQL(NAMES, NO_NAMES),
        wall(CASES, f"confidentiality in ('OPEN', 'TEAM') or {OFFICE} or cases_names_the_served(id)"),
        *(behind_the_wall(table) for table in LEADING_TO_A_CASE),
        behind_the_wall("cases_caseevent", pgh_obj_id=CASES),
        behind_the_wall("cases_caselink", case_id=CASES, other_id=CASES),
        behind_the_wall("cases_clockevent", clock_id="cases_caseclock"),
        behind_the_wall("cases_entrydocument", entry_id="cases_entry"),
        # Not through the case of each: whoever is served is named on few.
        wall("cases_namedsearch", f"{OFFICE} or case_id in (select cases_named_for_the_served())"),
        behind_the_wall("letters_letter", only="about_kind = 'cases.case'", about_id=CASES),
        behind_the_wall("letters_letter_documents", letter_id="letters_letter"),
        behind_the_wall("cases_emergencyopening", case_id=CASES, access_id="cases_caseaccess"),
        migrations.RunSQL(KNOWN_WORDS, FEWER_WORDS),
    ]
