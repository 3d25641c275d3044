"""What has been answered so far, as the page before sending shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from moothall.cases.rules.asked import answers_in_words
from moothall.cases.rules.definition import definition_of
from moothall.portal.models import Request

from . import pages


@dataclass(frozen=True)
class Line:
    page: str
    question: str
    words: str


@dataclass(frozen=True)
class Summary:
    lines: list[Line]
    about_them: list[Line]


def summary_of(asked: Request, language: str) -> Summary:
    definition = definition_of(asked.version)
    lines = [
        Line(each.name, each.question, each.words)
        for each in answers_in_words(definition, asked.answers, language)
    ]
    names = [file.name for file in asked.files.filter(removed_at=None).order_by("id")]
    lines.append(Line(pages.FILES, _("Files"), ", ".join(names)))
    reach = "\n".join(each for each in (asked.email, asked.phone) if each)
    about = [Line(pages.NAME, _("Your name"), asked.name), Line(pages.REACH, _("How to reach you"), reach)]
    return Summary(lines, about)
