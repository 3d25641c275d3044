"""The part of a pack about letters: its template pairs, and what stands on every letter."""

from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.models import Letterhead, LetterText

from .refusals import LetterRefused
from .templates import put_template

LETTERHEAD = (
    *("name", "name_cy", "address", "address_cy", "phone", "email", "website"),
    *("signature", "signature_cy", "welsh_welcome", "welsh_welcome_cy"),
)


def load_part(pack: Pack, progress: Progress) -> None:
    letterhead = pack.file("letterhead.yaml")
    if letterhead is not None:
        load_letterhead(letterhead, pack)
    progress.begin(_("Letters"))
    for doc in pack.files("letters"):
        fields = Fields(doc)
        for row in fields.mappings("letters"):
            load_template(row, pack)
            progress.advance()
        fields.finish()
    progress.end()


def load_letterhead(doc: Marked, pack: Pack) -> None:
    """The office's letterhead, unless it has one."""
    fields = Fields(doc)
    words = {name: fields.text(name, "" if name != "name" else None) for name in LETTERHEAD}
    fields.finish()
    if Letterhead.objects.current() is None:
        Letterhead.objects.create(**words, saved_at=pack.at)


def load_template(row: Marked, pack: Pack) -> None:
    """One pair, unless the office has had these very texts before: its own edits outlive a second loading."""
    fields = Fields(row)
    key, name, name_cy = fields.text("key"), fields.text("name"), fields.text("name_cy", "")
    approval_required = fields.flag("approval_required")
    texts = _texts(fields, "en") | (_texts(fields, "cy") if "cy" in row else {})
    fields.finish()
    if LetterText.objects.filter(template__key=key, **texts).exists():
        return
    try:
        put_template(
            key=key, name=name, name_cy=name_cy, desk=pack.key, approval_required=approval_required,
            by=None, at=pack.at, **texts,
        )  # fmt: skip
    except LetterRefused as refusal:
        raise row.mistake(refusal.sentence, at="key") from refusal


def _texts(fields: Fields, language: str) -> dict[str, str]:
    if language not in fields.marked:
        raise fields.missing(language)
    inner = Fields(fields.mapping(language))
    texts = {f"{part}_{language}": inner.text(part) for part in ("subject", "body")}
    inner.finish()
    return texts
