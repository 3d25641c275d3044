"""Rows and files for the tests of records."""

import datetime as dt
import gzip
import io
import itertools
import tarfile
import zipfile
from typing import Any

from PIL import Image

from moothall.people.models import Account, Grant, Role
from moothall.records.models import Document
from moothall.records.rules.documents import keep_document

AT = dt.datetime(2026, 5, 20, 9, 30, tzinfo=dt.UTC)
count = itertools.count(1)


def make_account(**changes: Any) -> Account:
    fields: dict[str, Any] = {"email": f"carys{next(count)}@example.wales", "name": "Carys Mbeki"} | changes
    return Account.objects.create(**fields)


def make_document(content: bytes = b"Minutes of the meeting", **changes: Any) -> Document:
    fields: dict[str, Any] = {"name": "minutes.txt", "by": None, "at": AT} | changes
    return keep_document(content, **fields)


def make_zip(**members: bytes) -> bytes:
    """A zip; `report__txt` is the member `report.txt`."""
    return zip_of({name.replace("__", "."): content for name, content in members.items()})


def zip_of(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def make_docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    return zip_of(parts | {name.replace("__", "."): content for name, content in more.items()})


def make_tar_gz(name: str = "notes.txt", content: bytes = b"Notes", link_to: str = "") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        if link_to:
            member.type, member.linkname, member.size = tarfile.SYMTYPE, link_to, 0
        archive.addfile(member, io.BytesIO(content))
    return gzip.compress(made.getvalue())


def make_picture(width: int = 8, height: int = 8, kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", (width, height)).save(made, kind)
    return made.getvalue()


def make_auditor() -> Account:
    """Somebody who may read the audit, and look people up."""
    number = next(count)
    permissions = ["records.audit", "people.view"]
    role = Role.objects.create(key=f"auditor-{number}", name="Auditor", permissions=permissions)
    account = make_account(name="Rhian Adeyemi")
    Grant.objects.create(account=account, role=role, started_on=dt.date(2020, 1, 1))
    return account
