"""What a build remembers of the search for the next one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from baogao.corpus import Corpus, load
from baogao.fulltext import build
from baogao.fulltext.build import Tools, build_search

TOOLS = Tools(None, None, ())


@pytest.fixture(scope="module")
def samples(root: Path) -> Corpus:
    return load(root / "docs")


def made(corpus: Corpus, root: Path, site: Path, cache: Path) -> dict[str, bytes]:
    build_search(corpus, site, root / "docs/assets/search", cache, TOOLS)
    return {f.relative_to(site).as_posix(): f.read_bytes() for f in site.rglob("*.js")}


def test_the_same_again_is_taken_from_memory(
    samples: Corpus, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(samples, root, tmp_path / "one", tmp_path / "cache")
    (tmp_path / "one/assets/search-index/manifest.js").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(build, "write_index", None)
    assert made(samples, root, tmp_path / "two", tmp_path / "cache") == first
    assert made(samples, root, tmp_path / "two", tmp_path / "cache") == first, "onto what is there"


def test_files_are_copied_where_they_cannot_have_a_second_name(
    samples: Corpus, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(new: Path, old: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    first = made(samples, root, tmp_path / "one", tmp_path / "cache")
    monkeypatch.setattr(build, "write_index", None)
    assert made(samples, root, tmp_path / "two", tmp_path / "cache") == first


@pytest.mark.parametrize("name", ["function_words", "question_words", "readings"])
def test_changed_data_makes_it_anew(samples: Corpus, name: str) -> None:
    documents = build.read_documents(samples, lambda what, share: None)
    key = build._key(documents, samples, {}, TOOLS, ())
    other = replace(samples, data=replace(samples.data, **{name: ()}))
    assert build._key(documents, samples, {}, TOOLS, ()) == key
    assert build._key(documents, other, {}, TOOLS, ()) != key
