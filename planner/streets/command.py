"""`moothall streets`: an OpenStreetMap extract made ready, once, for travel times."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.streets.asking import Streets
from planner.streets.drawing import draw
from planner.streets.keeping import prepare
from planner.streets.problem import StreetsError
from planner.streets.tiles import ENDING, drawn_beside

WRONG = 2


def run(argv: Sequence[str], folder: Path) -> int:
    """Run `moothall streets`; files go to `folder` where nothing else is said. Two: not understood."""
    asked = arguments(folder).parse_args(list(argv))
    try:
        made = prepare(asked.file, asked.out, tell)
        streets = Streets.open(made)
        tell("drawing the map")
        map_ = draw(streets.drive.network, streets.source, drawn_beside(made))
    except (StreetsError, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    drive, walk = streets.drive.network, streets.on_foot.network
    print(f"{made}: {made.stat().st_size / 1e6:,.1f} MB")
    print(f"{map_}: {map_.stat().st_size / 1e6:,.1f} MB, to lay under maps")
    print(
        f"  for cars: {drive.metres.sum() / 1000:,.0f} km, {len(drive.junctions):,} junctions, all connected"
    )
    print(f"  on foot:  {walk.metres.sum() / 1000:,.0f} km, {len(walk.junctions):,} junctions, all connected")
    if streets.source.outside:
        print(f"  {streets.source.outside:,} ways leave the extract and end where it ends")
    print(f"  data of {streets.source.as_of or 'an unknown day'}, sha256 {streets.source.sha256}")
    print(f"  {streets.source.credit}, {streets.source.licence}")
    return 0


def tell(said: str) -> None:
    print(f"{said} …", file=sys.stderr, flush=True)


def arguments(folder: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="moothall streets", description=__doc__)
    parser.add_argument(
        "file", type=Path, metavar="FILE.osm.pbf", help="an extract, as Geofabrik has for every county"
    )
    parser.add_argument(
        "--out", type=Path, default=folder, metavar="DIR", help=f"where FILE{ENDING} goes (%(default)s)"
    )
    return parser
