"""Where a forge takes a new file: an address, filled in as far as the forge can be told.

GitHub and Gitea/Forgejo (since 1.16) take name and text from the address, GitLab the name; Gitee is only led to the folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

#: GitHub answers longer addresses with an error.
LONGEST = 8000
KINDS = ("github", "gitea", "gitlab", "gitee")
_HOSTS = (
    ("github", "github"), ("gitlab", "gitlab"), ("gitee", "gitee"), ("gitea", "gitea"), ("forgejo", "gitea"),
    ("codeberg", "gitea"),
)  # fmt: skip


@dataclass(frozen=True)
class Forge:
    """``kind`` one of :data:`KINDS`, ``url`` the repository without a final ``/``."""

    kind: str
    url: str
    branch: str


def find_forge(url: str, kind: str = "", branch: str = "") -> Forge | None:
    """The forge at ``url``; its ``kind`` is told by the host where it is not given. ``None`` when nobody can know."""
    if not url.startswith(("https://", "http://")):
        return None
    host = urlsplit(url).hostname or ""
    kind = kind or next((kind for part, kind in _HOSTS if part in host), "")
    if kind not in KINDS:
        return None
    return Forge(kind, url.rstrip("/").removesuffix(".git"), branch or "main")


def new_file(forge: Forge, path: str, texts: Iterable[str]) -> tuple[str, bool]:
    """The address of the page for a new file at ``path``, and whether a text is in it: the first of ``texts`` that is not too long."""
    folder, _, name = path.rpartition("/")
    branch, folder = quote(forge.branch), quote(folder)
    if forge.kind == "gitee":
        return f"{forge.url}/new/{branch}/{folder}", False
    if forge.kind == "gitlab":
        return f"{forge.url}/-/new/{branch}/{folder}?file_name={quote(name)}", False
    page = "new" if forge.kind == "github" else "_new"
    address = f"{forge.url}/{page}/{branch}/{folder}?filename={quote(name)}"
    for text in texts:
        whole = f"{address}&value={quote(text, safe='')}"
        if text and len(whole) <= LONGEST:
            return whole, True
    return address, False
