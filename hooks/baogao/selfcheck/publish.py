"""What the page 自查投稿 needs from a build: the checker as one archive, the runtime, the latest reports, and the facts about them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..corpus import Corpus, Data, Report, zip_entry
from ..corpus.data import FILES
from .forge import Forge

FOLDER = "assets/selfcheck/"
#: Of the library: the rooms that check, whole, and of the others what the desk needs. Nothing that needs more than PyYAML.
ROOMS = ("corpus", "rules")
MODULES = (
    "__init__.py", "pages/inline.py", "pages/page.py", "pages/report.py", "pages/self_check.py", "selfcheck/__init__.py",
    "selfcheck/desk.py", "selfcheck/forge.py",
)  # fmt: skip
#: Of the npm package, and what the files are called on the site: some web servers do not know that .mjs is JavaScript.
RUNTIME = {
    "pyodide.mjs": "pyodide.js",
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
    "python_stdlib.zip": "python_stdlib.zip",
}


@dataclass(frozen=True)
class File:
    """A file to publish at ``uri``: its content, or where it lies."""

    uri: str
    content: bytes | Path


@dataclass(frozen=True)
class Place:
    """Where reports go: who takes hand-in packages, and the forge, if there is one; ``docs`` is the docs folder in the repository."""

    contact: str = ""
    forge: Forge | None = None
    docs: str = "docs"


def files(corpus: Corpus, docs: Path, vendor: Path, place: Place) -> Iterator[File]:
    """Everything to publish. ``corpus`` is what readers may see; ``vendor`` what npm fetched, perhaps nothing."""
    latest = _latest(corpus)
    for series, report in latest.items():
        yield File(f"{FOLDER}last/{series}.txt", shown_text(report).encode())
    runtime = vendor / "pyodide"
    program = None
    engine = None
    if is_complete(vendor):
        program = archive(docs)
        yield File(f"{FOLDER}program.zip", program)
        lock = json.loads((runtime / "pyodide-lock.json").read_text(encoding="utf-8"))
        version = json.loads((runtime / "package.json").read_text(encoding="utf-8"))["version"]
        folder = f"pyodide-{version}/"
        for source, name in RUNTIME.items():
            yield File(f"{FOLDER}{folder}{name}", runtime / source)
        sizes = {
            folder + name: (runtime / source).stat().st_size for source, name in RUNTIME.items()
        }
        sizes["program.zip"] = len(program)
        engine = {
            "folder": folder,
            "lock": json.dumps({"info": lock["info"], "packages": {}}),
            "sizes": sizes,
            # A browser that kept the program of an older site must not run it against newer facts.
            "stamp": hashlib.sha256(program).hexdigest()[:12],
        }
    facts = _facts(corpus.data, latest, place)
    facts["engine"] = engine
    said = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = f"(window.baogao = window.baogao || {{}}).selfcheckFacts = {said};\n"
    yield File(f"{FOLDER}facts.js", script.encode())


#: What a later report is compared by; notes, who reviewed and the like are not shown on the report's page, and not here either.
_KEPT = frozenset(
    {"title", "year", "unit", "kind", "role", "date", "status", "visibility", "period_start", "period_end", "sections"}
)  # fmt: skip


def shown_text(report: Report) -> str:
    """The file of a report with what its page does not show left blank: comments and the rest of the front matter. Every line keeps
    its number."""
    text = report.source.text
    spans = [(block.start, block.end) for block in report.blocks if block.kind == "comment"]
    fields = sorted(report.front.fields, key=lambda field: field.offset)
    ends = [field.offset for field in fields[1:]]
    if fields:
        ends.append(_closing_fence(text, report.front.body))
    spans += [
        (field.offset, end)
        for field, end in zip(fields, ends, strict=True)
        if field.name not in _KEPT
    ]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    return text


def _closing_fence(text: str, body: int) -> int:
    """Where the last line of the front matter that is a fence begins; ``body`` is where the front matter ends."""
    fences = re.finditer(r"^(?:---|\.\.\.)[ \t]*$", text[:body], re.MULTILINE)
    return max((found.start() for found in fences), default=body)


def is_complete(vendor: Path) -> bool:
    """Whether npm has fetched the runtime."""
    return all((vendor / "pyodide" / name).is_file() for name in (*RUNTIME, "pyodide-lock.json"))


def _latest(corpus: Corpus) -> dict[str, Report]:
    """The latest report readers may see of each series."""
    latest: dict[str, Report] = {}
    for report in corpus.visible.reports:
        name = report.series_name
        if name and (name not in latest or (latest[name].year or 0) <= (report.year or 0)):
            latest[name] = report
    return dict(sorted(latest.items()))


def _facts(data: Data, latest: dict[str, Report], place: Place) -> dict[str, object]:
    fields = data.fields
    return {
        "years": sorted({report.year for report in latest.values() if report.year}),
        "units": [
            {"id": unit.id, "names": [[n.brief, n.first, n.last] for n in unit.names]}
            for unit in data.units.units
        ],
        "kinds": [
            {"name": kind.name, "roles": [author.name for author in kind.authors], "restricted": kind.visibility == "restricted"}
            for kind in data.kinds.kinds
        ],
        "statuses": [[key, fields.label("status", key)] for key in ("review", "draft", "anonymized")],
        "visibilities": list(fields.specs["visibility"].choices.items()),
        "answers": list(fields.rectify_status),
        "last": {series: [report.year, report.name] for series, report in latest.items()},
        "contact": place.contact,
        "forge": None if place.forge is None else {
            "kind": place.forge.kind, "url": place.forge.url, "branch": place.forge.branch, "docs": place.docs,
        },
    }  # fmt: skip


def archive(docs: Path) -> bytes:
    """The checker as a zip: the very modules of this library, PyYAML's in Python, and the data files. The same in, the same out."""
    package = Path(__file__).resolve().parent.parent
    modules = [package / name for name in MODULES]
    modules += [file for room in ROOMS for file in (package / room).rglob("*.py")]
    contents = {f"baogao/{m.relative_to(package).as_posix()}": m.read_bytes() for m in modules}
    # The real one brings every page of the site with it.
    contents["baogao/pages/__init__.py"] = b""
    for file in sorted(Path(yaml.__file__).parent.glob("*.py")):
        contents[f"yaml/{file.name}"] = file.read_bytes()
    for name in FILES:
        contents[f"_data/{name}"] = (docs / "_data" / name).read_bytes()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in sorted(contents.items()):
            made.writestr(zip_entry(name), content)
    return stream.getvalue()
