"""The server a site's search asks in place of the static index, as ``mkdocs.yml`` names it under ``extra: search:``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_ADDRESS = re.compile(
    r"(?P<origin>https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?)?(?P<path>(?:/[A-Za-z0-9._~-]+)*/?)",
    re.IGNORECASE,
)
_KEYS = ("endpoint", "index")
EXAMPLE = "http://10.1.2.3:8123/baogao"


@dataclass(frozen=True)
class Server:
    """``url`` is an address, or a path of the site's own host; ``index``: the static index is built as well and answers when the
    server does not."""

    url: str
    index: bool = True

    @property
    def origin(self) -> str | None:
        """The host that pages must be allowed to ask; ``None`` for their own."""
        found = _ADDRESS.fullmatch(self.url)
        return found["origin"].lower() if found and found["origin"] else None

    @property
    def script(self) -> str:
        """What stands before the client's scripts."""
        told = json.dumps({"url": self.url, "index": self.index})
        return f"(self.baogao = self.baogao || {{}}).server = {told};\n"


def read_server(given: object) -> Server | None:
    """The server in what ``extra.search`` says; ``None`` where it names none. Raises ValueError, in Chinese, for what makes no sense."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise ValueError(f"extra.search 应写成几项，例如 endpoint: {EXAMPLE}")
    for key in given:
        if key not in _KEYS:
            raise ValueError(f"extra.search 里没有“{key}”这一项，可以写 endpoint（检索服务的地址）和 index（是否同时生成网站自带的检索数据）")  # fmt: skip
    url, index = given.get("endpoint"), given.get("index", True)
    if not isinstance(index, bool):
        raise ValueError(f"extra.search.index 写的是“{index}”，应写 true 或 false")
    if url is None:
        if not index:
            raise ValueError("extra.search.index 是 false，又没有写 endpoint，网站就不能检索了：写上检索服务的地址，或去掉 index")  # fmt: skip
        return None
    found = _ADDRESS.fullmatch(url) if isinstance(url, str) else None
    if not found or not (found["origin"] or found["path"]):
        raise ValueError(f"extra.search.endpoint 写的是“{url}”，不像地址。应像 {EXAMPLE}；由网站服务器转交的，写路径，如 /baogao")  # fmt: skip
    return Server(str(url), index)
