"""What somebody needs is read before they are written to, and their letters on paper come out in it."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from moothall.cases.tests.make import make_service
from moothall.casework.models import Format, FormatNeed
from moothall.casework.rules.formats import set_formats
from moothall.core.clock import now
from moothall.core.packs import load_pack
from moothall.letters.models import Letter
from moothall.letters.rules.printing import print_letters
from moothall.letters.tests.make import make_letter, make_letterhead
from moothall.people.models import Account, Person, Team
from moothall.people.tests.make import audited, make_team
from moothall.people.tests.pages import main, page, words

from .make import make_caseworker, make_new_case, make_person

pytestmark = pytest.mark.django_db
POSTAL = "14 Long Lane\nXX2 2BB"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def worker(client: Client, team: Team) -> Account:
    account = make_caseworker(team=team)
    client.force_login(account)
    return account


@pytest.fixture
def person() -> Person:
    return make_person("Emrys Puw")


def large(**changes: object) -> Format:
    given = {"key": "large", "name": "Large print", "points": 18, "made_here": True}
    return Format.objects.create(**given | changes)


def need(person: Person, *formats: Format) -> None:
    set_formats(person, formats=formats, note="", by=None, at=now())


def on_paper(person: Person | None) -> Letter:
    body = "Dear Emrys\n\n- The lift is **mended**\n- [Map](https://example.org)\n\n" + "More words. " * 400
    return make_letter(person=person, channel="PRINT", to_address=POSTAL, body=body)


def sizes(letter: Letter) -> dict[str, float]:
    """The words of the printed letter, each with the smallest size it is set in."""
    found: dict[str, float] = {}
    for sheet in PdfReader(io.BytesIO(print_letters([letter]))).pages:

        def note(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
            if text.strip():
                found[text.strip()] = min(size, found.get(text.strip(), size))

        sheet.extract_text(visitor_text=note)
    return found


def test_it_is_noted_on_the_person_and_read_before_contact(
    client: Client, worker: Account, person: Person, team: Team
) -> None:
    big, signed = large(), large(key="bsl", name="Signing", points=None, made_here=False, how="Book somebody")
    address = f"/casework/people/{person.reference}/formats/"
    sent = {"formats": [big.pk, signed.pk], "note": "on yellow paper"}
    assert client.post(address, sent).status_code == 302
    case = make_new_case(service=make_service(team=team), requester=person)
    for place in (f"/enquiries/replies/{case.reference}/", f"/cases/{case.reference}/"):
        shown = words(main(page(client.get(place))))
        assert "Large print. on yellow paper" in shown
        assert "printed in 18 point" in shown
        assert "It cannot be made here. Book somebody" in shown
    assert client.post(address, {"formats": [big.pk], "note": "on yellow paper"}).status_code == 302
    assert FormatNeed.objects.in_force().get().format == big
    assert FormatNeed.objects.count() == 2
    assert [each.verb for each in audited(person)].count("casework.set_formats") == 2


def test_letters_on_paper_are_printed_in_the_largest_size_needed(person: Person) -> None:
    need(person, large(), large(key="larger", points=24))
    assert on_paper(person).points == 24
    assert on_paper(make_person()).points is None
    assert make_letter(person=person).points is None


def test_nothing_in_large_print_is_small_but_the_address_in_its_window(person: Person) -> None:
    make_letterhead()
    need(person, large())
    found = sizes(on_paper(person))
    small = {text for text, size in found.items() if size < 16}
    assert found
    assert small <= {"Siân Okafor", *POSTAL.splitlines()}
    assert any(text.startswith("Page") or "Page" in text for text in found)


def test_everybody_else_gets_the_usual_size(person: Person) -> None:
    make_letterhead()
    assert min(sizes(on_paper(person)).values()) < 12


def test_a_pack_brings_formats_in_both_languages() -> None:
    load_pack("people-services", at=now())
    found = Format.objects.all()
    assert {"large-print", "easy-read", "audio", "braille", "bsl"} <= {each.key for each in found}
    assert all(each.name_cy for each in found)
    assert all(each.how and each.how_cy for each in found if not each.made_here)
