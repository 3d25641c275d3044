from django.db import migrations

from moothall.cases.wall import CASES, OFFICE, behind_the_wall, wall

# Both run as the owner of the tables, who stands above the wall; they look for nobody but the account served.
NAMES = """
CREATE FUNCTION cases_named_for_the_served() RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, pg_temp AS $$
  SELECT named.case_id FROM public.cases_caseaccess named
  WHERE named.ended_at IS NULL
    AND named.account_id = nullif(nullif(current_setting('moothall.serves', true), ''), 'office')::bigint
$$;
CREATE FUNCTION cases_names_the_served(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.cases_caseaccess named
    WHERE named.case_id = asked AND named.ended_at IS NULL
      AND named.account_id = nullif(nullif(current_setting('moothall.serves', true), ''), 'office')::bigint
  );
END $$
"""
NO_NAMES = "DROP FUNCTION cases_names_the_served; DROP FUNCTION cases_named_for_the_served"
LEADING_TO_A_CASE = (
    "cases_step", "cases_entry", "cases_caseclock", "cases_escalation", "cases_caseaccess", "cases_reading",
)  # fmt: skip
# The words of restricted cases go where the wall is. Their keys are checked at once: a table with checks that
# wait cannot be altered.
APART = """
INSERT INTO cases_namedsearch (case_id, words)
  SELECT kept.case_id, kept.words FROM cases_casesearch kept JOIN cases_case found ON found.id = kept.case_id
  WHERE found.confidentiality = 'RESTRICTED';
DELETE FROM cases_casesearch WHERE case_id IN (SELECT case_id FROM cases_namedsearch);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""
TOGETHER = "INSERT INTO cases_casesearch (case_id, words) SELECT case_id, words FROM cases_namedsearch"


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_words_of_restricted_cases"), ("letters", "0003_letterheads_and_print_runs")]

    operations = [
        migrations.RunSQL(APART, TOGETHER),
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
    ]
