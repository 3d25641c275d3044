"""Sample things for the page that shows every part of the design: long names, Welsh, and nothing at all.

All people, places and messages here are invented.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from moothall.core import fields
from moothall.core.templatetags.parts import STATUSES
from moothall.core.widgets import Option

PEOPLE = (
    Option("1", "Angharad Llywelyn-Prydderch", "Ysgol Gynradd Gymraeg Bro Hyddgen, head teacher"),
    Option("2", "Oluwaseun Adébáyọ̀", "Highways, team leader"),
    Option("3", "Jo Li", ""),
)
LONG_NAME = "Wilhelmina Konstantinopoulou-Featherstonehaugh y Castellanos de la Vega"
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


class SampleForm(fields.Form):
    """One of each field."""

    name = fields.TextField(label="Full name", help_text="As they like to be called", autocomplete="name")
    email = fields.EmailField(label="Email address", required=False)
    phone = fields.PhoneField(label="Telephone", required=False)
    person = fields.LookupField(label="Who is it about?", url="/styleguide/lookup", help_text="Type a name")
    received = fields.DateField(label="Date received", help_text="Like 22/11/2026, 22 Nov or yesterday")
    born = fields.DateField(label="Date of birth", parts=True, required=False)
    at = fields.TimeField(label="Time of the call", required=False)
    cost = fields.MoneyField(label="Cost", required=False)
    service = fields.ChoiceField(
        label="Service",
        select=True,
        choices=[("", "Choose"), ("course", "Course booking"), ("survey", "Staff survey")],
    )
    channel = fields.ChoiceField(
        label="How did they ask?",
        choices=[("mail", "Email"), ("phone", "Telephone"), ("desk", "At the counter")],
        choice_hints={"desk": "They were here in person"},
    )
    needs = fields.MultiChoiceField(
        label="Needs",
        required=False,
        choices=[("large", "Large print"), ("cy", "Cymraeg"), ("bsl", "Sign language")],
    )
    urgent = fields.YesNo(label="Is somebody waiting?")
    attachments = fields.FileField(label="Files", several=True, required=False)
    words = fields.TextArea(label="What do they need?", max_length=400)
    agreed = fields.TickField(label="They agreed that we may share this with the team that will answer")


ROWS: tuple[tuple[str, str, str, str, str, int | None], ...] = (
    (
        "Refund for a cancelled first-aid course",
        "They paid twice and have chased three times",
        "Angharad Llywelyn-Prydderch",
        "Learning desk",
        "late",
        -4,
    ),
    (
        f"Hyfforddiant diogelu yn {LONG_WORD}: faint o leoedd sydd ar ôl?",
        "",
        LONG_NAME,
        "Diogelu ac Amddiffyn Plant",
        "due_today",
        0,
    ),
    (
        "Re: Induction for the new cohort",
        "Came back after a reply on 18 November",
        "Oluwaseun Adébáyọ̀",
        "Learning desk",
        "came_back",
        1,
    ),
    (
        "Manual handling certificate",
        "“Can you pick this up while I am on leave?” – Priya",
        "Tomasz Wiśniewski",
        "Health and Safety",
        "handed_to_me",
        5,
    ),
    ("Which policy covers volunteers?", "", "Jo Li", "", "new", 8),
    ("(No subject)", "", "", "Communications", "waiting", None),
)


def rows(today: dt.date) -> list[dict[str, Any]]:
    """A worklist: late, due, waiting, and one with next to nothing in it."""
    found: list[dict[str, Any]] = []
    for number, (subject, more, who, team, why, days) in enumerate(ROWS, 1482):
        kind = "" if days is None or days > 1 else "late" if days < 0 else "soon"
        due = None if days is None else today + dt.timedelta(days=days)
        row = {"ref": f"LD-2026-{number:05}", "subject": subject, "more": more, "who": who, "team": team}
        found.append({**row, "why": why, "due": due, "kind": kind})
    return found


def simple_parts() -> dict[str, Any]:
    """What the plain components are shown with."""
    return {
        "crumbs": [("Cases", "#cases"), ("LD-2026-01482", "#case"), ("Reply", None)],
        "summary": [
            ("Name", LONG_NAME, [("Change", "#name")]),
            ("Date of birth", "14 March 1987"),
            ("Address", None),
        ],
        "table_head": ["Team", "Answered", "Late"],
        "table_rows": [["Learning desk", 214, 3], ["Diogelu ac Amddiffyn Plant", 87, None]],
        "tabs": [
            ("past", "Past", mark_safe("<p>Six cases.</p>")),
            ("letters", "Letters", mark_safe("<p>None.</p>")),
        ],
        "previous": {"href": "#previous", "labelText": "LD-2026-01481"},
        "next": {"href": "#next", "labelText": "LD-2026-01483"},
    }


def sample_groups() -> list[tuple[str, Sequence[Option]]]:
    """What a look-up over several kinds of record offers."""
    return [("People", PEOPLE), ("Cases", [Option("9", "LD-2026-01482", "Refund for a cancelled course")])]


def styleguide_context(now: dt.datetime) -> dict[str, Any]:
    """Everything `core/styleguide.html` shows, as at `now`."""
    today = now.date()
    hours = dt.timedelta(hours=1)
    typed = {"received": "the day after", "person": "Zebedee", "born-day": "31"}
    checked = SampleForm({f"sent-{name}": text for name, text in typed.items()}, prefix="sent")
    return simple_parts() | {
        "rows": rows(today),
        "due_days": [today + dt.timedelta(days=days) for days in (-12, -1, 0, 1, 4, 40)],
        "moments": [now, now - hours / 12, now - 5 * hours, now - 30 * hours, now - 900 * hours],
        "today": today,
        "form": SampleForm(),
        "checked": checked,
        "people": PEOPLE,
        "groups": sample_groups(),
        "long_name": LONG_NAME,
        "long_word": LONG_WORD,
        "facts": [
            (_("Person"), LONG_NAME, "#person"),
            (_("Language"), "Cymraeg", "#language"),
            (_("Service"), "Course booking and cancellation"),
            (_("Team"), "Learning desk", "#team"),
            (_("Telephone"), ""),
            (_("Received"), None),
        ],
        "files": [("joining-instructions.pdf", 183_204, "#file"), (f"{LONG_WORD}.docx", 48_128, "#file")],
        "mail": "<p>Hello,</p><p>I have now been charged <b>twice</b> for the first-aid course "
        "on 3 November, which was <i>cancelled by you</i>.</p>"
        "<p>Please tell me when the money will come back.</p>"
        "<p>Angharad</p>",
        "sent": "Dear Angharad,\n\nWe are sorry about this. A refund takes ten days.\n\nPriya",
        "quoted": "On 18 November the learning desk wrote:\n> We are sorry. A refund takes ten days.",
        "heads": [
            (_("Reference"), "descending"),
            (_("Subject"), "none"),
            (_("Person"), "none"),
            (_("Team"), ""),
            (_("Why it is here"), ""),
            (_("Due"), "none"),
        ],
        "status_keys": list(STATUSES),
        "tour_steps": [
            (
                "#main-navigation",
                _("My work is what needs you now"),
                _("Late things first, then what is due."),
            ),
            ("#jump", _("Go anywhere"), _("Press / and type a name, a reference or the name of a page.")),
            ("", _("Every key"), _("Press ? on any page for the keys that work there.")),
        ],
    }
