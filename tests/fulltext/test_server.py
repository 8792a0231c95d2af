"""What mkdocs.yml may say of a server that answers the search."""

from __future__ import annotations

import json

import pytest

from baogao.fulltext.server import Server, read_server


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://10.1.2.3:8123/baogao", "http://10.1.2.3:8123"),
        ("https://Search.example.gov.cn/baogao/", "https://search.example.gov.cn"),
        ("http://[fd00::1]:8123/baogao", "http://[fd00::1]:8123"),
        ("http://server", "http://server"),
        ("/baogao", None),
        ("/a/b-c/", None),
    ],
)
def test_an_address_or_a_path(url: str, origin: str | None) -> None:
    server = read_server({"endpoint": url})
    assert server == Server(url) and server.origin == origin and server.index
    assert json.dumps({"url": url, "index": True}) in server.script


@pytest.mark.parametrize("given", [None, {}, {"index": True}])
def test_none_is_named(given: object) -> None:
    assert read_server(given) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("http://a/b", "应写成几项"),
        ({"endpoint": 8123}, "不像地址"),
        ({"endpoint": ""}, "不像地址"),
        ({"endpoint": "//evil.example/a"}, "不像地址"),
        ({"endpoint": "javascript:alert(1)"}, "不像地址"),
        ({"endpoint": "ftp://a/b"}, "不像地址"),
        ({"endpoint": "http://a b/"}, "不像地址"),
        ({"endpoint": "http://a/b?c=d"}, "不像地址"),
        ({"endpoint": "http://user:word@a/b"}, "不像地址"),
        ({"endpoint": "http://a; script-src *"}, "不像地址"),
        ({"endpoint": "http://a/'</script>"}, "不像地址"),
        ({"endpoint": "http://a/b\n"}, "不像地址"),
        ({"endpoints": "http://a/b"}, "没有“endpoints”这一项"),
        ({"endpoint": "http://a/b", "index": "no"}, "应写 true 或 false"),
        ({"index": False}, "不能检索"),
    ],
)
def test_what_makes_no_sense_is_told(given: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_server(given)
