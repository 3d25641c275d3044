"""Rewrite holidays.csv from the `holidays` package: `python -m clocks.data.refresh 2026-11-22`.

The package is only the source of the rows; at run time nothing but the committed file is read.
What the package has wrong or names poorly is put right in corrections.csv, which this never touches.
"""

import csv
import datetime as dt
import io
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import holidays

FILE = Path(__file__).with_name("holidays.csv")
YEARS = range(2019, 2041)
NATIONS = {"ENG": "ENG", "WLS": "WLS", "SCT": "SCO", "NIR": "NI"}
OBSERVED = " (observed)"
NAMES = {
    "New Year's Day": ("New Year's Day", "Dydd Calan"),
    "New Year Holiday": ("2nd January", "2il Ionawr"),
    "Saint Patrick's Day": ("St Patrick's Day", "Gŵyl San Padrig"),
    "Good Friday": ("Good Friday", "Gwener y Groglith"),
    "Easter Monday": ("Easter Monday", "Llun y Pasg"),
    "May Day": ("Early May bank holiday", "Gŵyl banc dechrau Mai"),
    "Spring Bank Holiday": ("Spring bank holiday", "Gŵyl banc y gwanwyn"),
    "Platinum Jubilee of Elizabeth II": (
        "Platinum Jubilee bank holiday",
        "Gŵyl banc Jiwbilî Blatinwm",
    ),
    "State Funeral of Queen Elizabeth II": (
        "Bank holiday for the State Funeral of Queen Elizabeth II",
        "Gŵyl y banc ar gyfer Angladd Gwladol y Frenhines Elizabeth II",
    ),
    "Coronation of Charles III": (
        "Bank holiday for the coronation of King Charles III",
        "Gŵyl y banc ar gyfer coroni Brenin Siarl III",
    ),
    "Scotland's participation in the FIFA World Cup final": (
        "World Cup bank holiday",
        "Gŵyl banc Cwpan y Byd",
    ),
    "Battle of the Boyne": ("Battle of the Boyne (Orangemen's Day)", "Brwydr y Boyne"),
    "Summer Bank Holiday": ("Summer bank holiday", "Gŵyl banc yr haf"),
    "Late Summer Bank Holiday": ("Summer bank holiday", "Gŵyl banc yr haf"),
    "Saint Andrew's Day": ("St Andrew's Day", "Gŵyl Sant Andreas"),
    "Christmas Day": ("Christmas Day", "Dydd Nadolig"),
    "Boxing Day": ("Boxing Day", "Dydd San Steffan"),
}
HEADINGS = ("day", "nations", "name", "name_cy", "source", "source_read_on")


def written(read_on: dt.date) -> str:
    """The whole file as text. A name the package has not used before raises KeyError: translate it."""
    nations: dict[tuple[dt.date, str], set[str]] = defaultdict(set)
    for theirs, ours in NATIONS.items():
        for day, names in holidays.country_holidays("GB", subdiv=theirs, years=YEARS).items():
            for name in names.split("; "):
                nations[day, name].add(ours)
    source = f"holidays {version('holidays')}"
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADINGS)
    for (day, name), having in sorted(nations.items()):
        english, welsh = NAMES[name.removesuffix(OBSERVED)]
        if name.endswith(OBSERVED):
            english, welsh = f"{english} (substitute day)", f"{welsh} (dydd amgen)"
        rows.writerow([day, " ".join(sorted(having)), english, welsh, source, read_on])
    return text.getvalue()


if __name__ == "__main__":
    FILE.write_text(written(dt.date.fromisoformat(sys.argv[1])), encoding="utf-8")
