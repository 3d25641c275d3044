import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.people.models.contact_folding import (
    fold_email,
    fold_phone,
    fold_post,
    postcode_of,
    tidy,
)


@pytest.mark.parametrize(
    "typed",
    [
        "029 2001 0123",
        "+44 29 2001 0123",
        "+44 (0)29 2001 0123",
        "0044 29 2001 0123",
        "(029) 20010123",
        "029-2001-0123 ext 45",
        "029 2001 0123 x45",
        "+44 29 2001 0123 est. 45",
    ],
)
def test_one_telephone_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert fold_phone(typed) == "02920010123"


@pytest.mark.parametrize(
    ("typed", "folded"), [("+353 1 234 5678", "35312345678"), ("00353 1 2345678", "35312345678")]
)
def test_a_number_abroad_keeps_its_country(typed: str, folded: str) -> None:
    assert fold_phone(typed) == folded


@pytest.mark.parametrize(
    "typed", ["Ann.Lee@Borth.EXAMPLE", " <ann.lee@borth.example> ", "ann.lee@borth.example\n"]
)
def test_an_address_is_the_same_in_capitals_and_brackets(typed: str) -> None:
    assert fold_email(typed) == "ann.lee@borth.example"


@pytest.mark.parametrize(
    "typed", ["", "ann", "@borth.example", "ann@", "ann lee@borth.example", "a" * 320 + "@b.example"]
)
def test_what_cannot_be_an_address_folds_to_nothing(typed: str) -> None:
    assert fold_email(typed) == ""


def test_the_postcode_of_an_address_is_its_last_one() -> None:
    assert postcode_of("Unit B1 2AB House, Lôn Goch\nBorth SY24 5JE") == "SY245JE"
    assert postcode_of("sy245je") == "SY245JE"
    assert postcode_of("No fixed address") == ""


def test_two_houses_with_one_postcode_are_told_apart() -> None:
    first, second = fold_post("12 Lôn Goch, SY24 5JE"), fold_post("21 Lôn Goch, SY24 5JE")
    assert first != second
    assert first.startswith("SY245JE ")
    assert fold_post("12 LON GOCH  SY24 5JE") == first


def test_a_name_loses_what_nobody_can_see() -> None:
    assert tidy("Ann\x00\u202e Lee\ufeff\r\n\tof\u00a0Borth", 250) == "Ann Lee of Borth"


def test_a_name_in_two_letters_that_join_keeps_what_joins_them() -> None:
    assert tidy("می\u200cخواهم", 250) == "می\u200cخواهم"


@given(st.text(alphabet=st.characters(codec=None), max_size=400))
def test_anything_at_all_folds_to_something_a_database_can_keep(text: str) -> None:
    for folded in (tidy(text, 250), fold_email(text), fold_phone(text), fold_post(text)):
        assert len(folded) <= 320
        assert "\x00" not in folded
        folded.encode()


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text, 50), 50) == tidy(text, 50)
    assert fold_email(fold_email(text)) == fold_email(text)
