"""The part of a pack with the kinds of check. Kinds that are there stay as the office has them."""

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.recruitment.models import CheckKind

from .check_wording import LETTERS as CHECK_LETTERS
from .offer_wording import LETTERS as OFFER_LETTERS
from .reference_wording import LETTERS as REFERENCE_LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("checks.yaml")
    if doc is None:
        return
    progress.begin(_("Kinds of check"))
    put_letters((*CHECK_LETTERS, *REFERENCE_LETTERS, *OFFER_LETTERS), pack)
    fields = Fields(doc)
    for place, row in enumerate(fields.mappings("kinds"), start=1):
        _kind(row, place)
        progress.advance()
    fields.finish()
    progress.end()


def _kind(row: Marked, place: int) -> None:
    fields = Fields(row)
    key = fields.text("key")
    credentials = Fields(fields.mapping("credentials"))
    becomes = Fields(fields.mapping("becomes"))
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy"), "steps": list(fields.words("steps")),
        "service": fields.text("service", ""), "dated_at": fields.text("dated_at", ""),
        "is_set": fields.flag("set"), "is_private": fields.flag("private"),
        "clears": list(fields.words("clears")), "place": place,
        "becomes": {name: list(becomes.words(name)) for name in fields.mapping("becomes")},
        "credentials": {name: credentials.text(name) for name in fields.mapping("credentials")},
    }  # fmt: skip
    fields.finish()
    _made, is_new = CheckKind.objects.get_or_create(key=key, defaults=values)
    if not is_new:
        CheckKind.objects.filter(key=key, credentials={}).update(credentials=values["credentials"])
