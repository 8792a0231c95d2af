"""Building sites for tests: a copy of the project, built by a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("mkdocs.yml", "docs", "hooks")
#: Seconds after which a server looks whether it is to stop.
STOPS = 0.01
#: In the site with everything: an old name that leads on, and a report withdrawn.
MOVED, NOW, WITHDRAWN = "2017/jiguan-zongjie", "2022/jiguan-shuzhi-fenguan", "2016/jiguan-zongjie"


@dataclass(frozen=True)
class Built:
    """A copy of the project and what building it printed."""

    project: Path
    code: int
    output: str

    @property
    def site(self) -> Path:
        return self.project / "site"


def copy_project(target: Path) -> Path:
    """A copy of what a build needs."""
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / part)
    return target


def equip(project: Path, vendored: Path) -> Path:
    """``project`` with what npm fetched, a repository on a forge, a report that moved and one withdrawn."""
    (project / "scripts/vendor").mkdir(parents=True)
    (project / "scripts/vendor/node_modules").symlink_to(vendored)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("site_dir: site", "site_dir: site\nrepo_url: https://github.com/office/library"), encoding="utf-8"
    )  # fmt: skip
    for name, row in (
        ("redirects.tsv", f"{MOVED}\t{NOW}\n"),
        ("withdrawn.tsv", f"{WITHDRAWN}\t2024-03-01\t数据有误\n"),
    ):
        with (project / "docs/_data" / name).open("a", encoding="utf-8") as file:
            file.write(row)
    return project


def environment() -> dict[str, str]:
    """Without the project's paths: hooks must find the package by themselves."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONIOENCODING")}
    return {
        **clean,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONUTF8": "1",
    }


def build(
    project: Path, *options: str, program: str = "mkdocs", python: str = sys.executable
) -> Built:
    """Build ``project`` with ``program`` (mkdocs or properdocs)."""
    done = subprocess.run(
        [python, "-m", program, "build", *options], cwd=project, env=environment(), timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return Built(project, done.returncode, done.stdout)


class _Blocks(HTMLParser):
    """The text of the blocks inside ``div.bg-text``, one line each, as a reader sees it."""

    _BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "tr")

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.lines: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.tags.add(tag)
            if tag == "div":
                self.depth += 1
            if tag in self._BLOCKS:
                self.lines.append("")
            elif tag in ("td", "th") and self.lines and self.lines[-1]:
                self.lines[-1] += "\t"
        elif tag == "div" and ("class", "bg-text") in attrs:
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == "div":
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth and self.lines and data != "\n":
            self.lines[-1] += data


def report_text(html: str) -> tuple[str, set[str]]:
    """The text of a report page, and the tags used inside it."""
    parser = _Blocks()
    parser.feed(html)
    return "\n".join(parser.lines), parser.tags
