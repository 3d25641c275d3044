"""The letter with which a contract goes out."""

from typing import Final

from moothall.letters.rules.built_in import BuiltIn

CONTRACT: Final = BuiltIn(
    key="contract-enclosed", name="Contract of employment", name_cy="Contract cyflogaeth",
    subject_en="Your contract: {offer.job}",
    body_en="""{person.greeting}

Your contract for the job of **{offer.job}** is with this letter. Please read it, and tell us if \
anything in it is not as we agreed.

{case.team}""",
    subject_cy="Eich contract: {offer.job}",
    body_cy="""{person.greeting}

Mae eich contract ar gyfer swydd **{offer.job}** gyda'r llythyr hwn. Darllenwch ef, os gwelwch yn dda, a \
dywedwch wrthym os nad yw unrhyw beth ynddo fel y cytunwyd.

{case.team}""",
)  # fmt: skip
