"""The exit rehearsed: one library built by MkDocs with the hooks, and by Zensical from what ``baogao prepare`` writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from tests.builder import ROOT, Built, build, environment

#: Where Zensical is told that its site will be, for the site map.
SITE_URL = "http://library.example/ku/"


def baogao(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a project as a person does."""
    paths = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", *arguments], cwd=project,
        env={**environment(), "PYTHONPATH": paths}, timeout=300, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Rehearsed:
    """``hooked`` is the project and its site, ``plain`` the tree beside it and the site Zensical made of that."""

    hooked: Built
    plain: Built

    @cached_property
    def pages(self) -> tuple[dict[str, PageFacts], dict[str, PageFacts]]:
        """All pages of both, by their address."""
        return facts(self.hooked.site), facts(self.plain.site)


def rehearse(hooked: Built) -> Rehearsed:
    tree = hooked.project.parent / "tree"
    done = baogao(hooked.project, "prepare", "--out", str(tree))
    assert done.returncode == 0, done.stdout + done.stderr
    config = tree / "mkdocs.yml"
    known = config.read_text(encoding="utf-8") + f"site_url: {SITE_URL}\n"
    config.write_text(known, encoding="utf-8")
    plain = build(tree, "--strict", program="zensical")
    assert plain.code == 0, plain.output
    return Rehearsed(hooked, plain)


@dataclass
class PageFacts(HTMLParser):
    """A page as a reader has it: ``article`` are the tags, attributes and texts of its content (blanks run together, end tags left
    out: HTML lets some out), ``contents`` the addresses and titles of the contents beside it."""

    language: str = ""
    title: str = ""
    description: str = ""
    article: list[object] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    contents: list[tuple[str, str]] = field(default_factory=list)
    _inside: str = ""
    _title: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif tag == "meta" and given.get("name") == "description":
            self.description = given.get("content") or ""
        self._title = tag == "title"
        self.links += [value for name in ("href", "src") if (value := given.get(name))]
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "article":
            self._inside = "article"
        elif given.get("data-md-type") == "toc":
            self._inside = "contents"
        elif self._inside == "article" and given.get("id") != "__skip":
            self.article.append((tag, sorted(attrs, key=str)))
        elif self._inside == "contents" and tag == "a":
            self.contents.append((given.get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = ""

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data).strip()
        if self._title:
            self.title += words
        elif words and self._inside == "article":
            self.article.append(words)
        elif words and self._inside == "contents" and self.contents:
            address, text = self.contents[-1]
            self.contents[-1] = (address, text + words)


def facts(site: Path) -> dict[str, PageFacts]:
    found = {}
    for file in sorted(site.rglob("*.html")):
        found[file.relative_to(site).as_posix()] = page = PageFacts()
        page.feed(file.read_text(encoding="utf-8"))
        page.close()
    return found
