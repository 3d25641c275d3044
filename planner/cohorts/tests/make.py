"""A small year, and a force's year of 600."""

from typing import Any

from planner.cohorts.problem import Host, Intake, Module, Student, Tutor, Year

LAW, STREET, COMMUNITY = (
    Module("law", 2, "law"),
    Module("street", 1, "street"),
    Module("community", 1, placement=True),
)
DISTRICTS = ("Arfon", "Barry", "Cwmbran", "Dinas")


def make_year(**changes: Any) -> Year:
    """Two intakes of four, in groups of two; two tutors, two rooms, two hosts."""
    given: dict[str, Any] = {
        "weeks": 20,
        "intakes": (Intake("spring", 0), Intake("summer", 4)),
        "modules": (LAW, COMMUNITY, STREET),
        "students": tuple(
            Student(f"{intake}-{i}", intake, DISTRICTS[i % 2])
            for intake in ("spring", "summer")
            for i in range(4)
        ),
        "tutors": (Tutor("Bron", frozenset({"law", "street"})), Tutor("Idris", frozenset({"law"}))),
        "hosts": (Host("library", "Arfon", 4), Host("shelter", "Barry", 4)),
        "rooms": 2,
        "group_size": 2,
        "minutes": {(here, host): 30 for here in DISTRICTS for host in ("library", "shelter")},
    }
    return Year(**(given | changes))


def full_year() -> Year:
    """Six intakes of a hundred, seven modules, 26 tutors, 30 hosts in ten districts."""
    districts = [f"district {i}" for i in range(10)]
    skills = ("law", "first aid", "driving", "safety", "investigation")
    modules = (
        Module("induction", 2, "law"),
        Module("law and powers", 5, "law"),
        Module("safety", 3, "safety"),
        Module("first aid", 1, "first aid"),
        Module("community", 2, placement=True),
        Module("response driving", 3, "driving"),
        Module("investigation", 4, "investigation"),
    )
    wheels = frozenset({"step-free"})
    students = tuple(
        Student(
            f"s{i:03}", f"intake {i // 100}", districts[i * 7 % 10], wheels if i % 40 == 0 else frozenset()
        )
        for i in range(600)
    )
    hosts = tuple(
        Host(f"host {i}", districts[i % 10], 5, wheels if i % 2 else frozenset()) for i in range(30)
    )
    tutors = tuple(
        Tutor(f"t{i:02}", frozenset({skills[i % 5], skills[(i + 1) % 5]}), frozenset({10 + i, 30 + i}))
        for i in range(26)
    )
    minutes = {
        (here, h.name): 15 + 7 * ((i + 3 * j) % 12)
        for i, here in enumerate(districts)
        for j, h in enumerate(hosts)
    }
    return Year(
        weeks=90,
        intakes=tuple(Intake(f"intake {i}", 8 * i) for i in range(6)),
        modules=modules,
        students=students,
        tutors=tutors,
        hosts=hosts,
        rooms=14,
        shut=frozenset({37, 38}),
        minutes=minutes,
    )
