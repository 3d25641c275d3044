"""The letter that asks how it was."""

from typing import Final

from moothall.letters.rules.built_in import BuiltIn

SURVEY: Final = BuiltIn(
    key="satisfaction-survey",
    name="How was it?",
    name_cy="Sut oedd pethau?",
    subject_en="How did we do? One question",
    body_en="""{person.greeting}

We have closed “{case.title}” ({case.reference}). How was it? It is one question, and takes a minute:

{survey.link}

You can answer without your name, and change your answer until {survey.until}. You need not answer at all.

{case.team}""",
    subject_cy="Sut wnaethon ni? Un cwestiwn",
    body_cy="""{person.greeting}

Rydym wedi cau “{case.title}” ({case.reference}). Sut oedd pethau? Un cwestiwn ydyw, ac mae'n cymryd munud:

{survey.link}

Gallwch ateb heb roi eich enw, a newid eich ateb tan {survey.until}. Nid oes rhaid i chi ateb o gwbl.

{case.team}""",
)
