"""The letters of the public pages."""

from django.utils.translation import gettext as _

from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import BuiltIn, put_letters

ACKNOWLEDGED = BuiltIn(
    key="form-acknowledgement",
    name="We have your form",
    name_cy="Mae eich ffurflen wedi ein cyrraedd",
    subject_en="We have your request",
    body_en="""{person.greeting}

Thank you for your request, “{case.title}”. We have it, and its reference is **{case.reference}**.

[[We will answer by **{case.due}**, and sooner if we can.]]

You can see how it is going, read our answers and write to us again here:

{portal.link}

This link is yours alone: whoever has it can read your request. It works until {portal.until}, and you can \
ask for a new one at any time. You can also reply to this message, in English or Welsh. Writing in Welsh \
causes no delay.

{case.team}""",
    subject_cy="Mae eich cais wedi ein cyrraedd",
    body_cy="""{person.greeting}

Diolch am eich cais, “{case.title}”. Mae wedi ein cyrraedd, a'r cyfeirnod yw **{case.reference}**.

[[Byddwn yn ateb erbyn **{case.due}**, ac yn gynt os gallwn.]]

Gallwch weld sut mae pethau'n mynd, darllen ein hatebion ac ysgrifennu atom eto yma:

{portal.link}

Chi yn unig biau'r ddolen hon: gall unrhyw un sydd â hi ddarllen eich cais. Mae'n gweithio tan \
{portal.until}, a gallwch ofyn am un newydd unrhyw bryd. Gallwch hefyd ateb y neges hon, yn Gymraeg neu yn \
Saesneg. Ni fydd ysgrifennu yn Gymraeg yn arwain at oedi.

{case.team}""",
)
KEPT = BuiltIn(
    key="form-kept",
    name="Come back to your form",
    name_cy="Dewch yn ôl at eich ffurflen",
    subject_en="Come back to your form: {portal.form}",
    body_en="""Your answers to “{portal.form}” are kept, and not sent yet. Go on with them here:

{portal.link}

We keep them until {portal.until}. Whoever has this link can read them, so do not pass it on.""",
    subject_cy="Dewch yn ôl at eich ffurflen: {portal.form}",
    body_cy="""Mae eich atebion i “{portal.form}” wedi'u cadw, ond heb eu hanfon eto. Ewch ymlaen yma:

{portal.link}

Byddwn yn eu cadw tan {portal.until}. Gall unrhyw un sydd â'r ddolen hon eu darllen, felly peidiwch â'i \
rhannu.""",
)
NEW_LINK = BuiltIn(
    key="form-new-link",
    name="A new link to your request",
    name_cy="Dolen newydd i'ch cais",
    subject_en="A new link to your request",
    body_en="""{person.greeting}

You asked for a new link to “{case.title}”, reference **{case.reference}**:

{portal.link}

It works until {portal.until}; earlier links have ended. If you did not ask for it, you need do nothing: it \
was sent to this address only.

{case.team}""",
    subject_cy="Dolen newydd i'ch cais",
    body_cy="""{person.greeting}

Fe wnaethoch ofyn am ddolen newydd i “{case.title}”, cyfeirnod **{case.reference}**:

{portal.link}

Mae'n gweithio tan {portal.until}; mae'r dolenni cynharach wedi dod i ben. Os na wnaethoch ofyn amdani, nid \
oes angen i chi wneud dim: i'r cyfeiriad hwn yn unig y cafodd ei hanfon.

{case.team}""",
)


def load_part(pack: Pack, progress: Progress) -> None:
    progress.begin(_("Letters of the public pages"))
    put_letters((ACKNOWLEDGED, KEPT, NEW_LINK), pack)
    progress.end()
