"""The published formats: Solomon and Gehring-Homberger, Li and Lim, Cordeau, Park, Tae and Kim."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from planner.vrp.problem import NEVER, Floats, Routing, VrpError

FORMATS = ("vrptw", "pdptw", "darp", "sbrp")
SEATS, FEET_A_SECOND = 66.0, 88 / 3  # 20 miles an hour
BOARDING, EACH, UNLOADING = 19.0, 2.6, 154.4  # seconds
RIDE = 2700.0


def read_routing(path: Path, format_: str, *, ride: float = RIDE) -> Routing:
    """Read a file, or for `sbrp` a folder; `ride` is its longest ride in seconds. Raises `VrpError`."""
    try:
        if format_ == "sbrp":
            return school_buses(path, ride)
        readers: dict[str, Callable[[str, str], Routing]] = {"vrptw": visits, "pdptw": pairs, "darp": rides}
        return readers[format_](path.read_text(encoding="utf-8"), path.stem)
    except KeyError as wrong:
        raise VrpError(f"{path.name} lacks {wrong}, or is in another format than {format_}.") from wrong
    except (OSError, ValueError, IndexError) as wrong:
        raise VrpError(f"{path.name} cannot be read as {format_}: {wrong}.") from wrong


def rows(text: str) -> list[list[float]]:
    """The lines that are nothing but numbers."""
    found = []
    for line in text.splitlines():
        words = line.split()
        if words and all(word.replace(".", "").replace("-", "").replace("+", "").isdigit() for word in words):
            found.append([float(word) for word in words])
    return found


def straight(places: Floats) -> Floats:
    """n x n: straight lines."""
    return np.asarray(np.hypot(*(places[:, None, :] - places[None, :, :]).transpose(2, 0, 1)), np.float64)


def looped(table: Floats) -> Floats:
    """The same with the first row, the depot, once more at the end."""
    return np.concatenate([table, table[:1]])


def visits(text: str, name: str) -> Routing:
    """Solomon's format, or VRPLIB's. Distances are cut off after the first decimal, as DIMACS counts them."""
    if "NODE_COORD_SECTION" in text:
        return vrplib(text, name)
    numbers = rows(text)
    vehicles, capacity = numbers[0]
    return of_visits(name, np.array(numbers[1:]), int(vehicles), capacity)


def vrplib(text: str, name: str) -> Routing:
    said = [line.split(":", 1) for line in text.splitlines() if ":" in line]
    words = {key.strip(): value.strip() for key, value in said}
    parts: dict[str, list[list[float]]] = {}
    section = ""
    for line in text.splitlines():
        if line.strip().endswith("_SECTION"):
            section = line.strip()
            parts[section] = []
        elif section and rows(line):
            parts[section].append(rows(line)[0])
    places = np.array(parts["NODE_COORD_SECTION"])
    service = np.full(len(places), float(words.get("SERVICE_TIME", 0)))
    service[0] = 0
    if "SERVICE_TIME_SECTION" in parts:
        service = np.array(parts["SERVICE_TIME_SECTION"])[:, 1]
    windows = np.array(parts["TIME_WINDOW_SECTION"])[:, 1:]
    demand = np.array(parts["DEMAND_SECTION"])[:, 1:]
    table = np.concatenate([places, demand, windows, service[:, None]], axis=1)
    table[:, 0] -= 1
    return of_visits(name, table, int(words["VEHICLES"]), float(words["CAPACITY"]))


def of_visits(name: str, table: Floats, vehicles: int, capacity: float) -> Routing:
    """Columns: number, x, y, demand, ready, due, service; the depot first."""
    if table.shape[1] != 7:
        raise VrpError(f"{name} has {table.shape[1]} columns where seven are expected.")
    full = looped(table)
    cut = np.floor(straight(full[:, 1:3]) * 10 + 1e-9) / 10
    count = len(full)
    return Routing(
        name,
        cut,
        cut,
        full[:, 6].copy(),
        full[:, 4].copy(),
        full[:, 5].copy(),
        full[:, 3].copy(),
        np.arange(1, count - 1, dtype=np.int32),
        np.full(count - 2, -1, np.int32),
        np.full(count - 2, NEVER),
        capacity,
        vehicles,
        labels=tuple(str(int(number)) for number in full[:, 0]),
    )


def pairs(text: str, name: str) -> Routing:
    """Li and Lim: each row names its pick-up or its delivery. Distances are exact."""
    numbers = rows(text)
    vehicles, capacity = numbers[0][:2]
    table = np.array(numbers[1:])
    if table.shape[1] != 9:
        raise VrpError(f"{name} has {table.shape[1]} columns where nine are expected.")
    fetched = np.flatnonzero((table[:, 8] > 0) & (table[:, 0] > 0)).astype(np.int32)
    full = looped(table)
    far = straight(full[:, 1:3])
    return Routing(
        name,
        far,
        far,
        full[:, 6].copy(),
        full[:, 4].copy(),
        full[:, 5].copy(),
        full[:, 3].copy(),
        fetched,
        table[fetched, 8].astype(np.int32),
        np.full(len(fetched), NEVER),
        capacity,
        int(vehicles),
        labels=tuple(str(int(number)) for number in full[:, 0]),
    )


def rides(text: str, name: str) -> Routing:
    """Cordeau's: n pick-ups, n deliveries, one longest ride for all, one longest route."""
    numbers = rows(text)
    vehicles, _, longest, capacity, ride = numbers[0][:5]
    table = np.array([row[:7] for row in numbers[1:]])
    count = (len(table) - 1) // 2
    full = looped(table[: 2 * count + 1])
    far = straight(full[:, 1:3])
    ready, due = full[:, 5].copy(), full[:, 6].copy()
    pick = np.arange(1, count + 1, dtype=np.int32)
    drop = pick + count
    ready, due = tightened(far, full[:, 3], ready, due, ride)
    return Routing(
        name,
        far,
        far,
        full[:, 3].copy(),
        ready,
        due,
        full[:, 4].copy(),
        pick,
        drop,
        np.full(count, ride),
        capacity,
        int(vehicles),
        longest,
        tuple(str(int(number)) for number in full[:, 0]),
    )


def tightened(far: Floats, service: Floats, ready: Floats, due: Floats, ride: float) -> tuple[Floats, Floats]:
    """Windows made narrower by the other end's, the direct way and the longest ride; no plan is lost."""
    ready, due = ready.copy(), due.copy()
    count = (len(ready) - 2) // 2
    for a in range(1, count + 1):
        b = a + count
        direct = service[a] + far[a, b]
        ready[a] = max(ready[a], ready[b] - ride - service[a])
        due[a] = min(due[a], due[b] - direct)
        ready[b] = max(ready[b], ready[a] + direct)
        due[b] = min(due[b], due[a] + service[a] + ride)
    return ready, due


def school_buses(folder: Path, ride: float) -> Routing:
    """Park, Tae and Kim's stops and schools, mixed loads; the way from and to the yard counts nothing.

    Children of one stop are fetched together; each stop has a place of its own at its school. Unloading is
    on the way into a school, so that stops unloaded one after the other at one school are unloaded once.
    Service at a school begins when unloading ends: that has to be in the school's window, and the longest
    ride is longer by the unloading.
    """
    schools = sheet(folder / "Schools.txt")
    stops = sheet(folder / "Stops.txt")
    number = {row["ID"]: i for i, row in enumerate(schools)}
    count = len(stops)
    of = np.array([number[row["EP_ID"]] for row in stops])
    children = np.array([float(row["STUDENT_COUNT"]) for row in stops])
    at_stop = np.array([[float(row["X_COORD"]), float(row["Y_COORD"])] for row in stops])
    at_school = np.array([[float(row["X"]), float(row["Y"])] for row in schools])[of]
    places = np.concatenate([at_stop[:1], at_stop, at_school, at_stop[:1]])
    feet = np.abs(places[:, None, :] - places[None, :, :]).sum(axis=2)
    place = np.concatenate([[-1], -2 - np.arange(count), of, [-1]])
    feet[place[:, None] == place[None, :]] = 0
    feet[0, :] = feet[:, 0] = feet[-1, :] = feet[:, -1] = 0
    into = (place[None, :] >= 0) & (place[:, None] != place[None, :])
    windows = np.array([[hhmm(row["AMEARLY"]), hhmm(row["AMLATE"])] for row in schools])[of]
    nothing = np.zeros(1)
    return Routing(
        folder.name,
        feet,
        feet / FEET_A_SECOND + UNLOADING * into,
        np.concatenate([nothing, BOARDING + EACH * children, np.zeros(count), nothing]),
        np.concatenate([nothing, np.zeros(count), windows[:, 0], nothing]),
        np.concatenate([[2 * 86400.0], np.full(count, 86400.0), windows[:, 1], [2 * 86400.0]]),
        np.concatenate([nothing, children, -children, nothing]),
        np.arange(1, count + 1, dtype=np.int32),
        np.arange(count + 1, 2 * count + 1, dtype=np.int32),
        np.full(count, ride + UNLOADING),
        SEATS,
        count,
        labels=("yard", *(row["ID"] for row in stops), *(row["EP_ID"] for row in stops), "yard"),
    )


def sheet(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split(), line.split(), strict=True)) for line in lines if line.strip()]


def hhmm(said: str) -> float:
    """Seconds after midnight of 910."""
    return float(int(said) // 100 * 3600 + int(said) % 100 * 60)
