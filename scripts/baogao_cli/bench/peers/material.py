"""Material for MkDocs: jieba cuts the text at build time, Lunr indexes all of it anew in the browser. It tells sections."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ...mkdocs_process import QUIET
from ...ui import Failure
from ..search_browser import Client
from ..watched import Ran, run_watched
from . import Made, Place
from .pages import report_bodies

#: Hears what the worker says; nothing else is changed.
_BEFORE = """(() => {
  const Plain = Worker;
  window.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => { if (data.type === 3 && window.peerTakes) { window.peerTakes(data.data.items); } });
    }
  };
})();"""
#: Types into the box. A text that stands there already is sent again by way of an empty box.
_ASK = """async ([query, options]) => {
  const box = document.querySelector("[data-md-component=search-query]");
  const type = (text) => new Promise((resolve) => {
    window.peerTakes = resolve;
    box.value = text;
    box.dispatchEvent(new KeyboardEvent("keyup"));
  });
  if (box.value === query) { await type(""); }
  const begun = performance.now();
  const groups = await type(query);
  const since = performance.now();
  // An entry without points is the page of a section that was found, added for the list.
  const found = groups.flat().filter((item) => item.score > 0);
  return { time: since - begun, since, total: found.length, ids: options.ids ? found.map((item) => item.location) : [], hits: Math.min(found.length, 10) };
}"""
_READY = "document.querySelector('[data-md-component=search-query]')"


@dataclass
class Material:
    title: str
    numbers: dict[str, Place] = field(default_factory=dict)
    sections = True
    client = Client("index.html", _READY, _ASK, _BEFORE)

    @classmethod
    def find(cls) -> Material:
        try:
            version = importlib.metadata.version("mkdocs-material")
            jieba = importlib.metadata.version("jieba")
        except importlib.metadata.PackageNotFoundError:
            raise Failure(
                "没有安装 Material 或 jieba，不能与它比较。请运行 pip install mkdocs-material jieba。"
            ) from None
        return cls(f"Material {version}（jieba {jieba}）")

    def build(self, library: Path, folder: Path) -> Made:
        write_reports(library, folder)
        without = _mkdocs(folder, [])
        shutil.rmtree(folder / "site")
        whole = _mkdocs(folder, ["search"])
        index = folder / "site/search/search_index.json"
        self.numbers = read_entries(json.loads(index.read_text(encoding="utf-8")))
        return Made(
            index.stat().st_size, 1, max(whole.seconds - without.seconds, 0), whole.peak,
            f"整站 {whole.seconds:.1f} 秒，减去不装检索时的 {without.seconds:.1f} 秒；内存是整站的，不装检索时 {without.peak / 1e6:.0f} MB",
        )  # fmt: skip

    def places(self, ids: Sequence[str]) -> list[Place]:
        return [self.numbers[each] for each in ids if each in self.numbers]


def write_reports(library: Path, folder: Path) -> None:
    """The reports of the docs folder ``library`` as a project in ``folder`` has them that knows nothing of reports."""
    for name, title, body in report_bodies(library):
        file = folder / "docs/reports" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {title}\n---\n\n{body}", encoding="utf-8")
    (folder / "docs/index.md").write_text("---\ntitle: home\n---\n", encoding="utf-8")


def write_config(folder: Path, plugins: Sequence[str]) -> Path:
    """Nothing but the theme and ``plugins``. Reports stay out of the navigation, as a large site must have it."""
    config = {
        "site_name": "bench", "docs_dir": "docs", "site_dir": "site", "use_directory_urls": False,
        "theme": {"name": "material", "language": "zh", "font": False}, "plugins": list(plugins),
        "nav": ["index.md"], "not_in_nav": "/reports/",
    }  # fmt: skip
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return file


def _mkdocs(folder: Path, plugins: Sequence[str]) -> Ran:
    """Build the site."""
    file = write_config(folder, plugins)
    environment = {**os.environ, **QUIET}
    ran = run_watched(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(file)], environment
    )
    if ran.code:
        raise Failure(f"Material 没有建成网站：\n{ran.output[-2000:]}")
    return ran


def read_entries(content: dict[str, list[dict[str, str]]]) -> dict[str, Place]:
    """What the addresses in a ``search_index.json`` stand for: a page's entries with an anchor are its sections in turn."""
    places: dict[str, Place] = {}
    counts: dict[str, int] = {}
    for entry in content["docs"]:
        page, hash_, _ = entry["location"].partition("#")
        report = page.removeprefix("reports/").removesuffix(".html")
        if report == page.removesuffix(".html"):
            continue  # not a report
        number = counts.get(report, 0) if hash_ else None
        counts[report] = counts.get(report, 0) + bool(hash_)
        places[entry["location"]] = Place(report, number)
    return places
