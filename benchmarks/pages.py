"""What is measured over HTTP: the pages of a day's work and the three things most often written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from urllib.parse import urlencode

from .client import Answer, Client

ROW = re.compile(r'href="/cases/([A-Z]+-\d\d-\d+)/"')
NEXT = re.compile(r'rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"')
DEEP = 20
OPEN = [("status", "OPEN"), ("status", "WAITING")]


@dataclass
class Known:
    """What the requests are about: real references and words of this office."""

    references: Sequence[str]
    people: Sequence[str]
    common: str
    rare: str
    team: str
    service: str
    asks: str
    rng: Random
    deep: str = ""
    numbers: "count[int]" = field(default_factory=count)

    def reference(self) -> str:
        return self.rng.choice(self.references)


Act = Callable[[Client, Known], Answer]


@dataclass(frozen=True)
class Measured:
    name: str
    act: Act
    status: int = 200
    mixed: int = 1  # how often it comes among eight people at once
    path: Callable[[Known], str] | None = None


def cases(*asked: tuple[str, str]) -> str:
    return f"/cases/?{urlencode(asked)}"


def page(name: str, path: Callable[[Known], str], mixed: int = 1) -> Measured:
    return Measured(name, lambda client, known: client.get(path(known)), mixed=mixed, path=path)


def walk_down(client: Client, known: Known) -> None:
    """Find the address of the page so many pages down."""
    path = cases(("status", ""))
    for _number in range(DEEP):
        found = NEXT.search(client.get(path).text)
        if found is None:
            break
        path = (found[1] or found[2]).replace("&amp;", "&")
        path = path if path.startswith("/") else f"/cases/{path}"
    known.deep = path


def create(client: Client, known: Known) -> Answer:
    title = f"A question about the course in room {next(known.numbers)}"
    return client.post(
        "/cases/new/", service=known.service, questions_of=known.asks, title=title, priority="3",
        text="They would like to know whether there is a place left.",
    )  # fmt: skip


def note(client: Client, known: Known) -> Answer:
    text = f"Rang back, number {next(known.numbers)}."
    return client.post(f"/cases/{known.reference()}/notes/", text=text)


def reply(client: Client, known: Known) -> Answer:
    return client.post(
        f"/enquiries/replies/{known.reference()}/", to_address="somebody@people.example",
        subject="Re: your question", text="Thank you for your question. There is a place left.",
        language="en", then="US",
    )  # fmt: skip


MEASURED = (
    page("My work", lambda known: "/", mixed=3),
    page("List, open cases", lambda known: cases(*OPEN), mixed=3),
    page("List, one team", lambda known: cases(*OPEN, ("team", known.team)), mixed=2),
    page("List, 20 pages deep", lambda known: known.deep),
    page("Search, a common word", lambda known: cases(("q", known.common))),
    page("Search, a rare word", lambda known: cases(("q", known.rare))),
    page("Search, two words, open only", lambda known: cases(("q", f"{known.common} course"), *OPEN)),
    page("Case page", lambda known: f"/cases/{known.reference()}/", mixed=6),
    page(
        "Person look-up", lambda known: f"/people/lookup/?{urlencode({'q': known.rng.choice(known.people)})}"
    ),
    page("Jump box", lambda known: f"/jump/options/?{urlencode({'q': known.reference()})}"),
    Measured("Create a case", create, status=302),
    Measured("Add a note", note, status=302, mixed=2),
    Measured("Reply", reply, status=302),
)
