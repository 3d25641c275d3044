"""The table of results stands at the end of a run of the fault tests."""

from typing import Any

from .results import RESULTS, table


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if RESULTS:
        terminalreporter.section("faults")
        for line in table(RESULTS):
            terminalreporter.write_line(line.rstrip())
