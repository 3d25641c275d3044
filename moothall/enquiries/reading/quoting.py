"""Finds where the writer's own words end and the mail they answer begins. Nothing is ever left out: the text
is only cut in two, so that the page can fold the second half.

The patterns for "On … wrote:" and "From: … Sent:" in a dozen languages are those of mail-parser-reply; the
Welsh ones are ours. They are tried on a few short lines at a time, because on long ones they take very long.
"""

import re

from mailparser_reply.constants import MAIL_LANGUAGES

_QUOTED = r"(?:> ?)*"
_WELSH_WROTE = (
    rf"^({_QUOTED}Ar\s(?:.+?\s?.+?)\s?(?:ysgrifennodd|ysgrifenodd|ysgrifennwyd|dywedodd)\b.{{0,200}}:)$",
    rf"^({_QUOTED}Ar\s(?:.+?\s?.+?)\s(?:wedi|a)\sysgrifennu?(?:odd)?\s?:)$",
)
_WROTE = re.compile(
    "|".join(
        (*_WELSH_WROTE, *(one["wrote_header"] for one in MAIL_LANGUAGES.values() if "wrote_header" in one))
    ),
    re.MULTILINE | re.IGNORECASE,
)
_WELSH_FIELDS = "Oddi wrth|O|Anfonwyd|At|Copi|Cc|Pwnc|Testun|Dyddiad"
_WELSH_HEAD = rf"((?:(?:^|\n|\n{_QUOTED})[* ]*(?:{_WELSH_FIELDS}):[ *]*(?:\s{{,2}}).*){{2,}}(?:\n.*){{,1}})"
_OTHERS_HEAD = [
    one["from_header"] for code, one in MAIL_LANGUAGES.items() if "from_header" in one and code != "david"
]
_FIELDS = re.compile("|".join((_WELSH_HEAD, *_OTHERS_HEAD)), re.MULTILINE | re.IGNORECASE)
_FROM = re.compile(
    r"[> *]*(?:From|Oddi wrth|O|Von|Od|Fra|De|Da|Van|Från|보낸\s?사람|发件人)\s?:", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"-{2,}\s?(?:Original (?:Message|Appointment)|Neges (?:Wreiddiol|wreiddiol)|Ursprüngliche Nachricht"
    r"|Message d'origine|Mensaje original|Oryginalna wiadomość|Wiadomość oryginalna)\s?-{2,}",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"-{2,}\s?(?:Forwarded message|Neges wedi['’]i (?:hanfon|blaenyrru) ?(?:ymlaen)?)"
    r"|Begin forwarded message:|Neges wedi['’]i hanfon ymlaen",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|yml|anf)\s*:", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|\d[:.]\d\d|@")
_LIST_RULE = re.compile(r"_{10,}\s*$")
_MOST_LINES = 4_000
_MOST_TRIES = 40
_LONGEST = 300
_SIGNATURE_LINES = 20


def fold(text: str, *, subject: str = "") -> tuple[str, str]:
    """Cut the text into the writer's own words and the quoted rest; together they are the text.

    Where own words stand below or between quotes, only what is quoted after the last of them is folded.
    A message passed on is not folded: it is what the mail is about.
    """
    lines = text.split("\n")
    if len(lines) < 2:
        return text, ""
    line = _cut_at(lines, forwarding=bool(_FORWARD_SUBJECT.match(subject)))
    if line is None:
        return text, ""
    at = sum(len(one) + 1 for one in lines[:line])
    return (text[:at], text[at:]) if text[:at].strip() else (text, "")


def _cut_at(lines: list[str], *, forwarding: bool) -> int | None:
    """The number of the first line to fold."""
    tries = 0
    for number, line in enumerate(lines[:_MOST_LINES]):
        short = line[:_LONGEST].strip()
        if not short:
            continue
        last = short[-1]
        if last in ":：" and tries < _MOST_TRIES and not short.startswith(">"):
            tries += 1
            start = _wrote(lines, number)
            if start is not None:
                return _below(lines, start, number + 1)
        if short[0] in "-_B*N" and (_FORWARD.match(short) or _ORIGINAL.match(short)):
            return None if _FORWARD.match(short) or forwarding else number
        if not forwarding and tries < _MOST_TRIES and _FROM.match(short):
            tries += 1
            if _fields(lines, number):
                return number - 1 if number and _LIST_RULE.match(lines[number - 1][:_LONGEST]) else number
    return _last_quotes(lines, 0)


def _wrote(lines: list[str], number: int) -> int | None:
    """Whether "On … wrote:" ends on this line; the line it starts on."""
    first = max(0, number - 2)
    window = [line[:_LONGEST].strip() for line in lines[first : number + 1]]
    found = _WROTE.search("\n".join(window))
    if found is None:
        return None
    start = first + "\n".join(window)[: found.start()].count("\n")
    follows = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    return start if follows.lstrip().startswith(">") or _DATED.search(found[0]) else None


def _fields(lines: list[str], number: int) -> bool:
    """Whether a copied header block, as Outlook writes it, begins on this line."""
    window = "\n".join(line[:_LONGEST].strip() for line in lines[number : number + 6])
    found = _FIELDS.match(window)
    return found is not None and found[0].count(":") >= 3 and bool(_DATED.search(found[0]))


def _below(lines: list[str], start: int, after: int) -> int | None:
    """Fold from the introduction on, unless the writer's own words come after it."""
    follows = [line for line in lines[after : after + 6] if line.strip()][:3]
    if not any(line.lstrip().startswith(">") for line in follows):
        return start
    end = _without_signature(lines, after)
    if all(_is_quote(line) for line in lines[after:end]):
        return start
    return _last_quotes(lines, after)


def _last_quotes(lines: list[str], after: int) -> int | None:
    """The start of the quoted lines that end the text, if any, with their introduction."""
    end = _without_signature(lines, after)
    start = end
    while start > after and _is_quote(lines[start - 1]):
        start -= 1
    if not any(line.lstrip().startswith(">") for line in lines[start:end]):
        return None
    while start < end and not lines[start].strip():
        start += 1
    return start


def _is_quote(line: str) -> bool:
    line = line.lstrip()
    return not line or line.startswith(">")


def _without_signature(lines: list[str], after: int) -> int:
    """Where the text ends before a short signature or the mailing list's own lines."""
    end = len(lines)
    for number in range(max(after, end - _SIGNATURE_LINES), end):
        mark = lines[number].rstrip()
        if mark in {"--", "-- "} or _LIST_RULE.match(mark[:_LONGEST]):
            return number
    return end
