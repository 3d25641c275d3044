"""Which column of an extract is what: by how iTrent, SAP, ESR and Origin call them, or as somebody says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

from moothall.core.refusals import Words
from moothall.workforce.models import Assignment, Employment, StaffProfile

FIELDS: dict[str, Words] = {
    "number": gettext_lazy("Employee number"),
    "name": gettext_lazy("Whole name"),
    "given_name": gettext_lazy("Given names"),
    "family_name": gettext_lazy("Family name"),
    "born_on": gettext_lazy("Day of birth"),
    "email": gettext_lazy("Email"),
    "ni_number": gettext_lazy("National Insurance number"),
    "workforce": gettext_lazy("As"),
    "started_on": gettext_lazy("First day"),
    "continuous_from": gettext_lazy("Service counts from"),
    "ended_on": gettext_lazy("Last day"),
    "because": gettext_lazy("Why they leave"),
    "post_number": gettext_lazy("Number of the post"),
    "post_title": gettext_lazy("Title of the post"),
    "unit": gettext_lazy("Unit"),
    "manager": gettext_lazy("Number of the line manager"),
    "contract": gettext_lazy("Contract"),
    "contract_ends_on": gettext_lazy("Last day of the contract"),
    "weekly_hours": gettext_lazy("Hours a week"),
    "fte": gettext_lazy("Share of a whole post"),
    "from_on": gettext_lazy("From which day it holds"),
}
WITH_WORDS = ("workforce", "contract", "unit", "because")
# How the columns of extracts are usually called: iTrent, SAP SuccessFactors, ESR, Origin, and in Welsh.
GUESSES: dict[str, tuple[str, ...]] = {
    "number": (
        "employee number", "employee no", "personal reference", "personal ref", "userid", "user id",
        "person id external", "employee id", "payroll number", "payroll no", "staff number", "collar number",
        "warrant number", "number", "rhif gweithiwr",
    ),
    "given_name": ("first name", "firstname", "forename", "forenames", "given name", "enw cyntaf"),
    "family_name": ("last name", "lastname", "surname", "family name", "cyfenw"),
    "name": ("full name", "name", "display name", "employee name", "enw llawn", "enw"),
    "born_on": ("date of birth", "dob", "birth date", "dateofbirth", "dyddiad geni"),
    "email": ("email", "email address", "work email", "e mail", "business email", "ebost"),
    "ni_number": ("ni number", "ni no", "national insurance number", "national id", "nationalid", "nino"),
    "workforce": (
        "workforce", "employee type", "employee class", "staff type", "staff group", "officer type",
    ),
    "started_on": (
        "start date", "date joined", "hire date", "hiredate", "startdate", "latest start date",
        "date joined force", "dyddiad dechrau",
    ),
    "continuous_from": (
        "continuous service date", "continuous service", "original start date", "nhs entry date",
    ),
    "ended_on": (
        "leaving date", "end date", "termination date", "enddate", "actual termination date", "leave date",
        "date left", "dyddiad gadael",
    ),
    "because": ("leaving reason", "reason for leaving", "termination reason", "event reason", "leave reason"),
    "post_number": (
        "position reference", "position number", "position id", "position", "post number", "post no",
        "position code", "job code", "jobcode", "rhif swydd",
    ),
    "post_title": (
        "position title", "job title", "post title", "jobtitle", "position name", "title", "swydd",
    ),
    "unit": (
        "org unit", "organisation unit", "organisation", "organization", "department", "division", "unit",
        "section", "uned", "adran",
    ),
    "manager": (
        "reports to", "manager", "manager id", "managerid", "manager employee number", "line manager",
        "supervisor employee number", "supervisor number", "line manager no", "line manager number",
        "rheolwr llinell",
    ),
    "contract": (
        "contract type", "assignment category", "employment type", "contract", "employment status",
        "basis of employment", "contract basis",
    ),
    "contract_ends_on": ("contract end date", "fixed term end date", "contract end", "projected end date"),
    "weekly_hours": (
        "contracted hours", "hours", "weekly hours", "standard hours", "standardhours", "contract hours",
        "oriau",
    ),
    "fte": ("fte", "full time equivalent", "wte", "contracted fte"),
    "from_on": ("effective date", "effective from", "event date", "as at", "effective start date"),
}  # fmt: skip
# Which columns tell the four apart, and how each writes its days.
TELLING = {
    StaffProfile.ITRENT: {"personal reference", "position reference", "org unit", "reports to"},
    StaffProfile.SAP: {"userid", "person id external", "hiredate", "jobcode", "managerid", "standardhours"},
    StaffProfile.ESR: {
        "assignment number",
        "assignment category",
        "supervisor employee number",
        "nhs entry date",
    },
    StaffProfile.ORIGIN: {"collar number", "warrant number", "date joined force", "line manager no"},
}
DAYS = {StaffProfile.SAP: "mdy"}
KNOWN_WORDS: dict[str, dict[str, str]] = {
    "contract": {
        Assignment.PERMANENT: "permanent perm p parhaol regular indefinite",
        Assignment.FIXED_TERM: "fixed_term fixed term;fixed term temp;ftc;fixed;f;cyfnod penodol;limited",
        Assignment.TEMPORARY: "temporary temp t dros_dro secondment",
        Assignment.CASUAL: "casual bank zero zero_hours c relief as_and_when",
    },
    "workforce": {
        Employment.EMPLOYEE: "employee staff police_staff council_staff e gweithiwr pcso",
        Employment.OFFICER: "police_officer officer police;police officer;po;pc",
        Employment.SPECIAL: "special special_constable sc",
        Employment.WORKER: "worker agency",
        Employment.VOLUNTEER: "volunteer vol",
        Employment.INTERN: "intern student placement",
    },
}


def plain(words: str) -> str:
    """A heading as it is compared: small letters, and only spaces between."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words.casefold()).split())


def words_of(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for ours, said in KNOWN_WORDS.get(name, {}).items():
        pieces = said.split(";") if ";" in said else said.split()
        for each in (ours, *pieces, *said.replace(";", " ").split()):
            found[plain(each)] = ours
    return found


@dataclass(frozen=True)
class Means:
    """A mapping: the column of each field, what their words are called here, and how days are written."""

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    days: str = "dmy"
    because: str = ""
    changes_from: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Means":
        return cls(
            kept.get("columns", {}), kept.get("words", {}), kept.get("days", "dmy"), kept.get("because", ""),
            kept.get("changes_from", ""),
        )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        return {
            "columns": dict(self.columns), "words": {key: dict(each) for key, each in self.words.items()},
            "days": self.days, "because": self.because, "changes_from": self.changes_from,
        }  # fmt: skip


def guess_source(columns: list[str]) -> str:
    """Which system this extract is likely from, by columns that only it has."""
    known = {plain(column) for column in columns}
    best = max(TELLING, key=lambda source: len(TELLING[source] & known))
    return best if TELLING[best] & known else StaffProfile.OTHER


def guess_means(columns: list[str]) -> Means:
    """The likely column of each field, by what columns are usually called."""
    found: dict[str, str] = {}
    by_name = {plain(column): column for column in reversed(columns)}
    for name, usual in GUESSES.items():
        column = next(
            (by_name[each] for each in usual if by_name.get(each) not in (None, *found.values())), ""
        )
        if column:
            found[name] = column
    return Means(found, days=DAYS.get(guess_source(columns), "dmy"))
