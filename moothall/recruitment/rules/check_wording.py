"""The letter to a department about the checks it is late with."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

WEEKLY = BuiltIn(
    key="checks-weekly", name="Checks that wait for a department",
    name_cy="Gwiriadau sy'n aros am adran",
    subject_en="Checks that wait for you: {checks.late} late",
    body_en="""{checks.team}

{checks.late} checks of applicants are late. The longest has been waiting since {checks.since}.

The list says which they are; each opens there:

{checks.link}

If a check has to wait, put it on hold with the reason, so that the applicant hears the next date.""",
    subject_cy="Gwiriadau sy'n aros amdanoch: {checks.late} yn hwyr",
    body_cy="""{checks.team}

Mae {checks.late} o wiriadau ymgeiswyr yn hwyr. Mae'r hynaf yn aros ers {checks.since}.

Mae'r rhestr yn dweud pa rai ydynt; mae pob un yn agor yno:

{checks.link}

Os oes rhaid i wiriad aros, rhowch ef o'r neilltu gyda'r rheswm, er mwyn i'r ymgeisydd glywed y dyddiad \
nesaf.""",
)  # fmt: skip
LETTERS: Final = (WEEKLY,)

DECLARED: Final = (
    Field("checks.team", _("Name of the department"), "Vetting", "Fetio"),
    Field("checks.late", _("How many checks are late"), "12"),
    Field("checks.since", _("Since when the longest has waited"), "2 November 2026", "2 Tachwedd 2026"),
    Field("checks.link", _("The link to the list of checks"), "https://example.org/checks/"),
)
