"""What the desk of the sample year writes to somebody whose application is not taken further."""

from moothall.letters.rules.built_in import BuiltIn

UNSUCCESSFUL = BuiltIn(
    key="application-unsuccessful", name="An application is not successful",
    name_cy="Nid yw cais am swydd wedi llwyddo",
    subject_en="Your application: {application.campaign}",
    body_en="""{person.greeting}

Thank you for your application {application.number} for “{application.campaign}”, and for the time you \
gave to it. We have decided about it, and do not take it further.

Your page shows how far it came. Write to us if you would like to hear more about why:

{application.link}

{case.team}""",
    subject_cy="Eich cais: {application.campaign}",
    body_cy="""{person.greeting}

Diolch am eich cais {application.number} am “{application.campaign}”, ac am yr amser a roesoch iddo. \
Rydym wedi penderfynu yn ei gylch, ac nid ydym yn mynd ag ef ymhellach.

Mae eich tudalen yn dangos pa mor bell y daeth. Ysgrifennwch atom os hoffech glywed mwy am y rheswm:

{application.link}

{case.team}""",
)  # fmt: skip
