"""Collects the files of a mail: named safely, told by their bytes, Outlook's wrapping opened."""

from dataclasses import replace

from . import words
from .filenames import distinct, safe_name, usual_name
from .filetypes import is_disguised, media_type_of
from .headers import Headers, decode_words
from .html_cleaning import Pictures
from .mail import Attachment, Limits, Notes
from .outlook import Unpacked, unpack
from .parts import Part, Splitter

_OUTLOOK_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
_LOOK_AT = 64_000
_SEALED_TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}


class Files:
    """The attachments of one mail, in order; `places` tells which part became which."""

    def __init__(self, split: Splitter, limits: Limits, notes: Notes) -> None:
        self._split = split
        self._limits = limits
        self._notes = notes
        self._found: list[Attachment] = []
        self._taken: set[str] = set()
        self.places: dict[int, int] = {}
        self.unpacked: Unpacked | None = None

    def add_part(self, part: Part) -> None:
        content = self._split.content(part)
        disposition, parameters = part.disposition
        name = decode_words(parameters.get("filename") or part.parameters.get("name") or "")
        if part.media_type in _OUTLOOK_TYPES or name.lower() == "winmail.dat":
            self._open_outlook(content)
            return
        if part.media_type in _SEALED_TYPES:
            self._notes.add(
                words.SEALED if "sign" in part.parameters.get("smime-type", "") else words.ENCRYPTED
            )
        if not name and part.media_type == "message/rfc822":
            subject = Headers(content[:_LOOK_AT]).words("subject")
            name = f"{subject[:120]}.eml" if subject else ""
        place = len(self._found)
        self.add(
            name,
            part.media_type if part.headers.first("content-type") else "",
            content,
            inline=disposition == "inline",
            content_id=content_id(part),
        )
        if len(self._found) > place:
            self.places[id(part)] = place

    def add(
        self, name: str, declared: str, content: bytes, *, inline: bool = False, content_id: str | None = None
    ) -> None:
        if len(self._found) >= self._limits.attachments:
            self._notes.add(words.TOO_MANY_PARTS)
            return
        media_type = media_type_of(content, declared=declared, name=name)
        if is_disguised(media_type, declared):
            self._notes.add(words.TYPE_DIFFERS)
        safe = safe_name(name, otherwise=usual_name(declared or media_type, len(self._found) + 1))
        kept = distinct(safe, self._taken)
        self._found.append(Attachment(kept, media_type, declared, content, inline, content_id))

    def _open_outlook(self, content: bytes) -> None:
        """Take the files out of winmail.dat; keep it as it is when nothing can be taken out."""
        unpacked = unpack(content, self._notes)
        for file in unpacked.files:
            self.add(file.name, file.media_type, file.content, content_id=file.content_id)
        if not unpacked.whole:
            self.add("winmail.dat", "application/ms-tnef", content)
        self.unpacked = unpacked

    def add_embedded(self, pictures: Pictures) -> None:
        """Pictures that were written into the page itself."""
        for content_id, name, content in pictures.embedded:
            self.add(name, "", content, inline=True, content_id=content_id)

    def as_tuple(self, used: set[str]) -> tuple[Attachment, ...]:
        """The files; those the page shows in place are inline whatever the mail says."""
        return tuple(replace(one, inline=True) if one.content_id in used else one for one in self._found)


def content_id(part: Part) -> str | None:
    """The identifier by which the page names a part as its picture."""
    return part.headers.first("content-id").strip().strip("<>").strip()[:400] or None
