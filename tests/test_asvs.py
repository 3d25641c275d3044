"""Every requirement of ASVS 5.0.0, levels 1 and 2, is answered: by a test that exists, or by a reason."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_of_both_levels_has_its_row() -> None:
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}
    names = [row["requirement"] for row in ROWS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"V\d+\.\d+\.\d+", name) for name in names)
    assert names == sorted(names, key=lambda name: [int(part) for part in name[1:].split(".")])


def test_what_is_met_names_its_proof_and_all_else_says_why() -> None:
    for row in ROWS:
        assert row["what it asks"]
        if row["status"] == "met":
            assert row["evidence"], row
        else:
            assert row["status"] in {"not met", "not applicable"}, row
            assert len(row["reason"]) > 15, row


def test_every_proof_that_is_named_exists() -> None:
    for row in ROWS:
        for proof in filter(None, row["evidence"].split("; ")):
            path, _, name = proof.partition("::")
            assert (ROOT / path).exists(), (row["requirement"], proof)
            assert not name or name in names_in(path), (row["requirement"], proof)


def test_what_is_not_met_is_said_in_the_page_on_security() -> None:
    said = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    for row in ROWS:
        if row["status"] == "not met":
            assert row["requirement"] in said, row["requirement"]
