"""The part of a pack: kinds with their rules, activities, what asks for what; loaded again it is the same."""

import pytest

from moothall.core.marked_yaml import read_yaml
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.credentials.models import Activity, CredentialKind, Requirement, Validity
from moothall.credentials.rules.pack import load_part
from moothall.people.tests.make import AT
from moothall.workforce.tests.make import make_post

pytestmark = pytest.mark.django_db
POSTS = ("PT002", "PT003")  # of the sample council, which ask for something
LISTS = ("services", "processes", "subprocesses", "kinds", "appointments")


@pytest.fixture(autouse=True)
def _the_posts_of_the_office_are_there() -> None:
    for number in POSTS:
        make_post(number=number)


@pytest.mark.parametrize("key", ["learning-desk", "people-services"])
def test_a_pack_brings_its_kinds_and_what_asks_for_them_and_an_office_keeps_its_own(key: str) -> None:
    folder = find_pack(key)
    pack = Pack(key=key, folder=folder, about=read_about(folder), at=AT)
    load_part(pack, Progress())
    minibus = CredentialKind.objects.get(key="licence-d1")
    assert [each.key for each in minibus.met_by.all()] == ["licence-d"]
    asked = Requirement.objects.filter(activity__key="escort-passengers")
    assert set(asked.values_list("kind__key", flat=True)) == {"dbs-enhanced-barred", "first-aid"}
    assert all(each.name_cy for each in [*CredentialKind.objects.all(), *Activity.objects.all()])
    CredentialKind.objects.filter(key="first-aid").update(ladder=[14])
    before = CredentialKind.objects.count(), Requirement.objects.count(), Validity.objects.count()
    load_part(pack, Progress())
    after = CredentialKind.objects.count(), Requirement.objects.count(), Validity.objects.count()
    assert after == before
    assert CredentialKind.objects.get(key="first-aid").ladder == [14]


def test_a_figure_that_nobody_confirmed_is_shipped_without_months() -> None:
    folder = find_pack("people-services")
    load_part(Pack("people-services", folder, read_about(folder), AT), Progress())
    months = dict(Validity.objects.values_list("kind__key", "months"))
    assert months["vetting-rv"] is None
    assert months["driver-cpc"] == 60


@pytest.mark.parametrize("key", ["learning-desk", "people-services"])
def test_everything_a_shipped_service_or_appointment_needs_is_an_activity_that_asks_for_something(
    key: str,
) -> None:
    folder = find_pack(key)
    load_part(Pack(key, folder, read_about(folder), AT), Progress())
    asking = set(Requirement.objects.exclude(activity=None).values_list("activity__key", flat=True))
    named: dict[str, list[str] | str] = {}
    for path in [*(folder / "services").glob("*.yaml"), folder / "appointments.yaml"]:
        doc = read_yaml(path)
        rows = [doc, *(row for each in LISTS for row in doc.get(each, []))]
        named |= {row.get("key", row["name"]): row["needs"] for row in rows if row.get("needs")}
    words = {word for needs in named.values() for word in ([needs] if isinstance(needs, str) else needs)}
    assert words <= asking, words - asking
    if key == "people-services":
        assert {"vetting", "police_misconduct", "performance_upp"} <= named.keys()
