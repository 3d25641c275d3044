"""The page about clocks says what the data says."""

import re
from pathlib import Path

from clocks import load_rules

PAGE = Path(__file__).parents[2] / "docs" / "clocks.md"


def test_the_page_names_exactly_the_unconfirmed_rules() -> None:
    listed = (
        PAGE.read_text(encoding="utf-8").split("<!-- unconfirmed -->")[1].split("<!-- /unconfirmed -->")[0]
    )
    named = set(re.findall(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+", listed))
    unconfirmed = {
        one.id for versions in load_rules().values() for one in versions if one.confidence == "unconfirmed"
    }

    assert named == unconfirmed
