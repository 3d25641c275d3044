"""Takes what the pages need out of four npm packages, and writes down what was taken.

    python scripts/vendor_assets.py [--tarballs DIR]

Needs npm, or a folder with the tarballs that `npm pack` makes. Nothing here runs when the office runs.
Left out on purpose: the Crown, the crest and the GDS Transport font, which only gov.uk may use.
"""

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nunjucks_to_jinja import translate
from prebuilt_css import compact, plain_font, select

CORE = Path(__file__).resolve().parents[1] / "moothall" / "core"
VENDOR = CORE / "static" / "vendor"
COMPONENTS = CORE / "govuk" / "components"
FIXTURES = CORE / "tests" / "govuk_fixtures.json.gz"

CROWNED = frozenset({"header", "footer"})
CROWN_RULES = re.compile(r"govuk-(header|footer|logotype|template--rebranded)")
MOJ = (
    "button-menu",
    "filter",
    "identity-bar",
    "interruption-card",
    "multi-select",
    "notification-badge",
    "pagination",
    "sortable-table",
    "sub-navigation",
    "timeline",
)
MOJ_RULES = re.compile(rf"\.moj-({'|'.join(MOJ)})(?![a-z])|\[aria-sort")
ANY = re.compile("")
UTF8 = '@charset "UTF-8";'

MIT = """The MIT License (MIT)

{holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR
THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class Package(NamedTuple):
    name: str
    version: str
    licence: str
    holder: str
    folder: str


GOVUK = Package(
    "govuk-frontend",
    "6.6.0",
    "MIT",
    "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
    "govuk",
)
MOJ_FRONTEND = Package(
    "@ministryofjustice/frontend",
    "11.1.0",
    "MIT",
    "Copyright (c) 2018 Crown Copyright (Ministry of Justice)",
    "moj",
)
HTMX = Package("htmx.org", "2.0.11", "0BSD", "", "htmx")
LEAFLET = Package("leaflet", "1.9.4", "BSD-2-Clause", "", "leaflet")

Taken = Iterator[tuple[Path, bytes]]


def fetched(package: Package, tarballs: Path | None, into: Path) -> Path:
    """The unpacked package; its name and version are checked against what was asked for."""
    stem = package.name.removeprefix("@").replace("/", "-")
    tarball = (tarballs or into) / f"{stem}-{package.version}.tgz"
    if not tarball.exists():
        subprocess.run(["npm", "pack", f"{package.name}@{package.version}"], cwd=into, check=True)
        tarball = into / tarball.name
    folder = into / package.folder
    with tarfile.open(tarball) as archive:
        archive.extractall(folder, filter="data")
    found = json.loads((folder / "package" / "package.json").read_text())
    if (found["name"], found["version"], found["license"]) != (
        package.name,
        package.version,
        package.licence,
    ):
        raise SystemExit(f"{tarball} is not {package.name} {package.version} under {package.licence}.")
    return folder / "package"


def take_govuk(source: Path) -> Taken:
    built = source / "dist" / "govuk"
    css = plain_font((built / "govuk-frontend.min.css").read_text())
    css = UTF8 + select(css, ANY, CROWN_RULES)
    target = VENDOR / "govuk"
    yield target / "govuk-frontend.css", css.encode()
    yield target / "govuk-frontend-compact.css", compact(css).encode()
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", (built / "govuk-frontend.min.js").read_text())
    yield target / "govuk-frontend.js", script.encode()
    yield target / "LICENSE.txt", MIT.format(holder=GOVUK.holder).encode()
    fixtures = {}
    for template in sorted(built.glob("components/*/template.njk")):
        name = template.parent.name
        if name not in CROWNED:
            yield COMPONENTS / f"{name}.jinja", translate(name, template.read_text()).encode()
        fixtures[name] = json.loads((template.parent / "fixtures.json").read_text())["fixtures"]
    yield COMPONENTS / "LICENSE.txt", MIT.format(holder=GOVUK.holder).encode()
    kept = {
        name: [{key: one[key] for key in ("name", "options", "html")} for one in given]
        for name, given in fixtures.items()
    }
    about = {
        "source": f"govuk-frontend {GOVUK.version}",
        "licence": f"MIT, {GOVUK.holder}",
        "components": kept,
    }
    yield FIXTURES, gzip.compress(json.dumps(about, separators=(",", ":")).encode(), mtime=0)


def take_moj(source: Path) -> Taken:
    css = select(plain_font((source / "moj" / "moj-frontend.min.css").read_text()), MOJ_RULES)
    css = re.sub(r"[\w-]+:[^;{}]*url\(/assets/[^)]*\)[^;{}]*;?", "", css)
    yield VENDOR / "moj" / "moj-frontend.css", (UTF8 + compact(css)).encode()
    yield VENDOR / "moj" / "LICENSE.txt", MIT.format(holder=MOJ_FRONTEND.holder).encode()


def take_htmx(source: Path) -> Taken:
    yield VENDOR / "htmx" / "htmx.js", (source / "dist" / "htmx.min.js").read_bytes()
    yield VENDOR / "htmx" / "LICENSE.txt", (source / "LICENSE").read_bytes()


def take_leaflet(source: Path) -> Taken:
    """Without its pictures: our markers are drawn, and it has no switch of layers."""
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", (source / "dist" / "leaflet.js").read_text())
    yield VENDOR / "leaflet" / "leaflet.js", script.encode()
    css = re.sub(r"[\w-]+:[^;{}]*url\([^)]*\)[^;{}]*;?", "", (source / "dist" / "leaflet.css").read_text())
    yield VENDOR / "leaflet" / "leaflet.css", css.encode()
    yield VENDOR / "leaflet" / "LICENSE.txt", (source / "LICENSE").read_bytes()


TAKEN_BY = ((GOVUK, take_govuk), (MOJ_FRONTEND, take_moj), (HTMX, take_htmx), (LEAFLET, take_leaflet))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tarballs", type=Path, help="a folder with the tarballs; npm is asked otherwise")
    tarballs: Path | None = parser.parse_args().tarballs
    lock = []
    with tempfile.TemporaryDirectory() as into:
        for package, take in TAKEN_BY:
            for path, content in take(fetched(package, tarballs, Path(into))):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                lock.append(
                    {
                        "package": package.name,
                        "version": package.version,
                        "licence": package.licence,
                        "file": str(path.relative_to(CORE)),
                        "sha256": hashlib.sha256(content).hexdigest(),
                    }
                )
                print(f"{len(content):>8}  {path.relative_to(CORE)}")
    (VENDOR / "assets.lock").write_text(json.dumps(lock, indent=1) + "\n")


if __name__ == "__main__":
    main()
