"""The page of a forge for a new file."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from baogao.selfcheck.forge import LONGEST, Forge, find_forge, new_file

PATH = "docs/reports/2024/jiguan-shuzhi-fenguan.md"
TEXT = "---\ntitle: 一 & 二\n---\n\n## 一、做法#\n"


@pytest.mark.parametrize(
    ("url", "kind", "found"),
    [
        ("https://github.com/a/b/", "", "github"),
        ("https://gitee.com/a/b", "", "gitee"),
        ("https://gitlab.bureau.example/a/b.git", "", "gitlab"),
        ("https://codeberg.org/a/b", "", "gitea"),
        ("http://10.0.0.8:3000/a/b", "gitea", "gitea"),
        ("http://10.0.0.8:3000/a/b", "", None),
        ("javascript:alert(1)", "github", None),
        ("", "", None),
        ("https://github.com/a/b", "sourceforge", None),
    ],
)
def test_the_forge_is_told_by_its_host_or_by_name(url: str, kind: str, found: str | None) -> None:
    forge = find_forge(url, kind)
    assert (forge.kind if forge else None) == found
    if forge:
        assert not forge.url.endswith(("/", ".git")) and forge.branch == "main"


@pytest.mark.parametrize(
    ("kind", "path", "asked"),
    [
        ("github", "/a/b/new/main/docs/reports/2024", {"filename", "value"}),
        ("gitea", "/a/b/_new/main/docs/reports/2024", {"filename", "value"}),
        ("gitlab", "/a/b/-/new/main/docs/reports/2024", {"file_name"}),
        ("gitee", "/a/b/new/main/docs/reports/2024", set()),
    ],
)
def test_each_forge_gets_what_it_understands(kind: str, path: str, asked: set[str]) -> None:
    address, filled = new_file(Forge(kind, "https://f.example/a/b", "main"), PATH, [TEXT])
    parts = urlsplit(address)
    said = parse_qs(parts.query)
    assert parts.path == path and set(said) == asked and filled == ("value" in asked)
    if "value" in said:
        assert said["value"] == [TEXT] and said["filename"] == ["jiguan-shuzhi-fenguan.md"]


def test_a_long_text_is_left_out() -> None:
    forge = Forge("github", "https://github.com/a/b", "main")
    address, filled = new_file(forge, PATH, ["述" * 1000])
    assert not filled and len(address) <= LONGEST and "value" not in address
    address, filled = new_file(forge, PATH, ["述" * 1000, "述" * 800, "述"])
    assert (
        filled
        and len(address) <= LONGEST
        and len(parse_qs(urlsplit(address).query)["value"][0]) == 800
    )
