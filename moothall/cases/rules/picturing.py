"""The page of a message with the pictures that came with it: written into it, so that nothing is fetched."""

import base64
import re
from html import escape, unescape

from moothall.cases.models import Entry, EntryDocument
from moothall.core.refusals import Refusal
from moothall.records.rules.documents import SHOWN_INLINE, read_document

CARRIED = re.compile(r'(<img\b[^>]*? src=")cid:([^"]*)(")')
MOST_BYTES = 10 * 2**20  # of all pictures of one message


def page_with_pictures(entry: Entry) -> str:
    """The cleaned HTML of an entry. A picture that is not there, or is too much, leaves its words."""
    wanted = {unescape(found[2]) for found in CARRIED.finditer(entry.html)}
    if not wanted:
        return entry.html
    shown: dict[str, str] = {}
    room = MOST_BYTES
    for file in entry.attached.filter(content_id__in=wanted).select_related("document"):
        if file.content_id not in shown and file.document.size <= room:
            shown[file.content_id] = _written_out(file)
            room -= file.document.size
    return CARRIED.sub(
        lambda found: f"{found[1]}{escape(shown.get(unescape(found[2]), ''))}{found[3]}", entry.html
    )


def _written_out(file: EntryDocument) -> str:
    """The picture as an address that holds all of it; none for what is no picture, or may not be opened."""
    media_type = file.document.media_type
    if media_type not in SHOWN_INLINE or not media_type.startswith("image/"):
        return ""
    try:
        return f"data:{media_type};base64,{base64.b64encode(read_document(file.document)).decode()}"
    except Refusal:
        return ""
