"""`python -m benchmarks`: load an office, measure it over HTTP, and print one table beside its peers."""

import argparse
import os
import platform
import sys
from pathlib import Path

import django
import psutil

from moothall.config.home import CHECKOUT, Home


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--scale", type=float, default=66, help="66 is 100,000 cases; 1 is 1,500")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--requests", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--seconds", type=float, default=15, help="how long the eight clients go on")
    parser.add_argument("--messages", type=int, default=2000, help="synthetic messages to take in")
    parser.add_argument("--home", type=Path, help="where the office is kept for the next time")
    parser.add_argument("--only", default="", help="only the rows with these words in their name")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    home = (asked.home or CHECKOUT / "var" / f"bench-{asked.scale:g}-{asked.seed}").resolve()
    os.environ |= {"MOOTHALL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "moothall.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    home.mkdir(parents=True, exist_ok=True)
    Home(home).prepare()
    django.setup()
    from .report import Report
    from .running import run

    print(f"{platform.machine()}, {os.cpu_count()} cores, load {psutil.getloadavg()[0]:.1f}; home {home}")
    report = Report()
    run(asked, home, report)
    report.show(sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
