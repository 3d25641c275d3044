"""Templates: a pair of texts is checked and saved together, as a new version."""

import datetime as dt
from difflib import get_close_matches

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Words
from moothall.letters.models import LetterTemplate, LetterText
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .fields import declared_fields, samples
from .merging import CannotRead, Merged, field_names, merge
from .refusals import LetterRefused, NoWords


class UnknownField(LetterRefused):
    next_step = gettext_lazy("Choose a field from the list beside the text.")


class KeyTaken(LetterRefused):
    sentence = gettext_lazy("There is a letter template with this key already.")
    next_step = gettext_lazy("Choose another key, or edit the template that has it.")


class ChangedMeanwhile(LetterRefused):
    sentence = gettext_lazy("Somebody else has saved this template since you opened it.")
    next_step = gettext_lazy("Your text is still here. Compare it with theirs, then save again.")


@transaction.atomic
def create_template(
    *,
    key: str,
    name: str,
    by: Account | None,
    at: dt.datetime,
    name_cy: str = "",
    desk: str = "",
    approval_required: bool = False,
) -> LetterTemplate:
    """A template without a text yet."""
    if LetterTemplate.objects.filter(key=key).exists():
        raise KeyTaken
    template = LetterTemplate.objects.create(
        key=key, name=name, name_cy=name_cy, desk=desk, approval_required=approval_required
    )
    append_audit("templates.created", about=template, by=by, at=at, detail={"key": key})
    return template


@transaction.atomic
def save_template_pair(
    template: LetterTemplate,
    *,
    subject_en: str,
    body_en: str,
    subject_cy: str,
    body_cy: str,
    by: Account | None,
    at: dt.datetime,
    expected_version: int | None = None,
) -> LetterText:
    """Save both texts as the next version; the same texts again make no new one."""
    texts = [words.replace("\r\n", "\n").strip() for words in (subject_en, body_en, subject_cy, body_cy)]
    check_texts(*texts)
    LetterTemplate.objects.select_for_update().get(pk=template.pk)
    latest = template.texts.order_by("-version").first()
    if expected_version is not None and expected_version != (latest.version if latest else 0):
        raise ChangedMeanwhile
    if latest and texts == [latest.subject_en, latest.body_en, latest.subject_cy, latest.body_cy]:
        return latest
    text = LetterText.objects.create(
        template=template,
        version=latest.version + 1 if latest else 1,
        subject_en=texts[0],
        body_en=texts[1],
        subject_cy=texts[2],
        body_cy=texts[3],
        saved_by=by,
        saved_at=at,
    )
    append_audit("templates.saved", about=template, by=by, at=at, detail={"version": text.version})
    return text


@transaction.atomic
def rename_template(
    template: LetterTemplate,
    *,
    name: str,
    name_cy: str,
    desk: str,
    approval_required: bool,
    by: Account,
    at: dt.datetime,
) -> None:
    """Change what a template is called and whether its letters need a second person."""
    changes = {"name": name, "name_cy": name_cy, "desk": desk, "approval_required": approval_required}
    LetterTemplate.objects.filter(pk=template.pk).update(**changes)
    template.refresh_from_db()
    append_audit("templates.renamed", about=template, by=by, at=at, detail=changes)


@transaction.atomic
def retire_template(template: LetterTemplate, *, by: Account, at: dt.datetime) -> None:
    """Nobody is offered this template any more; letters written from it stay."""
    if LetterTemplate.objects.filter(pk=template.pk, retired_at=None).update(retired_at=at):
        append_audit("templates.retired", about=template, by=by, at=at)


@transaction.atomic
def restore_template(template: LetterTemplate, *, by: Account, at: dt.datetime) -> None:
    """A retired template is offered again."""
    if LetterTemplate.objects.filter(pk=template.pk, retired_at__isnull=False).update(retired_at=None):
        append_audit("templates.restored", about=template, by=by, at=at)


@transaction.atomic
def put_template(
    *,
    key: str,
    name: str,
    subject_en: str,
    body_en: str,
    by: Account | None,
    at: dt.datetime,
    subject_cy: str = "",
    body_cy: str = "",
    name_cy: str = "",
    desk: str = "",
    approval_required: bool = False,
) -> LetterText:
    """Make the template of this key if there is none, and save its texts: safe to do again."""
    template = LetterTemplate.objects.filter(key=key).first() or create_template(
        key=key, name=name, name_cy=name_cy, desk=desk, approval_required=approval_required, by=by, at=at
    )
    return save_template_pair(
        template, subject_en=subject_en, body_en=body_en, subject_cy=subject_cy, body_cy=body_cy, by=by, at=at
    )


def check_texts(subject_en: str, body_en: str, subject_cy: str, body_cy: str) -> None:
    """Refuse a text that could not be merged: unknown fields, open brackets, half a language."""
    if not (subject_en and body_en):
        raise NoWords(_("The English subject and text are both needed."))
    if bool(subject_cy) != bool(body_cy):
        raise NoWords(_("The Welsh has a subject or a text, but not both."))
    for label, words in (
        (_("English subject"), subject_en),
        (_("English text"), body_en),
        (_("Welsh subject"), subject_cy),
        (_("Welsh text"), body_cy),
    ):
        check_text(label, words)


def check_text(label: str, words: str) -> None:
    known = [field.name for field in declared_fields()]
    try:
        names = field_names(words)
    except CannotRead as problem:
        raise CannotRead(f"{label}: {problem.sentence}") from problem
    for name in names:
        if name in known:
            continue
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        sentence = _("%(where)s: there is no field called {%(name)s}.") % {"where": label, "name": name}
        if near:
            guesses = ", ".join(f"{{{one}}}" for one in near)
            sentence += " " + _("Did you mean %(guesses)s?") % {"guesses": guesses}
        raise UnknownField(sentence)


def warnings_about(text: LetterText) -> list[Words]:
    """What is allowed and still worth a second look."""
    found: list[Words] = []
    if not text.body_cy:
        found.append(_("There is no Welsh text: people who prefer Welsh will be written to in English."))
        return found
    english = {*field_names(text.subject_en), *field_names(text.body_en)}
    welsh = {*field_names(text.subject_cy), *field_names(text.body_cy)}
    if english != welsh:
        names = ", ".join(sorted(english ^ welsh))
        found.append(_("Only one of the two languages mentions %(names)s.") % {"names": names})
    return found


def preview(text: LetterText, language: str) -> Merged:
    """The text as it would read, filled with samples."""
    return merge(text, language, samples(language))


def preview_of(subject: str, body: str, language: str) -> Merged:
    """Words that are being typed, in one language, as they would read."""
    typed = LetterText(**{f"subject_{language}": subject or "…", f"body_{language}": body or "…"})
    return preview(typed, language)
