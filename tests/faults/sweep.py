"""The sweep at the end of every fault: what must be true of an office, whatever was done to it.

It reads with plain SQL and knows no rule, so that a fault in a rule is not a fault in the sweep. Every check
answers with sentences about what is wrong; none of them is good news.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from moothall.config.database import EMBEDDED_DATABASE
from moothall.config.embedded import Embedded, running
from moothall.config.home import Home
from moothall.config.tests.offices import moothall

Ask = Callable[[str], list[tuple[Any, ...]]]

# Of each foreign key: the table, its column, the table it points to, and the column there.
FOREIGN_KEYS = """
select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname, c.convalidated
from pg_constraint c
join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
where c.contype = 'f' and array_length(c.conkey, 1) = 1
  and c.connamespace = current_schema()::regnamespace
"""

WRONG: tuple[tuple[str, str], ...] = (
    ("a case without a team", "select reference from cases_case where team_id is null"),
    (
        "a case whose own team may not see it",
        "select reference from cases_case where not team_id = any(seen_by_teams)",
    ),
    (
        "a case with the reference of another",
        "select reference from cases_case group by 1 having count(*) > 1",
    ),
    (
        "a case that nobody wrote down as opened",
        "select reference from cases_case c where not exists (select from records_auditevent a where "
        "a.about_kind = 'cases.case' and a.about_id = c.id)",
    ),
    (
        "a case opened twice",
        "select about_id from records_auditevent where verb = 'cases.open' group by 1 having count(*) > 1",
    ),
    (
        "a case that cannot be found by its words",
        "select reference from cases_case c where not exists "
        "(select from cases_casesearch s where s.case_id = c.id)",
    ),
    (
        "a letter that nobody wrote down",
        "select l.id from letters_letter l where not exists (select from records_auditevent a where "
        "a.about_kind = 'letters.letter' and a.about_id = l.id)",
    ),
    (
        "a letter in no lawful state",
        "select id, state from letters_letter where state not in ('DRAFT', 'FOR_APPROVAL', 'QUEUED', "
        "'SENDING', 'SENT', 'MAYBE_SENT', 'FAILED', 'CANCELLED') or state = 'SENT' and sent_at is null "
        "or state = 'SENDING' and claimed_at is null "
        "or state in ('MAYBE_SENT', 'FAILED') and problem = ''",
    ),
    (
        "a letter on two entries of cases",
        "select letter_id from cases_entry where letter_id is not null group by 1 having count(*) > 1",
    ),
    (
        "a letter about a case that is not there",
        "select l.id from letters_letter l left join cases_case c on c.id = l.about_id "
        "where l.about_kind = 'cases.case' and c.id is null",
    ),
    (
        "a letter about a case that does not show it",
        "select l.id from letters_letter l where l.about_kind = 'cases.case' and l.state <> 'CANCELLED' "
        "and not exists (select from cases_entry e where e.letter_id = l.id)",
    ),
    (
        "a message that was read and is on no case",
        "select r.id from enquiries_rawmessage r left join enquiries_message m on m.raw_id = r.id "
        "where r.state = 'READ' and (m.id is null or m.entry_id is null)",
    ),
    (
        "a message in no lawful state",
        "select id, state from enquiries_rawmessage where state not in "
        "('KEPT', 'READ', 'COPY', 'QUARANTINED', 'SETTLED')",
    ),
    (
        "a message set aside without anybody being told",
        "select id from enquiries_rawmessage r where state = 'QUARANTINED' and not exists (select from "
        "records_auditevent a where a.about_kind = 'enquiries.rawmessage' and a.about_id = r.id)",
    ),
    (
        "an import that does not add up",
        "select id from enquiries_import where finished_at is not null "
        "and read <> new_cases + added + duplicates + quarantined",
    ),
)


def everything_wrong(ask: Ask, *, files: Path, raw: Path) -> list[str]:
    """What is wrong with an office, in sentences; nothing, one hopes."""
    return [*_orphans(ask), *_wrong_rows(ask), *_wrong_files(ask, files=files, raw=raw)]


def assert_well(home: Path, *, audit: bool = True) -> None:
    """Sweep the office that lives in this home; its embedded server is started for the purpose if need be.
    Its audit is verified too, unless it was tampered with on purpose."""
    place = Home(home)
    with running(place):
        address = Embedded(place).superuser(EMBEDDED_DATABASE).conninfo
        assert_well_at(address, files=place.files, raw=place.raw)
        if audit:
            found = moothall("verify", home=home)
            assert found.returncode == 0, found.stdout + found.stderr


def assert_well_at(address: str, *, files: Path, raw: Path) -> None:
    """Sweep an office by its database and its folders."""
    with closing(psycopg.connect(address, connect_timeout=10)) as office:
        wrong = everything_wrong(
            lambda query: office.execute(query.encode()).fetchall(), files=files, raw=raw
        )
    assert not wrong, "\n".join(wrong)


def assert_well_here() -> None:
    """Sweep the office of this very test."""
    wrong = everything_wrong_here()
    assert not wrong, "\n".join(wrong)


def everything_wrong_here() -> list[str]:
    def ask(statement: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return everything_wrong(ask, files=Path(settings.FILES_HOME), raw=Path(settings.RAW_HOME))


def _orphans(ask: Ask) -> Iterator[str]:
    """Rows that point to nothing: a restore or a switched-off trigger can leave them behind."""
    for table, column, other, key, valid in ask(FOREIGN_KEYS):
        if not valid:
            yield f"nobody checks that {table}.{column} points to a row"
        [(lost,)] = ask(
            f"select count(*) from {table} t where t.{column} is not null "
            f"and not exists (select from {other} o where o.{key} = t.{column})"
        )
        if lost:
            yield f"{lost} rows of {table} point by {column} to nothing"


def _wrong_rows(ask: Ask) -> Iterator[str]:
    for sentence, query in WRONG:
        for row in ask(f"{query} limit 5"):
            yield f"{sentence}: {', '.join(map(str, row))}"


def _wrong_files(ask: Ask, *, files: Path, raw: Path) -> Iterator[str]:
    """Each file has a row and the sha256 it is named by, and each row its file."""
    documents = ask("select distinct sha256, size from records_document")
    yield from _compared("document", dict(documents), _named_files(files, suffix=""))
    messages = ask("select distinct sha256, size from enquiries_rawmessage")
    yield from _compared("message", dict(messages), _named_files(raw, suffix=".eml"))


def _compared(what: str, rows: dict[str, int], found: dict[str, Path]) -> Iterator[str]:
    yield from (f"the {what} {sha256} is not on the disk" for sha256 in sorted(rows.keys() - found.keys()))
    yield from (f"the file {found[sha256]} is no {what}" for sha256 in sorted(found.keys() - rows.keys()))
    for sha256 in sorted(rows.keys() & found.keys()):
        content = found[sha256].read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256 or len(content) != rows[sha256]:
            yield f"the {what} {sha256} is not what was kept"


def _named_files(folder: Path, *, suffix: str) -> dict[str, Path]:
    """The files that are named by a sha256. What was half written when somebody pulled the plug is not."""
    every: Iterable[Path] = folder.rglob("*") if folder.exists() else ()
    names = {path.name.removesuffix(suffix): path for path in every if path.is_file()}
    return {name: path for name, path in names.items() if len(name) == 64 and "." not in name}
