"""Rows for tests of contracts: Word files with fields, and templates of them."""

import datetime as dt
import zipfile
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from typing import Any

import docx

from moothall.core.clock import today
from moothall.people.tests.make import AT, make_account
from moothall.recruitment.models import ContractTemplate
from moothall.recruitment.rules import contracts

_numbers = count(1)
ENGLISH = "Contract of {{ person.name }} as {{ offer.job }}, {{ offer.pay }}"
WELSH = "Contract {{ person.name }} fel {{ offer.job }}, {{ offer.pay }}"


def word_file(*paragraphs: str, footer: str = "", pieces: bool = False) -> bytes:
    """A Word file; with `pieces` every character of it is a piece of its own, as Word may leave it."""
    made, held = BytesIO(), docx.Document()
    for words in paragraphs:
        paragraph = held.add_paragraph()
        for part in words if pieces else [words]:
            paragraph.add_run(part)
    if footer:
        held.sections[0].footer.paragraphs[0].text = footer
    held.save(made)
    return made.getvalue()


def changed(
    content: bytes, parts: Mapping[str, bytes], *, replace: Mapping[bytes, bytes] | None = None
) -> bytes:
    """The same file with more parts in it, or other words."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            held = before.read(name)
            for old, new in (replace or {}).items():
                held = held.replace(old, new)
            after.writestr(name, held)
        for name, held in parts.items():
            after.writestr(name, held)
    return made.getvalue()


def named(content: bytes, name: str = "contract.docx") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def make_template(
    english: bytes | None = None, welsh: bytes | None = None, **changes: Any
) -> ContractTemplate:
    first = min(today(), AT.date()) - dt.timedelta(days=9)
    given: dict[str, Any] = {
        "name": f"Contract {next(_numbers)}", "name_cy": "", "from_on": first,
        "by": make_account(), "at": AT,
    }  # fmt: skip
    return contracts.add_contract_template(
        file_en=named(english or word_file(ENGLISH)), file_cy=named(welsh) if welsh else None,
        **given | changes,
    )  # fmt: skip
